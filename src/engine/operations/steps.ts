import { rebuildEnum } from '../operations/rebuild-enum';
import { findColumn, findEnum, findTable, type Schema } from '../schema/schema';
import { applyOperation } from './apply';
import type { Operation } from './operation';
import { reverseOperation } from './reverse';

/** An operation with the schema before and after it. */
export interface SchemaStep {
  readonly operation: Operation;
  readonly before: Schema;
  readonly after: Schema;
}

/** Each operation with the state it meets and the state it leaves. */
export function stepsOf(start: Schema, operations: readonly Operation[]): readonly SchemaStep[] {
  let before = start;
  return operations.map((operation) => {
    const after = applyOperation(before, operation);
    const step = { operation, before, after };
    before = after;
    return step;
  });
}

/** The operations that undo `steps`: each reversed on the state before it, last first. */
export function reverseSteps(steps: readonly SchemaStep[]): readonly Operation[] {
  const reversed: Operation[] = [];
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    if (step === undefined) continue;
    if (step.operation.kind !== 'add_enum_value') {
      reversed.push(...reverseOperation(step.operation, step.before));
      continue;
    }
    // Labels added one after the other are taken back by building the type anew once.
    const type = step.operation;
    let first = step;
    for (let previous = steps[index - 1]; previous?.operation.kind === 'add_enum_value' && previous.operation.name === type.name && previous.operation.schema === type.schema; previous = steps[index - 1]) {
      first = previous;
      index--;
    }
    const old = findEnum(first.before, type);
    const grown = findEnum(step.after, type);
    if (old !== undefined && grown !== undefined) reversed.push(...rebuildEnum(step.after, grown, old.labels));
  }
  return withoutIdle(reversed);
}

/** Nobody needs a column's default changed that is dropped a moment later. */
function withoutIdle(operations: readonly Operation[]): readonly Operation[] {
  return operations.filter(
    (operation, index) =>
      operation.kind !== 'alter_column' ||
      operation.newName !== undefined ||
      !operations.slice(index + 1).some((later) => later.kind === 'drop_column' && later.schema === operation.schema && later.table === operation.table && later.column === operation.column),
  );
}

/** A change of type says what it changes from, as Alembic's `existing_type=`; the rest PostgreSQL need not be told. */
export function withExisting(start: Schema, operations: readonly Operation[]): readonly Operation[] {
  return stepsOf(start, operations).map(({ operation, before }) => {
    if (operation.kind !== 'alter_column') return operation;
    const { existing: _existing, ...bare } = operation;
    const table = findTable(before, { schema: operation.schema, name: operation.table });
    const column = table === undefined ? undefined : findColumn(table, operation.column);
    return operation.type === undefined || column === undefined ? bare : { ...operation, existing: { type: column.type } };
  });
}
