import { isEnum } from '../python/enums';
import { mro } from '../python/classes';
import { boolAt } from '../python/known';
import type { CallValue, ClassMember, ClassValue, Located, Value } from '../python/values';
import { readColumn } from '../sqlalchemy/column';
import { problem } from '../sqlalchemy/context';
import { calleeName, nameOf } from '../sqlalchemy/names';
import type { TableColumn } from '../sqlalchemy/table';
import { isTyping, readPythonType, unquoted } from './annotations';
import { asTableColumn, type ClassContext } from './class-columns';
import type { MappedClass } from './mapped-classes';

/** The columns of a SQLModel class with `table=True`: one a field, those of its bases first (`get_column_from_field`). */
export function sqlmodelColumns(type: MappedClass, context: ClassContext): readonly TableColumn[] {
  const fields = new Map<string, ClassMember>();
  const classes = mro(type).filter((ancestor): ancestor is ClassValue => ancestor.kind === 'class');
  for (const ancestor of [...classes].reverse()) {
    for (const member of ancestor.members.values()) {
      if (isField(member)) fields.set(member.name, member);
      else fields.delete(member.name);
    }
  }
  return [...fields.values()].flatMap((field) => {
    const call = columnCall(field, type, context);
    return call === null ? [] : [asTableColumn(field.name, field.name, readColumn(call, context, field.at))];
  });
}

function isField(member: ClassMember): boolean {
  if (member.annotation === null || member.name.startsWith('_') || member.name === 'model_config' || member.name === 'metadata') return false;
  const relation = member.value === null ? null : calleeName(member.value);
  return relation !== 'sqlmodel.Relationship' && relation !== 'orm.relationship';
}

/** The `Column(…)` that SQLModel makes of a field; null: no field that has a column. */
function columnCall(field: ClassMember, type: MappedClass, context: ClassContext): (CallValue & Located) | null {
  const annotation = unquoted(field.annotation ?? { kind: 'none', at: field.at }, context.reading, type);
  if (isTyping(annotation, 'ClassVar') || (annotation.kind === 'subscript' && isTyping(annotation.object, 'ClassVar'))) return null;
  const python = readPythonType(annotation, context.reading, type);
  const marks = python.type.kind === 'subscript' && isTyping(python.type.object, 'Annotated') ? python.type.index.slice(1) : [];
  const annotated = marks.find((mark): mark is CallValue & Located => calleeName(mark) === 'sqlmodel.Field');
  const own = field.value !== null && calleeName(field.value) === 'sqlmodel.Field' && field.value.kind === 'call' ? field.value : annotated;
  const option = (name: string): Value | undefined => {
    const value = own?.keywords.get(name);
    return value === undefined || value.kind === 'none' ? undefined : value;
  };
  const written = option('sa_column');
  if (written?.kind === 'call') return written;
  const at = field.at;
  const args: Value[] = [];
  const target = option('foreign_key');
  if (target !== undefined) {
    const onDelete = option('ondelete');
    const keywords = new Map<string, Value>(onDelete === undefined ? [] : [['ondelete', onDelete]]);
    args.push({ kind: 'call', callee: { kind: 'symbol', name: 'sqlalchemy.ForeignKey', at: target.at }, args: [target], keywords, at: target.at });
  }
  const more = option('sa_column_args');
  if (more?.kind === 'list' || more?.kind === 'tuple') args.push(...more.items);
  const primaryKey = option('primary_key') ?? boolAt(false, at);
  const keywords = new Map<string, Value>([
    ['type_', option('sa_type') ?? pythonType(python.inner ?? python.type, own, context, field)],
    ['primary_key', primaryKey],
    ['index', option('index') ?? boolAt(false, at)],
    ['unique', option('unique') ?? boolAt(false, at)],
    ['nullable', option('nullable') ?? boolAt(python.nullable && !(primaryKey.kind === 'bool' && primaryKey.value), at)],
  ]);
  const fallback = option('default_factory') ?? own?.keywords.get('default') ?? own?.args[0] ?? (own === field.value ? undefined : (field.value ?? undefined));
  if (fallback !== undefined && !(fallback.kind === 'symbol' && fallback.name === 'builtins.Ellipsis')) keywords.set('default', fallback);
  const extra = option('sa_column_kwargs');
  if (extra?.kind === 'dict') for (const [key, value] of extra.entries) if (key.kind === 'string') keywords.set(key.value, value);
  return { kind: 'call', callee: { kind: 'symbol', name: 'sqlalchemy.Column', at }, args, keywords, at };
}

