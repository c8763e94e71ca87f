import type { Column, Table } from '../schema/schema';
import { compareTypes } from '../schema/types';
import { compareExpressions } from '../sql/expression';
import { mentionsIdentifier } from '../sql/identifiers';
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
    const old = current.columns.find((candidate) => candidate.name === column.name);
    // One that is plain from now on keeps its values (`drop_expression`); a virtual one never had any.
    if (old === undefined || (column.generated === null && old.generated?.stored !== false)) continue;
    const reads = retyped.some((name) => old.generated !== null && mentionsIdentifier(old.generated.expression.sql, name));
    if (!reads && !isChanged(old, column, desired, notCompared)) continue;
    phases.add('dropGenerated', { kind: 'drop_column', ...at, column: column.name });
    phases.add('addGenerated', { kind: 'add_column', ...at, column });
    remade.push(column.name);
  }
  return remade;
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
