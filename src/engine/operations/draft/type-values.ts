import type { Value } from '../../python/values';
import type { ColumnType } from '../../schema/schema';
import type { Place } from '../../text/text';

/** A type as SQLAlchemy's inspector gives it: an object that can be handed on as `existing_type=`. Null: not known. */
export function typeValue(type: ColumnType, at: Place): Value | null {
  const call = (name: string, args: readonly Value[], keywords: Readonly<Record<string, Value>> = {}): Value => ({ kind: 'call', callee: { kind: 'symbol', name, at }, args, keywords: new Map(Object.entries(keywords)), at });
  if (type.kind === 'unknown' || type.kind === 'named') return null;
  if (type.dimensions > 0) {
    const inner = typeValue({ ...type, dimensions: 0 }, at);
    return inner === null ? null : call('sqlalchemy.dialects.postgresql.ARRAY', [inner]);
  }
  const text = (value: string): Value => ({ kind: 'string', value, at });
  if (type.kind === 'enum') return call('sqlalchemy.dialects.postgresql.ENUM', (type.labels ?? []).map(text), { name: text(type.name), create_type: { kind: 'bool', value: false, at }, ...(type.schema === null ? {} : { schema: text(type.schema) }) });
  const name = names[type.name];
  if (name === undefined || type.args.some((argument) => !/^-?\d+$/.test(argument))) return null;
  const numbers = type.args.map((argument): Value => ({ kind: 'number', text: argument, at }));
  if (!/time/.test(type.name)) return call(`sqlalchemy.${name}`, numbers);
  const [precision] = numbers;
  return call(`sqlalchemy.dialects.postgresql.${name}`, [], { ...(type.name.endsWith('with time zone') ? { timezone: { kind: 'bool', value: true, at } } : {}), ...(precision === undefined ? {} : { precision }) });
}

/** `isinstance(type, sa.String)` of a type that `typeValue` made; null: not known. */
export function isOfType(value: Value | undefined, type: Value): boolean | null {
  const own = value?.kind === 'call' && value.callee.kind === 'symbol' ? lastPart(value.callee.name) : null;
  if (own === null || type.kind !== 'symbol' || !type.name.startsWith('sqlalchemy.')) return null;
  const ancestors = lines.find((line) => line[0] === own);
  return ancestors === undefined ? null : ancestors.includes(lastPart(type.name));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The classes that each type descends from. Source: SQLAlchemy, `sql/sqltypes.py` and `dialects/postgresql/`. */
const lines: readonly (readonly string[])[] = [
  'SMALLINT SmallInteger Integer',
  'INTEGER Integer',
  'BIGINT BigInteger Integer',
  'VARCHAR String',
  'CHAR String',
  'TEXT Text String',
  'BOOLEAN Boolean',
  'NUMERIC Numeric',
  'REAL Float Numeric',
  'DOUBLE_PRECISION Double Float Numeric',
  'DATE Date',
  'TIMESTAMP DateTime',
  'TIME Time',
  'UUID Uuid',
  'JSON',
  'JSONB JSON',
  'BYTEA LargeBinary',
  'INET',
  'ENUM Enum String',
  'ARRAY',
].map((line) => [...line.split(' '), 'TypeEngine']);

/** By PostgreSQL's `format_type()`. */
const names: Readonly<Record<string, string>> = {
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  'character varying': 'VARCHAR',
  character: 'CHAR',
  text: 'TEXT',
  boolean: 'BOOLEAN',
  numeric: 'NUMERIC',
  real: 'REAL',
  'double precision': 'DOUBLE_PRECISION',
  date: 'DATE',
  'timestamp without time zone': 'TIMESTAMP',
  'timestamp with time zone': 'TIMESTAMP',
  'time without time zone': 'TIME',
  'time with time zone': 'TIME',
  uuid: 'UUID',
  json: 'dialects.postgresql.JSON',
  jsonb: 'dialects.postgresql.JSONB',
  bytea: 'dialects.postgresql.BYTEA',
  inet: 'dialects.postgresql.INET',
};
