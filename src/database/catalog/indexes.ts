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
  readonly operator_classes: readonly number[];
  readonly collations: readonly number[];
  /** The whole statement, where an expression has a collation: only there it shows whether that is its own. */
  readonly definition: string | null;
  readonly predicate: string | null;
  readonly options: readonly string[] | null;
  readonly comment: string | null;
}

/** The indexes of tables and materialized views, those behind constraints too. */
export function indexesQuery(namespaces: string, versionNumber: number): string {
  return `
SELECT i.indexrelid AS oid, i.indrelid AS relation, ic.relname::text AS name, am.amname::text AS method,
  i.indisunique AS is_unique, i.indisvalid AS valid, i.indnkeyatts AS key_count,
  ${versionNumber >= 150000 ? 'i.indnullsnotdistinct' : 'false'} AS nulls_not_distinct,
  i.indkey::int2[] AS columns, i.indoption::int2[] AS flags, i.indclass::oid[] AS operator_classes, i.indcollation::oid[] AS collations,
  CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
    SELECT CASE WHEN i.indkey[k - 1] = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k, false) END
    FROM pg_catalog.generate_series(1, i.indnkeyatts) k ORDER BY k
  ) END AS expressions,
  CASE WHEN i.indexprs IS NOT NULL AND EXISTS (SELECT FROM pg_catalog.unnest(i.indcollation::oid[]) k WHERE k NOT IN (0, ${defaultCollation}))
    THEN pg_catalog.pg_get_indexdef(i.indexrelid) END AS definition,
  pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate, ic.reloptions AS options, d.description AS comment
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_am am ON am.oid = ic.relam
${commentJoin('pg_class', 'i.indexrelid')}
WHERE c.relnamespace = ANY (${namespaces}) AND c.relkind IN ('r', 'p', 'm')`;
}

/** `pg_collation`'s row `default`, the database's own (PostgreSQL source, `pg_collation.dat`). */
const defaultCollation = 100;

export interface OperatorClassRow {
  readonly oid: number;
  readonly name: string;
  readonly is_default: boolean;
}

/** A few hundred, most of PostgreSQL itself: cheaper to read whole than to look up for each index. */
export const operatorClassesQuery = `
SELECT oc.oid, oc.opcdefault AS is_default, CASE WHEN pg_catalog.pg_opclass_is_visible(oc.oid) THEN ''
  ELSE pg_catalog.quote_ident(n.nspname) || '.' END || pg_catalog.quote_ident(oc.opcname) AS name
FROM pg_catalog.pg_opclass oc
JOIN pg_catalog.pg_namespace n ON n.oid = oc.opcnamespace`;

export interface CollationRow {
  readonly oid: number;
  readonly name: string;
}

/** Only those that indexes use: with ICU there are hundreds. */
export const collationsQuery = `
SELECT co.oid, CASE WHEN pg_catalog.pg_collation_is_visible(co.oid) THEN '' ELSE n.nspname::text || '.' END || co.collname::text AS name
FROM pg_catalog.pg_collation co
JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace
WHERE co.oid IN (SELECT used FROM pg_catalog.pg_index i, pg_catalog.unnest(i.indcollation::oid[]) used WHERE used NOT IN (0, ${defaultCollation}))`;

export interface IndexParameterRow {
  /** The index, and which of its keys. */
  readonly relation: number;
  readonly number: number;
  readonly options: readonly string[];
}

/** Parameters of operator classes: `gist_trgm_ops (siglen = 64)`. */
export function indexParametersQuery(namespaces: string): string {
  return `
SELECT a.attrelid AS relation, a.attnum AS number, a.attoptions AS options
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
WHERE a.attoptions IS NOT NULL AND c.relkind IN ('i', 'I') AND c.relnamespace = ANY (${namespaces})`;
}

/** What indexes point to by number: columns of their table, and what all tables share. */
export interface IndexNames {
  readonly columnName: (number: number) => string;
  readonly columnCollation: (number: number) => number;
  readonly operatorClasses: ReadonlyMap<number, OperatorClassRow>;
  readonly collations: ReadonlyMap<number, string>;
  /** By index and key, as `16400.1`. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
}

export function readIndex(row: IndexRow, names: IndexNames): Index {
  return {
    name: row.name,
    unique: row.is_unique,
    method: row.method,
    elements: readElements(row, names),
    include: includedColumns(row, names.columnName),
    where: row.predicate === null ? null : { sql: row.predicate },
    nullsNotDistinct: row.nulls_not_distinct,
    options: readOptions(row.options),
    comment: row.comment,
    valid: row.valid,
  };
}

export function readElements(row: IndexRow, names: IndexNames): readonly IndexElement[] {
  return row.columns.slice(0, row.key_count).map((number, i) => {
    const expression = number === 0 ? (row.expressions?.[i] ?? '') : null;
    const flags = row.flags[i] ?? 0;
    return {
      column: number === 0 ? null : names.columnName(number),
      expression: expression === null ? null : { sql: expression },
      collation: elementCollation(row, i, expression, names),
      operatorClass: operatorClass(row, i, names),
      descending: (flags & 1) !== 0,
      nullsFirst: (flags & 2) !== 0,
    };
  });
}

export function includedColumns(row: IndexRow, columnName: (number: number) => string): readonly string[] {
  return row.columns.slice(row.key_count).map(columnName);
}

/** A default class is said only where it has parameters. */
function operatorClass(row: IndexRow, i: number, names: IndexNames): string | null {
  const found = names.operatorClasses.get(row.operator_classes[i] ?? 0);
  const parameters = names.parameters.get(`${row.oid}.${i + 1}`);
  if (found === undefined || (found.is_default && parameters === undefined)) return null;
  return parameters === undefined ? found.name : `${found.name}(${parameters.join(', ')})`;
}

/**
 * The collation that stands beside a key: another than its column has. The catalog does not tell one that stands beside
 * an expression from one inside it; PostgreSQL's own text of the index does.
 */
function elementCollation(row: IndexRow, i: number, expression: string | null, names: IndexNames): string | null {
  const collation = row.collations[i] ?? 0;
  const usual = expression === null ? names.columnCollation(row.columns[i] ?? 0) : defaultCollation;
  if (collation === 0 || collation === usual) return null;
  if (expression !== null && row.definition?.includes(`${expression} COLLATE `) !== true) return null;
  return collation === defaultCollation ? 'default' : (names.collations.get(collation) ?? null);
}
