import type { Operation } from '../operations/operation';
import { findColumn, type Column, type Expression, type Table } from '../schema/schema';
import { compareTypes } from '../schema/types';
import { compareExpressions } from '../sql/expression';
import { mentionsIdentifier, quoteIdentifier, quoteName } from '../sql/identifiers';
import type { NotCompared } from './columns';
import type { Phases } from './phases';

/**
 * Generated columns that must be made again: what they compute changes, or the type of a column that they read does,
 * which PostgreSQL refuses under them (0A000). It computes their values anew, so nothing is lost. Answers with their names:
 * indexes and constraints over them go and come with them.
 */
export function remakeGenerated(current: Table, desired: Table, retyped: readonly string[], phases: Phases, notCompared: NotCompared[]): readonly string[] {
  const at = { schema: desired.schema, table: desired.name };
  const remade: string[] = [];
  for (const column of desired.columns) {
    if (column.generated === null && current.columns.includes(column)) continue;
    const old = findColumn(current, column.name);
    // One that is plain from now on keeps its values (`drop_expression`); a virtual one never had any, and is made anew.
    if (old === undefined || (column.generated === null && old.generated?.stored !== false)) continue;
    if (!readsAny(old, retyped) && !isChanged(old, column, desired, notCompared)) continue;
    phases.add('dropGenerated', { kind: 'drop_column', ...at, column: column.name });
    phases.add('addGenerated', ...(column.generated === null && old.generated !== null ? plainColumn(at, column, old.generated.expression) : [{ kind: 'add_column' as const, ...at, column }]));
    remade.push(column.name);
  }
  return remade;
}

function readsAny({ generated }: Column, names: readonly string[]): boolean {
  return generated !== null && names.some((name) => mentionsIdentifier(generated.expression.sql, name));
}

/** A virtual column has no values to keep: the plain one takes those that it had computed. */
function plainColumn(at: { readonly schema: string | null; readonly table: string }, column: Column, { sql }: Expression): readonly Operation[] {
  const [table, name] = [quoteName({ schema: at.schema, name: at.table }), quoteIdentifier(column.name)];
  return [
    { kind: 'add_column', ...at, column: { ...column, nullable: true } },
    { kind: 'execute', sql: `UPDATE ${table} SET ${name} = ${sql}`, effect: 'data', writes: [{ schema: at.schema, name: at.table, column: column.name }] },
    ...(column.nullable ? [] : [{ kind: 'alter_column' as const, ...at, column: column.name, nullable: false }]),
  ];
}

function isChanged(old: Column, column: Column, table: Table, notCompared: NotCompared[]): boolean {
  const comparison = compareExpressions(old.generated?.expression ?? null, column.generated?.expression ?? null);
  if (comparison.outcome === 'unknown') notCompared.push({ table: table.name, object: column.name, reason: comparison.reason });
  return comparison.outcome === 'different' || old.generated?.stored !== column.generated?.stored || compareTypes(old.type, column.type).outcome === 'different';
}

/** Whether a key, constraint or index has one of these columns as a part, so that it goes when the column is dropped. */
export function hasColumn(object: { readonly columns?: readonly string[]; readonly include?: readonly string[]; readonly elements?: readonly { readonly column: string | null }[] }, names: readonly string[]): boolean {
  return [...(object.columns ?? []), ...(object.include ?? []), ...(object.elements ?? []).map((element) => element.column ?? '')].some((name) => names.includes(name));
}
