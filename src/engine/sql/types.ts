import type { ColumnType } from '../schema/schema';
import { builtinText, typeKey } from '../schema/types';
import { quoteName } from './identifiers';

/** The type as SQL writes it: `character varying(255)`, `"Mood"[]`, `public.vector(3)`. An unknown type has no SQL: `?`. */
export function typeSql(type: ColumnType): string {
  if (type.kind === 'unknown' || type.kind === 'builtin') return typeKey(type);
  const args = type.kind === 'named' && type.args.length > 0 ? `(${type.args.join(',')})` : '';
  return `${quoteName(type)}${args}${'[]'.repeat(type.dimensions)}`;
}

/** The type as a column's definition writes it, as SQLAlchemy does: arguments as they were given, brackets for each dimension. */
export function columnTypeSql(type: ColumnType): string {
  return type.kind === 'builtin' ? `${builtinText(type.name, type.args)}${'[]'.repeat(type.dimensions)}` : typeSql(type);
}

/**
 * A default as people write it: PostgreSQL prints a constant with its type (`'NEW'::job_status`), and where that is the
 * column's own type, the bare constant is the same.
 */
export function bareConstant(sql: string, type: ColumnType): string {
  const constant = /^('(?:[^']|'')*')::(.+)$/s.exec(sql.trim());
  if (constant === null) return sql;
  const bare = type.kind === 'builtin' ? { ...type, args: [] } : type;
  return [typeSql(type), typeSql(bare)].includes(constant[2] ?? '') ? (constant[1] ?? sql) : sql;
}
