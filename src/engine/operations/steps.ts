import { rebuildEnum, usersOf } from '../operations/rebuild-enum';
import { findTable } from '../schema/lookup';
import { findColumn, findEnum, type EnumType, type Schema } from '../schema/schema';
import { bareConstant } from '../sql/types';
import { applyOperation } from './apply';
import type { Operation, OperationOf } from './operation';
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
export function reverseSteps(steps: readonly SchemaStep[], takeLabelsBack: TakeLabelsBack = rebuildEnum): readonly Operation[] {
  const reversed: Operation[] = [];
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    if (step === undefined) continue;
    const rebuilt = rebuiltBack(steps, index);
    if (rebuilt !== null) {
      reversed.push(...rebuilt.operations);
      index = rebuilt.first;
      continue;
    }
    if (step.operation.kind !== 'add_enum_value') {
      // What kept a large table in use on the way up does so on the way back.
      const back = reverseOperation(withoutNote(step.operation), step.before);
      reversed.push(...(step.operation.online === true ? back.map((operation): Operation => ({ ...operation, online: true })) : back));
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
    if (old !== undefined && grown !== undefined) reversed.push(...takeLabelsBack(step.after, grown, old.labels));
  }
  return withoutIdle(reversed);
}

/** What is said of a step is not said of its way back. */
function withoutNote({ note: _note, ...operation }: Operation): Operation {
  return operation;
}

/** What leads from `schema` to the same one whose type has these labels alone, with what hangs on its columns. */
export type TakeLabelsBack = (schema: Schema, type: EnumType, labels: readonly string[]) => readonly Operation[];

/**
 * Nobody needs a column changed that is dropped a moment later, nor a default that the next change of the column replaces.
 * A column that changes its type before it goes keeps all of it: another type may wait to be rid of the column, and the
 * way back needs its default.
 */
export function withoutIdle(operations: readonly Operation[]): readonly Operation[] {
  return operations.filter((operation, index) => {
    if (operation.kind !== 'alter_column' || operation.newName !== undefined) return true;
    const later = operations.slice(index + 1).filter((other) => (other.kind === 'alter_column' || other.kind === 'drop_column') && isOn(operation, other));
    if (later.at(-1)?.kind === 'drop_column') return operations.some((other) => other.kind === 'alter_column' && other.type !== undefined && isOn(operation, other));
    const [next] = later;
    return !(isDefaultAlone(operation) && operation.note === undefined && next?.kind === 'alter_column' && isDefaultAlone(next));
  });
}

function isOn(a: OperationOf<'alter_column'>, b: OperationOf<'alter_column' | 'drop_column'>): boolean {
  return a.schema === b.schema && a.table === b.table && a.column === b.column;
}

function isDefaultAlone({ kind: _kind, schema: _schema, table: _table, column: _column, existing: _existing, note: _note, downgradeNote: _downgradeNote, suggestion: _suggestion, ...change }: OperationOf<'alter_column'>): boolean {
  return Object.keys(change).join() === 'default';
}

/**
 * A type built anew (`rebuildEnum`) goes back the same way that it came: aside, made with the old labels, columns over.
 * Answers with that and the index of its first step; null where `last` does not end a rebuilding.
 */
function rebuiltBack(steps: readonly SchemaStep[], last: number): { readonly operations: readonly Operation[]; readonly first: number } | null {
  const end = steps[last];
  if (end?.operation.kind !== 'drop_enum') return null;
  const aside = end.operation;
  const first = steps.findLastIndex(({ operation }, index) => index < last && operation.kind === 'rename_enum' && operation.schema === aside.schema && operation.newName === aside.name);
  const start = steps[first];
  if (start?.operation.kind !== 'rename_enum') return null;
  const [old, grown] = [findEnum(start.before, start.operation), findEnum(end.after, start.operation)];
  if (old === undefined || grown === undefined) return null;
  // A default that a later step replaces was only taken away here.
  const defaults = usersOf(start.before, old).flatMap(({ table, column }): readonly Operation[] => {
    if (table.partitionOf !== null) return [];
    const there = findTable(end.after, table)?.columns.find((candidate) => candidate.name === column.name);
    return column.default === null || there?.default !== null ? [] : [{ kind: 'alter_column', schema: table.schema, table: table.name, column: column.name, default: column.default }];
  });
  return { operations: [...rebuildEnum(end.after, grown, old.labels), ...defaults], first };
}

/** A change of type says what it changes from, as Alembic's `existing_type=`; the rest PostgreSQL need not be told. */
export function withExisting(start: Schema, operations: readonly Operation[]): readonly Operation[] {
  return stepsOf(start, operations).map(({ operation, before }) => {
    if (operation.kind !== 'alter_column') return operation;
    const { existing: _existing, ...bare } = operation;
    const table = findTable(before, { schema: operation.schema, name: operation.table });
    const column = table === undefined ? undefined : findColumn(table, operation.column);
    if (column === undefined) return bare;
    const plainly = operation.default === undefined || operation.default === null ? {} : { default: { sql: bareConstant(operation.default.sql, operation.type ?? column.type) } };
    return operation.type === undefined ? { ...bare, ...plainly } : { ...operation, ...plainly, existing: { type: column.type } };
  });
}
