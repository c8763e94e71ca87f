import { makeObjectName } from '../schema/constraint-names';
import type { Column, Index, Table } from '../schema/schema';
import { mentionsIdentifier } from '../sql/identifiers';

/** Tables without one of their parts. */

/** PostgreSQL drops with a column every index and constraint of the table that uses it (ALTER TABLE, DROP COLUMN). */
export function withoutColumn(table: Table, column: string): Table {
  return {
    ...table,
    columns: table.columns.filter((candidate) => candidate.name !== column),
    primaryKey: table.primaryKey?.columns.includes(column) === true ? null : table.primaryKey,
    foreignKeys: table.foreignKeys.filter((key) => !key.columns.includes(column)),
    uniques: table.uniques.filter((unique) => !unique.columns.includes(column) && !unique.include.includes(column)),
    checks: table.checks.filter((check) => !mentionsIdentifier(check.expression.sql, column)),
    excludes: table.excludes.filter((exclude) => !exclude.elements.some((element) => usesColumn(element, column)) && (exclude.where === null || !mentionsIdentifier(exclude.where.sql, column))),
    indexes: table.indexes.filter((index) => !indexUsesColumn(index, column)),
  };
}

/** The index has the column as a key, in an expression, in INCLUDE or in its predicate. */
export function indexUsesColumn(index: Index, column: string): boolean {
  return index.include.includes(column) || index.elements.some((element) => usesColumn(element, column)) || (index.where !== null && mentionsIdentifier(index.where.sql, column));
}

function usesColumn(element: { readonly column: string | null; readonly expression: { readonly sql: string } | null }, column: string): boolean {
  return element.column === column || (element.expression !== null && mentionsIdentifier(element.expression.sql, column));
}

export function withoutConstraint(table: Table, name: string | null): Table {
  if (name === null) return table;
  const other = (constraint: { readonly name: string | null }): boolean => constraint.name !== name;
  return {
    ...table,
    // NOT NULL is a constraint, too, since PostgreSQL 18.
    columns: table.columns.map((column) => (!column.nullable && notNullName(table, column) === name ? { ...withoutName(column), nullable: true } : column)),
    primaryKey: table.primaryKey?.name === name ? null : table.primaryKey,
    foreignKeys: table.foreignKeys.filter(other),
    uniques: table.uniques.filter(other),
    checks: table.checks.filter(other),
    excludes: table.excludes.filter(other),
  };
}

/** Source: ChooseConstraintName in PostgreSQL's pg_constraint.c, for NOT NULL. */
export function notNullName(table: Table, column: Column): string {
  return column.notNullName ?? makeObjectName(table.name, column.name, 'not_null');
}

function withoutName({ notNullName: _name, ...column }: Column): Column {
  return column;
}
