import type { Index, IndexElement } from '../../engine/schema/schema';
import { commentJoin, readOptions } from './relations';

export interface IndexRow {
  readonly oid: number;
  readonly relation: number;
  readonly name: string;
  readonly method: string;
  readonly is_unique: boolean;
  readonly valid: boolean;
  readonly nulls_not_distinct: boolean;
  readonly key_count: number;
  /** Column numbers; 0 is an expression. Included columns follow the key. */
  readonly columns: readonly number[];
  /** `pg_index.indoption` of each key: 1 descending, 2 nulls first. */
  readonly flags: readonly number[];
  /** The text of each key that is an expression. */
  readonly expressions: readonly (string | null)[] | null;
  readonly operator_classes: readonly (string | null)[] | null;
  readonly collations: readonly (string | null)[] | null;
  /** The whole statement, where an expression has a collation: only there it shows whether that is its own. */
  readonly definition: string | null;
  readonly predicate: string | null;
  readonly options: readonly string[] | null;
  readonly comment: string | null;
}

/** The indexes of tables and materialized views, those behind constraints too. */
export function indexesQuery(namespaces: string, versionNumber: number): string {
  const keys = `pg_catalog.generate_series(1, i.indnkeyatts) k`;
  return `
SELECT i.indexrelid AS oid, i.indrelid AS relation, ic.relname::text AS name, am.amname::text AS method,
  i.indisunique AS is_unique, i.indisvalid AS valid, i.indnkeyatts AS key_count,
  ${versionNumber >= 150000 ? 'i.indnullsnotdistinct' : 'false'} AS nulls_not_distinct,
  i.indkey::int2[] AS columns, i.indoption::int2[] AS flags,
  CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
    SELECT CASE WHEN i.indkey[k - 1] = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k, false) END FROM ${keys} ORDER BY k
  ) END AS expressions,
  CASE WHEN o.differs THEN ARRAY(
    SELECT CASE WHEN oc.opcdefault AND ia.attoptions IS NULL THEN NULL ELSE
      CASE WHEN pg_catalog.pg_opclass_is_visible(oc.oid) THEN '' ELSE pg_catalog.quote_ident(ocn.nspname) || '.' END
      || pg_catalog.quote_ident(oc.opcname) || COALESCE('(' || pg_catalog.array_to_string(ia.attoptions, ', ') || ')', '') END
    FROM ${keys}
    JOIN pg_catalog.pg_opclass oc ON oc.oid = i.indclass[k - 1]
    JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
    JOIN pg_catalog.pg_attribute ia ON ia.attrelid = i.indexrelid AND ia.attnum = k
    ORDER BY k
  ) END AS operator_classes,
  CASE WHEN collated.differs THEN ARRAY(
    SELECT CASE WHEN i.indkey[k - 1] <> 0 AND i.indcollation[k - 1] = ta.attcollation THEN NULL
      WHEN i.indkey[k - 1] = 0 AND co.collname = 'default' THEN NULL
      WHEN pg_catalog.pg_collation_is_visible(co.oid) THEN co.collname::text
      ELSE cn.nspname::text || '.' || co.collname::text END
    FROM ${keys}
    LEFT JOIN pg_catalog.pg_collation co ON co.oid = i.indcollation[k - 1]
    LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
    LEFT JOIN pg_catalog.pg_attribute ta ON ta.attrelid = i.indrelid AND ta.attnum = i.indkey[k - 1] AND ta.attnum <> 0
    ORDER BY k
  ) END AS collations,
  CASE WHEN collated.differs AND i.indexprs IS NOT NULL THEN pg_catalog.pg_get_indexdef(i.indexrelid) END AS definition,
  pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate, ic.reloptions AS options, d.description AS comment
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_am am ON am.oid = ic.relam
${commentJoin('pg_class', 'i.indexrelid')}
CROSS JOIN LATERAL (
  SELECT EXISTS (SELECT FROM pg_catalog.pg_opclass oc WHERE oc.oid = ANY (i.indclass::oid[]) AND NOT oc.opcdefault)
    OR EXISTS (SELECT FROM pg_catalog.pg_attribute ia WHERE ia.attrelid = i.indexrelid AND ia.attoptions IS NOT NULL) AS differs
) o
CROSS JOIN LATERAL (
  SELECT EXISTS (
    SELECT FROM pg_catalog.pg_attribute ta, ${keys}
    WHERE ta.attrelid = i.indrelid AND ta.attnum = i.indkey[k - 1] AND ta.attnum <> 0 AND i.indcollation[k - 1] NOT IN (0, ta.attcollation)
  ) OR EXISTS (SELECT FROM ${keys} WHERE i.indkey[k - 1] = 0 AND i.indcollation[k - 1] NOT IN (0, 100)) AS differs
) collated
WHERE c.relnamespace = ANY (${namespaces}) AND c.relkind IN ('r', 'p', 'm')`;
}

/** `columnName` turns a column's number into its name. */
export function readIndex(row: IndexRow, columnName: (number: number) => string): Index {
  return {
    name: row.name,
    unique: row.is_unique,
    method: row.method,
    elements: readElements(row, columnName),
    include: includedColumns(row, columnName),
    where: row.predicate === null ? null : { sql: row.predicate },
    nullsNotDistinct: row.nulls_not_distinct,
    options: readOptions(row.options),
    comment: row.comment,
    valid: row.valid,
  };
}

export function readElements(row: IndexRow, columnName: (number: number) => string): readonly IndexElement[] {
  return row.columns.slice(0, row.key_count).map((number, i) => {
    const expression = number === 0 ? (row.expressions?.[i] ?? '') : null;
    const flags = row.flags[i] ?? 0;
    return {
      column: number === 0 ? null : columnName(number),
      expression: expression === null ? null : { sql: expression },
      collation: elementCollation(row, i, expression),
      operatorClass: row.operator_classes?.[i] ?? null,
      descending: (flags & 1) !== 0,
      nullsFirst: (flags & 2) !== 0,
    };
  });
}

export function includedColumns(row: IndexRow, columnName: (number: number) => string): readonly string[] {
  return row.columns.slice(row.key_count).map(columnName);
}

/** The catalog does not tell a collation that stands beside an expression from one inside it; PostgreSQL's own text of the index does. */
function elementCollation(row: IndexRow, i: number, expression: string | null): string | null {
  const collation = row.collations?.[i] ?? null;
  if (expression === null || collation === null) return collation;
  return row.definition?.includes(`${expression} COLLATE `) === true ? collation : null;
}
