import type { CheckConstraint, ExcludeConstraint, ForeignKey, PrimaryKey, ReferentialAction, UniqueConstraint } from '../../engine/schema/schema';
import type { IndexNames, IndexRow } from './indexes';
import { includedColumns, readElements } from './indexes';
import { commentJoin } from './relations';

export interface ConstraintRow {
  readonly relation: number;
  readonly name: string;
  /** `pg_constraint.contype`: p primary key, u unique, f foreign key, c check, x exclusion. */
  readonly type: 'p' | 'u' | 'f' | 'c' | 'x';
  readonly columns: readonly number[] | null;
  readonly is_deferrable: boolean;
  readonly is_deferred: boolean;
  readonly validated: boolean;
  readonly no_inherit: boolean;
  /** The index behind a key or exclusion; of a foreign key, the index it points to. */
  readonly index: number;
  readonly expression: string | null;
  readonly referenced_schema: string | null;
  readonly referenced_name: string | null;
  readonly referenced_columns: readonly string[] | null;
  readonly on_update: string;
  readonly on_delete: string;
  readonly match: string;
  readonly delete_set_columns: readonly number[] | null;
  readonly operators: readonly string[] | null;
  readonly enforced: boolean;
  readonly period: boolean;
  readonly comment: string | null;
}

/**
 * PostgreSQL 18's NOT NULL constraints (n) and constraint triggers (t) are left out, and so are the copies of a foreign
 * key that PostgreSQL makes on the same table for each partition of the referenced one.
 */
export function constraintsQuery(namespaces: string, versionNumber: number): string {
  return `
SELECT con.conrelid AS relation, con.conname::text AS name, con.contype AS type, con.conkey AS columns,
  con.condeferrable AS is_deferrable, con.condeferred AS is_deferred, con.convalidated AS validated, con.connoinherit AS no_inherit,
  con.conindid AS index, CASE WHEN con.contype = 'c' THEN pg_catalog.pg_get_expr(con.conbin, con.conrelid) END AS expression,
  fn.nspname::text AS referenced_schema, fc.relname::text AS referenced_name,
  CASE WHEN con.contype = 'f' THEN ARRAY(
    SELECT a.attname::text FROM pg_catalog.unnest(con.confkey) WITH ORDINALITY AS k (number, position)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.number ORDER BY k.position
  ) END AS referenced_columns,
  con.confupdtype AS on_update, con.confdeltype AS on_delete, con.confmatchtype AS match,
  ${versionNumber >= 150000 ? 'con.confdelsetcols' : 'NULL::int2[]'} AS delete_set_columns,
  CASE WHEN con.conexclop IS NOT NULL AND con.contype = 'x' THEN ARRAY(
    SELECT CASE WHEN pg_catalog.pg_operator_is_visible(o.oid) THEN o.oprname::text
      ELSE 'OPERATOR(' || pg_catalog.quote_ident(opn.nspname) || '.' || o.oprname || ')' END
    FROM pg_catalog.unnest(con.conexclop) WITH ORDINALITY AS k (oid, position)
    JOIN pg_catalog.pg_operator o ON o.oid = k.oid
    JOIN pg_catalog.pg_namespace opn ON opn.oid = o.oprnamespace ORDER BY k.position
  ) END AS operators,
  ${versionNumber >= 180000 ? 'con.conenforced' : 'true'} AS enforced, ${versionNumber >= 180000 ? 'con.conperiod' : 'false'} AS period,
  d.description AS comment
FROM pg_catalog.pg_constraint con
LEFT JOIN pg_catalog.pg_class fc ON con.contype = 'f' AND fc.oid = con.confrelid
LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
${commentJoin('pg_constraint', 'con.oid')}
WHERE con.connamespace = ANY (${namespaces}) AND con.conrelid <> 0 AND con.contype IN ('p', 'u', 'f', 'c', 'x')
  AND NOT (con.contype = 'f' AND EXISTS (
    SELECT FROM pg_catalog.pg_constraint parent WHERE parent.oid = con.conparentid AND parent.conrelid = con.conrelid
  ))`;
}

export type ColumnName = (number: number) => string;

export function readPrimaryKey(row: ConstraintRow, index: IndexRow | undefined, columnName: ColumnName): PrimaryKey {
  return {
    name: row.name,
    columns: (row.columns ?? []).map(columnName),
    include: index === undefined ? [] : includedColumns(index, columnName),
    deferrable: row.is_deferrable,
    initiallyDeferred: row.is_deferred,
    comment: row.comment,
  };
}

export function readUnique(row: ConstraintRow, index: IndexRow | undefined, columnName: ColumnName): UniqueConstraint {
  return { ...readPrimaryKey(row, index, columnName), nullsNotDistinct: index?.nulls_not_distinct ?? false };
}

export function readForeignKey(row: ConstraintRow, columnName: ColumnName, namespace: (schema: string) => string | null): ForeignKey {
  return {
    name: row.name,
    columns: (row.columns ?? []).map(columnName),
    references: { schema: namespace(row.referenced_schema ?? ''), name: row.referenced_name ?? '', columns: row.referenced_columns ?? [] },
    onDelete: actions[row.on_delete] ?? 'NO ACTION',
    onUpdate: actions[row.on_update] ?? 'NO ACTION',
    match: row.match === 'f' ? 'FULL' : row.match === 'p' ? 'PARTIAL' : 'SIMPLE',
    deferrable: row.is_deferrable,
    initiallyDeferred: row.is_deferred,
    notValid: !row.validated,
    comment: row.comment,
  };
}

export function readCheck(row: ConstraintRow): CheckConstraint {
  return {
    name: row.name,
    expression: { sql: row.expression ?? '' },
    noInherit: row.no_inherit,
    notValid: !row.validated,
    comment: row.comment,
  };
}

export function readExclude(row: ConstraintRow, index: IndexRow | undefined, names: IndexNames): ExcludeConstraint {
  const elements = index === undefined ? [] : readElements(index, names);
  return {
    name: row.name,
    method: index?.method ?? 'gist',
    elements: elements.map((element, i) => ({ ...element, operator: row.operators?.[i] ?? '=' })),
    where: index === undefined || index.predicate === null ? null : { sql: index.predicate },
    deferrable: row.is_deferrable,
    initiallyDeferred: row.is_deferred,
    comment: row.comment,
  };
}

/** What a constraint has that `Schema` has no place for, as it is written in SQL. */
export function unspokenOption(row: ConstraintRow, columnName: ColumnName): string | null {
  if (row.period) return row.type === 'f' ? 'PERIOD' : 'WITHOUT OVERLAPS';
  if (!row.enforced) return 'NOT ENFORCED';
  if (row.delete_set_columns !== null) return `ON DELETE ${actions[row.on_delete] ?? ''} (${row.delete_set_columns.map(columnName).join(', ')})`;
  return null;
}

const actions: Readonly<Record<string, ReferentialAction>> = { a: 'NO ACTION', r: 'RESTRICT', c: 'CASCADE', n: 'SET NULL', d: 'SET DEFAULT' };
