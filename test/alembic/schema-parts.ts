/** Schemas in a form in which two of them can be held against each other. */
import type { Schema, Table } from '../../src/engine/schema/schema';

/**
 * Constraints without a name get one that says what they are, so that they can be matched; what comes in no order that
 * means anything is sorted.
 */
export function unnamedLast(schema: Schema): Schema {
  return { ...schema, tables: schema.tables.map(nameUnnamed) };
}

function nameUnnamed(table: Table): Table {
  const name = <T extends { readonly name: string | null }>(constraints: readonly T[], words: (constraint: T) => string): T[] =>
    constraints.map((constraint) => ({ ...constraint, name: constraint.name ?? `unnamed ${words(constraint)}` }));
  return {
    ...table,
    foreignKeys: name(table.foreignKeys, (key) => `${key.columns.join()} → ${key.references.name}`),
    uniques: name(table.uniques, (unique) => unique.columns.join()),
    checks: name(table.checks, (check) => check.expression.sql),
    excludes: name(table.excludes, (exclude) => JSON.stringify(exclude.elements)),
    indexes: name(table.indexes, (index) => JSON.stringify(index.elements)),
  };
}
