import type { Operation, OperationOf } from '../operations/operation';
import { displayName, type QualifiedName, type Schema } from '../schema/schema';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule } from './rule';
import { fixOf, moveOut } from './support/move-out';
import { at } from './support/places';
import { apartWords, lockText, tableInUse, withSize, type TableInUse } from './support/table-in-use';

/** An index of a table in use is built, or dropped, while others wait. */
export const indexNotConcurrent: Rule = {
  meta: { title: 'An index of a table in use is built or dropped while its writers wait.', severity: 'warning', yieldsTo: ['unknown-object', 'duplicate-object', 'duplicate-rows', 'drop-blocked', 'managed-schema'] },
  *check(pass) {
    for (const step of pass.upgrade) {
      const { operation } = step;
      if ((operation.kind !== 'create_index' && operation.kind !== 'drop_index') || operation.concurrently === true || operation.perhapsConcurrently === true || operation.online === true) continue;
      const name = tableOf(step.before, operation);
      const use = name === null ? null : tableInUse(pass, step, name);
      const lock = name === null ? null : lockText(step, name);
      if (use !== null && lock !== null) yield finding(pass, operation, use, lock);
    }
  },
};

type IndexOperation = OperationOf<'create_index' | 'drop_index'> & Operation;

function tableOf(schema: Schema, operation: IndexOperation): QualifiedName | null {
  if (operation.table !== null) return { schema: operation.schema, name: operation.table };
  const index = nameOf(operation);
  return schema.tables.find((table) => table.schema === operation.schema && table.indexes.some(({ name }) => name === index)) ?? null;
}

function nameOf(operation: Operation): string | null {
  return operation.kind === 'create_index' ? operation.index.name : operation.kind === 'drop_index' ? operation.name : null;
}

function finding(pass: Pass, operation: IndexOperation, use: TableInUse, lock: string): Finding {
  const index = nameOf(operation) ?? 'The index';
  const args = { table: displayName(use.table), index, lock, where: apartWords(pass, 'outside of the transaction', 'as the first statement of a file of its own') };
  return {
    message: withSize(
      operation.kind === 'create_index'
        ? message('While {index} is built, and until the transaction ends, {table} is under {lock}. On a table in use, build it CONCURRENTLY, {where}.', args)
        : message('To drop {index}, {table} is put under {lock}, until the transaction ends; while that waits for a long query, all others wait behind it. On a table in use, drop it CONCURRENTLY, {where}.', args),
      use,
    ),
    at: at(operation, 'index_name'),
    severity: use.severity,
    fixes: use.isPlain ? () => fixes(pass, operation) : [],
    data: { table: args.table, index },
  };
}

/** The way back is as careful; what the other direction does with the index goes along. */
function fixes(pass: Pass, operation: IndexOperation): readonly Fix[] {
  const name = nameOf(operation);
  if (name === null) return [];
  const back = pass.downgrade.flatMap(({ operation: other }): readonly IndexOperation[] => {
    if ((other.kind !== 'create_index' && other.kind !== 'drop_index') || other.kind === operation.kind || other.concurrently === true || other.schema !== operation.schema) return [];
    return nameOf(other) === name ? [other] : [];
  });
  return fixOf(`${operation.kind === 'create_index' ? 'Build' : 'Drop'} "${name}" CONCURRENTLY`, moveOut(pass, [operation, ...back].map((one) => ({ operation: one, online: true }))));
}