/** `get_sqlalchemy_type` of SQLModel, as the value of a SQLAlchemy type. */
function pythonType(python: Value, field: CallValue | undefined, context: ClassContext, member: ClassMember): Value {
  const at = python.at;
  const type = (name: string, keywords: Record<string, Value | undefined> = {}): Value => {
    const given = Object.entries(keywords).filter((entry): entry is [string, Value] => entry[1] !== undefined && entry[1].kind !== 'none');
    return { kind: 'call', callee: { kind: 'symbol', name: `sqlalchemy.${name}`, at }, args: [], keywords: new Map(given), at };
  };
  if (python.kind === 'class') {
    if (isEnum(python)) return { kind: 'call', callee: { kind: 'symbol', name: 'sqlalchemy.Enum', at }, args: [python], keywords: new Map(), at };
    const base = mro(python).find((ancestor) => ancestor.kind === 'external' && plainTypes[ancestor.name] !== undefined);
    return base?.kind === 'external' ? pythonType({ kind: 'symbol', name: base.name, at }, field, context, member) : python;
  }
  if (python.kind === 'subscript' && isTyping(python.object, 'Literal')) return type('String');
  if (python.kind === 'call') {
    // constr(max_length=…), condecimal(max_digits=…)
    const name = nameOf(python.callee) ?? '';
    if (/^pydantic\.(.*\.)?constr$/.test(name)) return type('String', { length: python.keywords.get('max_length') });
    if (/^pydantic\.(.*\.)?condecimal$/.test(name)) return type('Numeric', { precision: python.keywords.get('max_digits'), scale: python.keywords.get('decimal_places') });
  }
  if (python.kind !== 'symbol') return python;
  if (python.name === 'datetime.datetime') return datetimeType(type, context, member);
  switch (plainTypes[python.name]) {
    case undefined:
      return python;
    case 'String':
      return type('String', { length: field?.keywords.get('max_length') });
    case 'Numeric':
      return type('Numeric', { precision: field?.keywords.get('max_digits'), scale: field?.keywords.get('decimal_places') });
    case 'Aware':
      return type('DateTime', { timezone: boolAt(true, at) });
    default:
      return type(plainTypes[python.name] ?? 'String');
  }
}

/** SQLModel 0.0.45 made `datetime` a timestamp with time zone; which version the project has must be told. */
function datetimeType(type: (name: string, keywords?: Record<string, Value | undefined>) => Value, context: ClassContext, member: ClassMember): Value {
  const version = context.sqlmodelVersion;
  if (version !== null) {
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
    const aware = major > 0 || minor > 0 || patch >= 45;
    return type('DateTime', aware ? { timezone: boolAt(true, member.at) } : {});
  }
  const sentence = 'Whether this is a timestamp with time zone hangs on the version of SQLModel (since 0.0.45 it is). Say it with sa_type=DateTime(timezone=…).';
  context.report(problem('version-dependent-type', 'info', sentence, {}, member.at));
  return { kind: 'unknown', reason: { text: sentence, args: {} }, at: member.at };
}

const plainTypes: Readonly<Record<string, string>> = {
  'builtins.str': 'String',
  'pathlib.Path': 'String',
  'pydantic.EmailStr': 'String',
  'pydantic.networks.EmailStr': 'String',
  'ipaddress.IPv4Address': 'String',
  'ipaddress.IPv4Network': 'String',
  'ipaddress.IPv6Address': 'String',
  'ipaddress.IPv6Network': 'String',
  'builtins.float': 'Float',
  'builtins.bool': 'Boolean',
  'builtins.int': 'Integer',
  'pydantic.PositiveInt': 'Integer',
  'pydantic.NonNegativeInt': 'Integer',
  'pydantic.NaiveDatetime': 'DateTime',
  'pydantic.AwareDatetime': 'Aware',
  'datetime.date': 'Date',
  'datetime.time': 'Time',
  'datetime.timedelta': 'Interval',
  'builtins.bytes': 'LargeBinary',
  'decimal.Decimal': 'Numeric',
  'uuid.UUID': 'Uuid',
  'pydantic.UUID4': 'Uuid',
};
