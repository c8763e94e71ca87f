import type { QualifiedName } from '../../engine/schema/schema';
import type { Queries } from '../connect';
import { quoteQualified } from '../quote';

/** What has to be known of a table before its rows are asked. */
export interface FactTable {
  readonly quoted: string;
  /** PostgreSQL's estimate, scaled to the table's size of today; null: it was never analyzed. */
  readonly estimate: number | null;
  /** Of the rows alone, without indexes and TOAST. */
  readonly heapBytes: number;
  readonly bytes: number;
  /** Each column, and whether this user may read it. */
  readonly columns: ReadonlyMap<string, boolean>;
  readonly usable: boolean;
  readonly readable: boolean;
  /** Row level security is active for this user. */
  readonly hidesRows: boolean;
  /** It is on, for whoever is not the owner. */
  readonly rowLevelSecurity: boolean;
}

export function tableKey(table: QualifiedName): string {
  return JSON.stringify([table.schema, table.name]);
}

/** One round trip for all tables; those that do not exist are missing in the answer. Of partitioned tables, the partitions' sums. */
export async function findTables(queries: Queries, tables: readonly QualifiedName[], defaultSchema: string): Promise<ReadonlyMap<string, FactTable>> {
  const distinct = [...new Map(tables.map((table) => [tableKey(table), table])).values()];
  const rows = await queries.query<TableRow>(tablesQuery, [
    distinct.map((table) => table.schema ?? defaultSchema),
    distinct.map((table) => table.name),
  ]);
  return new Map(
    rows.flatMap((row): [string, FactTable][] => {
      const table = distinct[row.position - 1];
      if (table === undefined) return [];
      const estimate = row.estimate === null ? null : Math.round(row.estimate);
      const { usable, readable, hides_rows: hidesRows, row_level_security: rowLevelSecurity } = row;
      const quoted = quoteQualified({ schema: table.schema ?? defaultSchema, name: table.name });
      const columns = new Map(row.columns.map((column, i) => [column, row.columns_readable[i] === true]));
      return [[tableKey(table), { quoted, estimate, heapBytes: Number(row.heap_bytes), bytes: Number(row.bytes), columns, usable, readable, hidesRows, rowLevelSecurity }]];
    }),
  );
}

interface TableRow {
  readonly position: number;
  readonly estimate: number | null;
  readonly heap_bytes: string;
  readonly bytes: string;
  readonly columns: readonly string[];
  readonly columns_readable: readonly boolean[];
  readonly usable: boolean;
  readonly readable: boolean;
  readonly hides_rows: boolean;
  readonly row_level_security: boolean;
}

/**
 * `reltuples` belongs to the size at the last ANALYZE (`relpages`); the planner scales it to the size of now, and so do
 * we (PostgreSQL documentation, "Row Estimation Examples"). It is -1 before the first (since PostgreSQL 14).
 */
const tablesQuery = `
SELECT asked.position::int AS position, size.estimate, size.heap_bytes, size.bytes,
  ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
  ARRAY(SELECT pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns_readable,
  pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS usable,
  pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT') AS readable,
  pg_catalog.row_security_active(c.oid) AS hides_rows, c.relrowsecurity AS row_level_security
FROM unnest($1::name[], $2::name[]) WITH ORDINALITY AS asked (schema, name, position)
JOIN pg_catalog.pg_namespace n ON n.nspname = asked.schema
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = asked.name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
CROSS JOIN LATERAL (
  SELECT CASE WHEN bool_or(part.reltuples < 0) THEN NULL ELSE
      sum(CASE WHEN part.relpages > 0
        THEN part.reltuples * (pg_catalog.pg_relation_size(part.oid) / pg_catalog.current_setting('block_size')::float8) / part.relpages
        ELSE part.reltuples END)
    END AS estimate,
    COALESCE(sum(pg_catalog.pg_relation_size(part.oid)), 0)::text AS heap_bytes,
    COALESCE(sum(pg_catalog.pg_total_relation_size(part.oid)), 0)::text AS bytes
  FROM pg_catalog.pg_class part
  WHERE part.oid IN (
    SELECT CASE WHEN c.relkind = 'p' THEN NULL ELSE c.oid END
    UNION ALL SELECT tree.relid FROM pg_catalog.pg_partition_tree(CASE WHEN c.relkind = 'p' THEN c.oid END) tree WHERE tree.isleaf
  )
) size`;
