import type { Operation, OperationOf } from '../operations/operation';
import { reverseOperation } from '../operations/reverse';
import { findTable } from '../schema/lookup';
import { displayName, sameName, type PrimaryKey, type Table } from '../schema/schema';
import { message } from '../text/problem';
import type { Fix, Pass, Rule, Step } from './rule';
import { isMaybe, mayNotRun } from './support/known';
import { at } from './support/places';

/** A primary key is made on a table that has one: PostgreSQL allows one. */
export const secondPrimaryKey: Rule = {
  meta: { title: 'A table gets a primary key while it still has another one.', severity: 'error', sqlstates: ['42P16'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const step of pass[direction]) {
        const { operation, before } = step;
        if (operation.kind !== 'create_primary_key' || mayNotRun(operation)) continue;
        const name = { schema: operation.schema, name: operation.table };
        const table = findTable(before, name);
        const old = table?.primaryKey ?? null;
        if (table === undefined || old === null || isMaybe(before, name)) continue;
        const args = { table: displayName(name), old: old.name ?? '', columns: old.columns.join(', ') };
        yield {
          message: message('{table} has a primary key already, {old} over {columns}, and can only have one: this fails (42P16). Drop the old one first.', args),
          at: at(operation, 'constraint_name'),
          fixes: fix(pass, direction, step, operation, table, old),
          data: { table: args.table, old: args.old, direction },
        };
      }
    }
  },
};

/** Not where foreign keys stand on the old one: those would have to go first, and where they should point then nobody knows. */
function fix(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, operation: OperationOf<'create_primary_key'>, table: Table, old: PrimaryKey): readonly Fix[] {
  const isHeld = step.before.tables.some((other) => other.foreignKeys.some((key) => sameName(key.references, table) && key.references.columns.every((column) => old.columns.includes(column))));
  if (isHeld || old.name === null) return [];
  const drop: Operation = { kind: 'drop_constraint', schema: operation.schema, table: operation.table, name: old.name, type: 'primary' };
  const restored = direction === 'upgrade' ? restore(pass, operation, reverseOperation(drop, step.before)) : [];
  const edits = pass.editing.combine([pass.editing.insertBefore(operation, [drop]), restored]);
  return edits === null ? [] : [{ title: `Drop "${old.name}" first`, edits, safety: 'review' }];
}

/** The old key comes back behind the step that drops the new one, unless the downgrade makes one by itself. */
function restore(pass: Pass, operation: OperationOf<'create_primary_key'>, again: readonly Operation[]): ReturnType<typeof pass.editing.append> {
  const onTable = (other: Operation): boolean => 'table' in other && other.table === operation.table && 'schema' in other && other.schema === operation.schema;
  if (pass.downgradeRaises || pass.downgrade.some(({ operation: other }) => other.kind === 'create_primary_key' && onTable(other))) return [];
  const gone = pass.downgrade.find(({ operation: other }) => other.kind === 'drop_constraint' && onTable(other) && other.type === 'primary');
  return gone === undefined ? [] : pass.editing.insertAfter(gone.operation, again);
}
