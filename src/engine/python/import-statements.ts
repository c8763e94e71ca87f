import type { Place } from '../text/text';
import { attributeOf } from './attributes';
import { isBuiltin } from './builtins';
import type { Reading } from './evaluate';
import type { Resolution } from './imports';
import { unknown, stringOf } from './known';
import { assign, type Lazy, type LoadedModule, type Scope } from './scope';
import type { Import, ImportFrom, ImportedName } from './syntax';
import type { Value } from './values';

/** `import a.b.c`, `import a.b as c`: nothing is loaded before somebody asks for a name of it. */
export function executeImport(reading: Reading, statement: Import, scope: Scope): void {
  for (const imported of statement.names) {
    const at: Place = { path: scope.module.path, range: imported.range };
    const resolution = reading.resolver.absolute(imported.name, scope.module.path);
    remember(reading, scope, resolution);
    const top = imported.name.split('.')[0] ?? imported.name;
    if (imported.alias !== null) assign(scope, imported.alias, lazily(reading, () => reading.moduleValue(resolution, at)));
    else if (top === imported.name) assign(scope, top, lazily(reading, () => reading.moduleValue(resolution, at)));
    else {
      // `import a.b` binds `a`; its submodules are found when they are asked for.
      const whole = reading.resolver.absolute(top, scope.module.path);
      assign(scope, top, lazily(reading, () => (resolution.kind === 'missing' ? reading.moduleValue(resolution, at) : reading.moduleValue(whole, at))));
    }
  }
}

/** `from a.b import c as d`, `from . import x`, `from a import *`. */
export function executeImportFrom(reading: Reading, statement: ImportFrom, scope: Scope): void {
  const module = scope.module;
  const at: Place = { path: module.path, range: statement.moduleRange };
  const resolution =
    statement.level > 0
      ? reading.resolver.relative(statement.level, statement.module, module.path, module.name, module.isPackage)
      : reading.resolver.absolute(statement.module, module.path);
  remember(reading, scope, resolution);
  if (statement.star) scope.stars.push(starImport(reading, resolution, at));
  for (const name of statement.names) {
    assign(scope, name.alias ?? name.name, lazily(reading, () => importedName(reading, resolution, name, scope, at)));
  }
}

function importedName(reading: Reading, resolution: Resolution, name: ImportedName, scope: Scope, at: Place): Value {
  const place: Place = { path: scope.module.path, range: name.range };
  const container = reading.moduleValue(resolution, resolution.kind === 'missing' ? at : place);
  if (container.kind === 'module' && container.path === scope.module.path) {
    // `from . import sibling` in `__init__.py` itself: only submodules can be meant.
    const submodule = reading.resolver.relative(1, name.name, scope.module.path, scope.module.name, scope.module.isPackage);
    return submodule.kind === 'missing' ? unknown(place, '`{name}` is not there yet.', { name: name.name }) : reading.moduleValue(submodule, place);
  }
  return attributeOf(reading, container, name.name, place);
}

function starImport(reading: Reading, resolution: Resolution, at: Place): (name: string) => Value | null {
  return (name) => {
    if (name.startsWith('_')) return null;
    if (resolution.kind === 'external') return !mayExport(resolution.name, name) ? null : { kind: 'symbol', name: `${resolution.name}.${name}`, at };
    const container = reading.moduleValue(resolution, at);
    if (container.kind !== 'module' || container.path === null) return null;
    const module = reading.module(container.path, container.name);
    if (module === null || reading.isLoading(module)) return null;
    if (!isPublic(module, name)) return null;
    return reading.nameIn(module, name, false);
  };
}

