import type { CallValue, Located, Value } from '../python/values';
import { descendsFrom } from '../python/classes';

/**
 * The short name of something of SQLAlchemy or a library built on it, the same however it was imported:
 * `sa.Column`, `sa.String`, `pg.JSONB`, `orm.mapped_column`, `func.now`, `mutable.MutableDict.as_mutable`,
 * `flask.Model`, `sqlmodel.Field`, `utils.ChoiceType`, `op.f`, `typing.Optional`, `builtins.str`. Null: not a name.
 */
export function nameOf(value: Value): string | null {
  if (value.kind === 'symbol') return shortName(value.name);
  if (value.kind === 'attribute') {
    // db = SQLAlchemy(); db.Column, db.func.now
    const path: string[] = [value.name];
    let object: Value = value.object;
    while (object.kind === 'attribute') {
      path.unshift(object.name);
      object = object.object;
    }
    return isFlaskExtension(object) ? flaskName(path) : null;
  }
  return null;
}

/** The short name of what is called; null where that is no name. */
export function calleeName(value: Value): string | null {
  return value.kind === 'call' ? nameOf(value.callee) : null;
}

/** `name.attribute(…)`: the short name of the callee split at its last dot, for methods of names. */
export function methodCall(value: Value): { readonly object: Value; readonly name: string; readonly call: CallValue & Located } | null {
  if (value.kind !== 'call') return null;
  if (value.callee.kind === 'attribute') return { object: value.callee.object, name: value.callee.name, call: value };
  return null;
}

/** The value of an argument by position or keyword. */
export function argumentOf(call: CallValue, position: number, name: string): Value | undefined {
  return call.keywords.get(name) ?? (position >= 0 ? call.args[position] : undefined);
}

export function shortName(name: string): string {
  const known = shortNames.get(name);
  if (known !== undefined) return known;
  if (shortNames.size >= mostNames) shortNames.clear();
  const short = shorten(name);
  shortNames.set(name, short);
  return short;
}

/** The same few dozen names come with every column, and each is asked for many times. */
const shortNames = new Map<string, string>();
const mostNames = 10_000;

function shorten(name: string): string {
  const parts = name.split('.');
  const last = parts[parts.length - 1] ?? name;
  switch (parts[0]) {
    case 'sqlalchemy':
      return sqlalchemyName(parts, last);
    case 'sqlmodel':
      if (parts.includes('func')) return `func.${last}`;
      return /^(SQLModel|Field|Relationship|AutoString|Session)$/.test(last) ? `sqlmodel.${last}` : `sa.${last}`;
    case 'alembic':
      return parts[1] === 'op' ? `op.${parts.slice(2).join('.')}` : name;
    case 'sqlalchemy_utils':
      return `utils.${last}`;
    case 'typing_extensions':
      return `typing.${parts.slice(1).join('.')}`;
    case 'flask_sqlalchemy':
      return parts[1] === 'SQLAlchemy' ? name : `flask.${last}`;
    default:
      return name;
  }
}

const ormNames = new Set(
  ('Mapped mapped_column relationship declared_attr DeclarativeBase DeclarativeBaseNoMeta MappedAsDataclass declarative_base as_declarative registry ' +
    'declarative_mixin column_property synonym composite deferred query_expression backref WriteOnlyMapped DynamicMapped AbstractConcreteBase ConcreteBase ' +
    'unmapped_column Unmapped DeclarativeMeta generate_base AsyncAttrs DeferredReflection hybrid_property association_proxy validates foreign remote').split(' '),
);

function sqlalchemyName(parts: readonly string[], last: string): string {
  const func = parts.indexOf('func');
  if (func > 0 && func < parts.length - 1) return `func.${parts.slice(func + 1).join('.')}`;
  const mutable = parts.indexOf('mutable');
  if (mutable > 0) return `mutable.${parts.slice(mutable + 1).join('.')}`;
  if (parts[1] === 'dialects') return parts[2] === 'postgresql' ? `pg.${last}` : `${parts[2] ?? 'dialects'}.${last}`;
  const declared = parts.indexOf('declared_attr');
  if (declared > 0) return `orm.${parts.slice(declared).join('.')}`;
  if (ormNames.has(last)) return `orm.${last}`;
  // `registry.mapped`, `Base.metadata` and so on keep their object.
  return `sa.${last}`;
}

function flaskName(path: readonly string[]): string {
  const last = path[path.length - 1] ?? '';
  if (path[0] === 'func' && path.length > 1) return `func.${path.slice(1).join('.')}`;
  if (last === 'Model') return 'flask.Model';
  return ormNames.has(last) ? `orm.${last}` : `sa.${last}`;
}

/** Whether a value is `SQLAlchemy()` of Flask-SQLAlchemy, or an instance of a class of the workspace made from it. */
export function isFlaskExtension(value: Value): boolean {
  if (value.kind !== 'call') return false;
  if (value.callee.kind === 'symbol') return /^flask_sqlalchemy\.(\w+\.)*SQLAlchemy$/.test(value.callee.name);
  return value.callee.kind === 'class' && descendsFrom(value.callee, (name) => /^flask_sqlalchemy\.(\w+\.)*SQLAlchemy$/.test(name));
}
