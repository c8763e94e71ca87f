import type { ColumnType } from '../schema/schema';
import { isText, typeKey } from '../schema/types';
import { quoteIdentifier } from '../sql/identifiers';
import { typeSql } from '../sql/types';

/**
 * The USING expression that an ALTER COLUMN … TYPE needs, or null where PostgreSQL casts by itself: it does so only for
 * assignment casts. Source: PostgreSQL documentation, ALTER TABLE ("A USING clause must be provided if there is no
 * implicit or assignment cast"), and the rows of pg_cast with castcontext 'i' or 'a'; every type has an assignment
 * cast to the text types.
 */
export function castUsing(column: string, from: ColumnType, to: ColumnType): string | null {
  if (from.kind === 'unknown' || to.kind === 'unknown' || castsByAssignment(from, to)) return null;
  const name = quoteIdentifier(column);
  // Numbers and booleans know each other by integer alone.
  if (isScalar(from, 'boolean') && isNumber(to) && typeKey(to) !== 'integer') return `${name}::integer::${typeSql(to)}`;
  if (isScalar(to, 'boolean') && isNumber(from) && typeKey(from) !== 'integer') return `${name} <> 0`;
  // Between enum types, and from numbers to anything but numbers, the way leads through text.
  const through = from.kind === 'enum' || !isText(from) || (isArray(from) && !isArray(to)) ? (castsExplicitly(from, to) ? '' : '::text') : '';
  return `${name}${through}::${typeSql(to)}`;
}

function castsByAssignment(from: ColumnType, to: ColumnType): boolean {
  if (typeKey(from) === typeKey(to)) return true;
  if (from.kind === 'unknown' || to.kind === 'unknown') return false;
  if (isArray(from) !== isArray(to)) return isText(to) && !isArray(to);
  if (isArray(from)) return castsByAssignment({ ...from, dimensions: 0 }, { ...to, dimensions: 0 });
  if (isText(to)) return true;
  if (from.kind !== 'builtin' || to.kind !== 'builtin') return false;
  if (from.name === to.name) return true;
  return (assignment[from.name] ?? []).includes(to.name);
}

function isScalar(type: ColumnType, name: string): boolean {
  return type.kind === 'builtin' && type.dimensions === 0 && type.name === name;
}

function isNumber(type: ColumnType): boolean {
  return numbers.some((name) => isScalar(type, name));
}

function isArray(type: Exclude<ColumnType, { kind: 'unknown' }>): boolean {
  return type.dimensions > 0;
}

/** pg_cast: casts for assignment and implicit ones among the types people change. */
const numbers = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'];
const assignment: Readonly<Record<string, readonly string[]>> = {
  smallint: numbers,
  integer: [...numbers, 'money'],
  bigint: [...numbers, 'money'],
  numeric: [...numbers, 'money'],
  real: numbers,
  'double precision': numbers,
  money: ['numeric'],
  date: ['timestamp without time zone', 'timestamp with time zone'],
  'timestamp without time zone': ['date', 'time without time zone', 'timestamp with time zone'],
  'timestamp with time zone': ['date', 'time without time zone', 'time with time zone', 'timestamp without time zone'],
  'time without time zone': ['time with time zone', 'interval'],
  'time with time zone': ['time without time zone'],
  interval: ['time without time zone'],
  json: ['jsonb'],
  jsonb: ['json'],
  inet: ['cidr'],
  cidr: ['inet'],
  bit: ['bit varying'],
  'bit varying': ['bit'],
};

/** Casts that need to be asked for but exist. */
function castsExplicitly(from: ColumnType, to: ColumnType): boolean {
  if (from.kind !== 'builtin' || to.kind !== 'builtin') return false;
  const pairs: readonly (readonly [string, string])[] = [
    ['integer', 'boolean'],
    ['boolean', 'integer'],
    ['jsonb', 'boolean'],
    ['jsonb', 'integer'],
    ['jsonb', 'bigint'],
    ['jsonb', 'numeric'],
    ['jsonb', 'double precision'],
    ['integer', 'bit'],
    ['bigint', 'bit'],
    ['bit', 'integer'],
    ['bit', 'bigint'],
  ];
    if (isArray(from) || isArray(to)) return isArray(from) && isArray(to);
  return pairs.some(([a, b]) => a === from.name && b === to.name);
}