/** What modules that are often imported with a star have to offer: the standard library's, and SQLAlchemy's dialect (`__all__`). */
const exported: Readonly<Record<string, ReadonlySet<string>>> = {
  typing: new Set(
    ('AbstractSet Annotated Any AnyStr AsyncGenerator AsyncIterable AsyncIterator Awaitable Callable ClassVar Collection Concatenate Container ' +
      'Coroutine Counter DefaultDict Deque Dict Final ForwardRef FrozenSet Generator Generic Hashable ItemsView Iterable Iterator KeysView List Literal ' +
      'LiteralString Mapping MutableMapping MutableSequence MutableSet NamedTuple Never NewType NoReturn NotRequired Optional OrderedDict ParamSpec ' +
      'Protocol Required Reversible Self Sequence Set Sized SupportsInt Text Tuple Type TYPE_CHECKING TypeAlias TypeGuard TypeVar TypedDict Union Unpack ' +
      'ValuesView cast final no_type_check overload').split(' '),
  ),
  enum: new Set('Enum EnumMeta EnumType Flag IntEnum IntFlag StrEnum auto unique property member nonmember'.split(' ')),
  datetime: new Set('date datetime time timedelta timezone tzinfo UTC MINYEAR MAXYEAR'.split(' ')),
  decimal: new Set('Decimal Context ROUND_HALF_UP ROUND_HALF_EVEN getcontext'.split(' ')),
  uuid: new Set('UUID uuid1 uuid3 uuid4 uuid5'.split(' ')),
  'sqlalchemy.dialects.postgresql': new Set(
    ('INTEGER BIGINT SMALLINT VARCHAR CHAR TEXT NUMERIC FLOAT REAL INET CIDR CITEXT UUID BIT MACADDR MACADDR8 MONEY OID REGCLASS REGCONFIG TSQUERY TSVECTOR ' +
      'DOUBLE_PRECISION TIMESTAMP TIME DATE BYTEA BOOLEAN INTERVAL ARRAY ENUM DOMAIN dialect array HSTORE hstore INT4RANGE INT8RANGE NUMRANGE DATERANGE ' +
      'INT4MULTIRANGE INT8MULTIRANGE NUMMULTIRANGE DATEMULTIRANGE TSRANGE TSTZRANGE TSMULTIRANGE TSTZMULTIRANGE JSON JSONB JSONPATH Any All BitString ' +
      'DropEnumType DropDomainType CreateDomainType NamedType CreateEnumType ExcludeConstraint Range aggregate_order_by array_agg insert Insert distinct_on').split(' '),
  ),
};

/** Names of the standard library that other libraries (SQLAlchemy) have as well: there the last star wins, as in Python. */
const shared = new Set(
  'Text Tuple Enum UUID Sequence property date time cast INTEGER BIGINT SMALLINT VARCHAR CHAR TEXT NUMERIC FLOAT REAL TIMESTAMP TIME DATE BOOLEAN ARRAY JSON insert Insert Any array_agg'.split(' '),
);

/** Whether a star import of a library may bind a name; of the libraries that are not known, every name that nobody else has. */
function mayExport(module: string, name: string): boolean {
  const known = exported[module];
  if (known !== undefined) return known.has(name);
  return !isBuiltin(name) && (shared.has(name) || !Object.values(exported).some((names) => names.has(name)));
}

function isPublic(module: LoadedModule, name: string): boolean {
  const all = module.scope.bindings.get('__all__');
  if (all === undefined || (all.kind !== 'list' && all.kind !== 'tuple')) return true;
  const names = all.items.map(stringOf);
  return names.includes(null) || names.includes(name);
}

/** Keeps what an import leads to, for those who want to read everything that Python would load. */
function remember(reading: Reading, scope: Scope, resolution: Resolution): void {
  if (resolution.kind !== 'file') return;
  scope.module.imports.push(() => reading.module(resolution.path, resolution.name));
}

/** Remembers the value, except while a circle of imports keeps it from being known. */
function lazily(reading: Reading, work: () => Value): Lazy {
  let known: Value | null = null;
  let working = false;
  return {
    kind: 'lazy',
    force: () => {
      if (known !== null) return known;
      if (working) return unknown({ path: '', range: { start: 0, end: 0 } }, 'The imports go in a circle.');
      working = true;
      const value = work();
      working = false;
      if (value.kind !== 'unknown' || !reading.isLoadingAny()) known = value;
      return value;
    },
  };
}
