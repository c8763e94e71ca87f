import type { Sequence } from '../../engine/schema/schema';
import { extensionJoin } from './relations';

export interface SequenceRow {
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly minvalue: string;
  readonly maxvalue: string;
  readonly cache: string;
  readonly cycle: boolean;
  readonly extension: string | null;
  /** The column that it belongs to, through `serial`, OWNED BY (a) or identity (i). */
  readonly owned_by: number | null;
  readonly owned_by_number: number | null;
  readonly owned_by_schema: string | null;
  readonly owned_by_name: string | null;
  readonly owned_by_column: string | null;
  /** That column's default draws from it. */
  readonly is_default: boolean;
}

/** Dependencies of a sequence: AUTO on the column of `serial` and OWNED BY, INTERNAL on an identity column. */
export function sequencesQuery(namespaces: string): string {
  return `
SELECT n.nspname::text AS schema, c.relname::text AS name, pg_catalog.pg_get_userbyid(c.relowner)::text AS owner,
  pg_catalog.format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start, s.seqincrement::text AS increment,
  s.seqmin::text AS minvalue, s.seqmax::text AS maxvalue, s.seqcache::text AS cache, s.seqcycle AS cycle,
  e.extname::text AS extension,
  t.oid AS owned_by, a.attnum AS owned_by_number, tn.nspname::text AS owned_by_schema, t.relname::text AS owned_by_name,
  a.attname::text AS owned_by_column,
  EXISTS (
    SELECT FROM pg_catalog.pg_depend u
    JOIN pg_catalog.pg_attrdef ad ON ad.oid = u.objid
    WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.refclassid = 'pg_catalog.pg_class'::regclass AND u.refobjid = c.oid
      AND ad.adrelid = o.refobjid AND ad.adnum = o.refobjsubid
  ) AS is_default
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${extensionJoin('pg_class', 'c.oid')}
LEFT JOIN pg_catalog.pg_depend o ON o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = c.oid AND o.objsubid = 0
  AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i')
LEFT JOIN pg_catalog.pg_class t ON t.oid = o.refobjid
LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
WHERE c.relnamespace = ANY (${namespaces})`;
}

export function readSequence(row: SequenceRow, namespace: (schema: string) => string | null): Sequence {
  const { name, type, extension } = row;
  const owner =
    row.owned_by_schema === null || row.owned_by_name === null || row.owned_by_column === null
      ? null
      : { schema: namespace(row.owned_by_schema), name: row.owned_by_name, column: row.owned_by_column };
  return { schema: namespace(row.schema), name, type, options: sequenceOptions(row), ownedBy: owner, extension };
}

/** What differs from the defaults of CREATE SEQUENCE (PostgreSQL documentation, there: MINVALUE, MAXVALUE, START WITH). */
export function sequenceOptions(row: SequenceRow): Record<string, string> {
  const largest = { smallint: 32767n, integer: 2147483647n, bigint: 9223372036854775807n }[row.type] ?? 9223372036854775807n;
  const ascending = !row.increment.startsWith('-');
  const minvalue = String(ascending ? 1n : -largest - 1n);
  const maxvalue = String(ascending ? largest : -1n);
  const usual = { start: ascending ? row.minvalue : row.maxvalue, increment: '1', minvalue, maxvalue, cache: '1' };
  const options: Record<string, string> = {};
  for (const name of ['start', 'increment', 'minvalue', 'maxvalue', 'cache'] as const) {
    if (row[name] !== usual[name]) options[name] = row[name];
  }
  if (row.cycle) options['cycle'] = 'true';
  return options;
}
