import type { Operation } from '../operations/operation';
import { usersOf } from '../operations/rebuild-enum';
import { reverseOperation } from '../operations/reverse';
import { findTable, tablesReferringTo, tablesWithReaders } from '../schema/lookup';
import { displayName, sameName, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { mentionsIdentifier } from '../sql/identifiers';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { cascades, isMaybe, mayNotRun } from './support/known';
import { at } from './support/places';

/** Something is dropped on which a key, a view, a policy or a column still hangs: PostgreSQL refuses. */
export const dropBlocked: Rule = {
  meta: { title: 'Something is dropped on which other objects still hang.', severity: 'error', sqlstates: ['2BP01'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const step of pass[direction]) {
        if (cascades(step.operation) || mayNotRun(step.operation)) continue;
        const blocked = blockedBy(step);
        if (blocked !== null && blocked.dependents.length > 0) yield finding(pass, direction, step, blocked);
      }
    }
  },
};

interface Dependent {
  /** `foreign key visit_place_id_fkey of visit` */
  readonly what: string;
  /** What drops it; null: that is no fix. */
  readonly drop: Operation | null;
}

interface Blocked {
  readonly what: string;
  readonly argument: string;
  readonly dependents: readonly Dependent[];
}

function blockedBy({ operation, before }: Step): Blocked | null {
  switch (operation.kind) {
    case 'drop_table': {
      const table = findTable(before, operation);
      if (table === undefined || isMaybe(before, table)) return null;
      const keys = foreignKeysTo(before, table, () => true).filter((dependent) => !sameName(dependent.table, table));
      return { what: `table ${displayName(table)}`, argument: 'table_name', dependents: [...keys, ...views(before, table, null), ...readers(before, table, null).filter((reader) => !sameName(reader.table, table))] };
    }
    case 'drop_column': {
      const table = findTable(before, { schema: operation.schema, name: operation.table });
      if (table === undefined || isMaybe(before, table) || !table.columns.some((column) => column.name === operation.column)) return null;
      const dependents = [
        ...foreignKeysTo(before, table, (columns) => columns.includes(operation.column)).filter(({ table: own, columns }) => !sameName(own, table) || !columns.includes(operation.column)),
        ...views(before, table, operation.column),
        ...readers(before, table, operation.column),
        ...table.columns.filter((column) => column.name !== operation.column && column.generated !== null && mentionsIdentifier(column.generated.expression.sql, operation.column)).map((column) => ({ what: `generated column ${column.name}`, drop: null })),
      ];
      return { what: `column ${operation.column} of ${displayName(table)}`, argument: 'column_name', dependents };
    }
    case 'drop_constraint': {
      const table = findTable(before, { schema: operation.schema, name: operation.table });
      const key = table === undefined ? undefined : [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques].find(({ name }) => name !== null && name === operation.name);
      if (table === undefined || key === undefined || isMaybe(before, table)) return null;
      // Another key over the same columns may be the one that they stand on.
      const twins = [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques].filter((other) => sameSet(other.columns, key.columns));
      return twins.length > 1 ? null : { what: `constraint ${operation.name ?? ''} of ${displayName(table)}`, argument: 'constraint_name', dependents: foreignKeysTo(before, table, (columns) => sameSet(columns, key.columns)) };
    }
    case 'drop_index': {
      const table = before.tables.find((one) => one.schema === operation.schema && [...(one.primaryKey === null ? [] : [one.primaryKey]), ...one.uniques, ...one.excludes].some(({ name }) => name !== null && name === operation.name));
      return table === undefined || isMaybe(before, table) ? null : { what: `index ${operation.name ?? ''}`, argument: 'index_name', dependents: [{ what: `constraint ${operation.name ?? ''} of ${displayName(table)} (it is its own index)`, drop: null }] };
    }
    case 'drop_enum': {
      if (before.unknown.length > 0) return null;
      return { what: `enum type ${displayName(operation)}`, argument: 'type', dependents: usersOf(before, operation).map(({ table, column }) => ({ what: `column ${column.name} of ${displayName(table)}`, drop: null })) };
    }
    case 'drop_view':
      return { what: `view ${displayName(operation)}`, argument: 'sqltext', dependents: views(before, operation, null) };
    default:
      return null;
  }
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function foreignKeysTo(schema: Schema, target: Table, touches: (columns: readonly string[]) => boolean): readonly (Dependent & { readonly table: QualifiedName; readonly columns: readonly string[] })[] {
  return tablesReferringTo(schema.tables, target).flatMap((table) =>
    table.foreignKeys
      .filter((key) => sameName(key.references, target) && touches(key.references.columns.length > 0 ? key.references.columns : (target.primaryKey?.columns ?? [])))
      .map((key) => ({
        table,
        columns: key.columns,
        what: `foreign key ${key.name ?? ''} of ${displayName(table)}`,
        drop: key.name === null || table.partitionOf !== null ? null : { kind: 'drop_constraint' as const, schema: table.schema, table: table.name, name: key.name, type: 'foreignkey' as const },
      })),
  );
}

/** Views that read it; those that read these come first. */
function views(schema: Schema, { schema: namespace, name }: QualifiedName, column: string | null): readonly Dependent[] {
  const own = { schema: namespace, name };
  const direct = schema.views.filter((view) => view.extension === null && view.dependsOn.some((part) => sameName(part, own) && (column === null || part.column === column)));
  return direct.flatMap((view) => [
    ...views(schema, view, null),
    { what: `${view.materialized ? 'materialized view' : 'view'} ${displayName(view)}`, drop: { kind: 'drop_view' as const, schema: view.schema, name: view.name, materialized: view.materialized } },
  ]);
}

/** Policies and triggers that read it: of its own table, or of others. */
function readers(schema: Schema, target: Table, column: string | null): readonly (Dependent & { readonly table: QualifiedName })[] {
  return tablesWithReaders(schema.tables).flatMap((table) => {
    const reads = (one: { readonly columns: readonly string[]; readonly reads?: readonly (QualifiedName & { readonly column: string })[] }): boolean =>
      (sameName(table, target) && column !== null && one.columns.includes(column)) || one.reads?.some((part) => sameName(part, target) && (column === null || part.column === column)) === true;
    return [
      ...table.policies.filter(reads).map((policy) => ({ table, what: `policy ${policy.name} of ${displayName(table)}`, drop: { kind: 'drop_policy' as const, schema: table.schema, table: table.name, name: policy.name } })),
      ...(table.triggers ?? []).filter(reads).map((trigger) => ({ table, what: `${trigger.kind} ${trigger.name} of ${displayName(table)}`, drop: { kind: 'drop_trigger' as const, schema: table.schema, table: table.name, name: trigger.name, type: trigger.kind } })),
    ];
  });
}

function finding(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, { what, argument, dependents }: Blocked): Finding {
  const names = [...new Set(dependents.map((dependent) => dependent.what))];
  const listed = `${names.slice(0, 4).join(', ')}${names.length > 4 ? `, and ${names.length - 4} more` : ''}`;
  return {
    message: message('{dependents} still {hang} on the {what} when it is dropped: PostgreSQL refuses (2BP01). Drop or change what hangs on it first.', { what, dependents: listed.charAt(0).toUpperCase() + listed.slice(1), hang: names.length === 1 ? 'hangs' : 'hang' }),
    at: at(step.operation, argument),
    fixes: fix(pass, direction, step, dependents),
    data: { dropped: what, direction },
  };
}

/** What hangs on it goes first, and comes back at the end of the downgrade as it was. */
function fix(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, dependents: readonly Dependent[]): readonly Fix[] {
  const drops = dependents.flatMap(({ drop }) => drop ?? []).filter((drop, index, all) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(drop)) === index);
  if (dependents.some(({ drop }) => drop === null) || drops.length === 0) return [];
  const later = direction === 'upgrade' && !pass.downgradeRaises ? drops.filter((drop) => !goesAnyhow(pass, step, drop)) : [];
  const again = [...later].reverse().flatMap((drop) => reverseOperation(drop, step.before));
  const parts = [pass.editing.insertBefore(step.operation, drops), ...(again.length === 0 ? [] : [pass.editing.append('downgrade', again)])];
  const edits = pass.editing.combine(parts);
  const title = drops.length === 1 ? `Drop the ${dependents[0]?.what ?? ''} first` : `Drop the ${drops.length} objects that hang on it first`;
  return edits === null ? [] : [{ title, edits, safety: 'review' }];
}

/** It is on a table that the draft drops later: what the downgrade makes of that table has it again. */
function goesAnyhow(pass: Pass, step: Step, drop: Operation): boolean {
  const later = pass.upgrade.slice(pass.upgrade.indexOf(step));
  return 'table' in drop && later.some(({ operation }) => operation.kind === 'drop_table' && operation.name === drop.table && 'schema' in drop && operation.schema === drop.schema);
}
