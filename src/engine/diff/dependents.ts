import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type Policy, type QualifiedName, type Schema, type Table, type View } from '../schema/schema';
import { isText } from '../schema/types';
import { quoteName } from '../sql/identifiers';
import { castColumnToText } from '../sql/rewrite';
import type { Phases } from './phases';

/**
 * What holds a column so that PostgreSQL refuses to change its type (0A000): views, also through other views,
 * policies, triggers and rules. They are dropped before and made again after, word for word but for casts that the new
 * type needs. Columns that only go are left to fail with 2BP01: what read them cannot be made again, and that is for a
 * person to decide.
 */
export function moveDependentsAside(current: Schema, desired: Schema, retyped: ReadonlyMap<string, readonly string[]>, phases: Phases): void {
  if (retyped.size === 0) return;
  const fit = (sql: string): string => fitToTypes(sql, current, desired, retyped);
  const holds = (table: QualifiedName, column: string | null): boolean => column !== null && (retyped.get(displayName(table)) ?? []).includes(column);
  const views = closure(
    current.views,
    current.views.filter((view) => view.extension === null && view.dependsOn.some((part) => holds(part, part.column))),
  );
  // The last of a chain of views goes first and comes last.
  for (const view of [...views].reverse()) phases.add('dropDependents', { kind: 'drop_view', schema: view.schema, name: view.name, materialized: view.materialized });
  for (const { table, dependent } of dependentsOn(current.tables, (table) => table.policies, retyped)) {
    const at = { schema: table.schema, table: table.name };
    phases.add('dropDependents', { kind: 'drop_policy', ...at, name: dependent.name });
    phases.add('createDependents', { kind: 'create_policy', ...at, policy: { ...dependent, definition: fit(dependent.definition) } });
  }
  for (const { table, dependent } of dependentsOn(current.tables, (table) => table.triggers ?? [], retyped)) {
    const at = { schema: table.schema, table: table.name };
    phases.add('dropDependents', { kind: 'drop_trigger', ...at, name: dependent.name, type: dependent.kind });
    phases.add('createDependents', { kind: 'create_trigger', ...at, trigger: { ...dependent, definition: fit(dependent.definition) } });
  }
  for (const view of views) phases.add('createDependents', { kind: 'create_view', view: { ...view, definition: fit(view.definition) } });
}

/** Text that becomes an enum is compared as text still; an enum that becomes text is compared with texts. */
function fitToTypes(sql: string, current: Schema, desired: Schema, retyped: ReadonlyMap<string, readonly string[]>): string {
  let fitted = sql;
  for (const table of desired.tables) {
    const old = findTable(current, table);
    for (const name of retyped.get(displayName(table)) ?? []) {
      const [from, to] = [old === undefined ? undefined : findColumn(old, name)?.type, findColumn(table, name)?.type];
      if (from === undefined || to === undefined) continue;
      if (isText(from) && to.kind === 'enum') fitted = castColumnToText(fitted, name);
      if (from.kind === 'enum' && isText(to)) fitted = fitted.replaceAll(`'::${quoteName(from)}`, "'::text");
    }
  }
  return fitted;
}

/** The views and all that read them, each after those that it reads. */
function closure(all: readonly View[], start: readonly View[]): readonly View[] {
  const order: View[] = [];
  const take = (view: View): void => {
    if (order.some((other) => sameName(other, view))) return;
    order.push(view);
    for (const reader of all) if (reader.dependsOn.some((part) => sameName(part, view))) take(reader);
  };
  start.forEach(take);
  const depth = (view: View): number => 1 + Math.max(0, ...all.filter((other) => !sameName(other, view) && view.dependsOn.some((part) => sameName(part, other))).map(depth));
  return order.map((view) => ({ view, depth: depth(view) })).sort((a, b) => a.depth - b.depth || (displayName(a.view) < displayName(b.view) ? -1 : 1)).map(({ view }) => view);
}

/** Those that read a column whose type changes, of their own table or of another. */
function dependentsOn<T extends Policy>(tables: readonly Table[], of: (table: Table) => readonly T[], retyped: ReadonlyMap<string, readonly string[]>): readonly { readonly table: Table; readonly dependent: T }[] {
  const changes = (table: QualifiedName, column: string): boolean => retyped.get(displayName(table))?.includes(column) === true;
  return tables.flatMap((table) =>
    of(table)
      .filter((dependent) => dependent.columns.some((column) => changes(table, column)) || dependent.reads?.some((part) => changes(part, part.column)) === true)
      .map((dependent) => ({ table, dependent })),
  );
}
