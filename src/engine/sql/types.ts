import type { ColumnType } from '../schema/schema';
import { typeKey } from '../schema/types';
import { quoteName } from './identifiers';

/** The type as SQL writes it: `character varying(255)`, `"Mood"[]`, `public.vector(3)`. An unknown type has no SQL: `?`. */
export function typeSql(type: ColumnType): string {
  if (type.kind === 'unknown' || type.kind === 'builtin') return typeKey(type);
  const args = type.kind === 'named' && type.args.length > 0 ? `(${type.args.join(',')})` : '';
  return `${quoteName(type)}${args}${'[]'.repeat(type.dimensions)}`;
}
