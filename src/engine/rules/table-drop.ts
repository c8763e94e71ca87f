import type { Operation, OperationOf } from '../operations/operation';
import { findTable } from '../schema/lookup';
import { displayName, sameName } from '../schema/schema';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { asideName, isCopiedAway, isEmptiedBefore, isPerhapsKept, lostWords } from './support/losses';
import { originalTable } from './support/origin';
import { placeOf } from './support/places';
import { createdBy, objectsOf } from './support/table-objects';

/** A table that is dropped takes its rows along. */
export const tableDrop: Rule = {
  meta: { title: 'A table is dropped, with its rows.', severity: 'warning', yieldsTo: ['destructive-table-rename', 'managed-schema', 'partition-drop', 'drop-blocked'] },
  *check(pass) {
    for (const step of pass.upgrade) {
      if (step.operation.kind !== 'drop_table') continue;
      const found = finding(pass, step, step.operation);
      if (found !== null) yield found;
    }
  },
};

function finding(pass: Pass, step: Step, operation: OperationOf<'drop_table'> & Operation): Finding | null {
  // What the draft makes itself, also after DROP TABLE IF EXISTS has cleared the way.
  const made = operation.ifExists === true ? pass.upgrade : pass.upgrade.slice(0, pass.upgrade.indexOf(step));
  const isNew = made.some(({ operation: other }) => other.kind === 'create_table' && sameName(other.table, operation));
  const isGone = findTable(step.before, operation) === undefined && operation.ifExists === true && step.before.unknown.length === 0;
  if (isNew || isGone || isCopiedAway(pass, step, operation, null) || isEmptiedBefore(pass, step, operation)) return null;
  const origin = originalTable(pass, step, operation);
  const answer = origin === null ? null : pass.ask({ kind: 'row-count', table: origin });
  if (answer?.exact === true && answer.rows === 0) return null;
  const args = { table: displayName(operation), rows: answer?.rows ?? 0, unit: answer?.rows === 1 ? 'row' : 'rows', lost: lostWords(pass) };
  const isPerhaps = isPerhapsKept(pass, step, operation, null);
  return {
    ...(isPerhaps ? { severity: 'info' as const } : {}),
    message: isPerhaps
      ? message('{table} is dropped. Whether what runs before keeps its rows elsewhere is not known; {lost}. Make sure that it does, or rename the table aside.', args)
      : answer === null
        ? message('{table} is dropped, with every row in it; {lost}. Rename it aside, and drop it when nobody has missed it.', args)
        : answer.exact
          ? message('{table} is dropped, with its {rows} {unit}; {lost}. Rename it aside, and drop it when nobody has missed it.', args)
          : message('{table} is dropped, with about {rows} {unit}; {lost}. Rename it aside, and drop it when nobody has missed it.', args),
    at: placeOf(operation, 'table_name') ?? { path: '', range: { start: 0, end: 0 } },
    fixes: () => aside(pass, step, operation),
    data: { table: args.table },
  };
}

function aside(pass: Pass, step: Step, operation: OperationOf<'drop_table'> & Operation): readonly Fix[] {
  const newName = asideName(operation.name);
  // Elsewhere its keys, indexes and foreign keys still count; a table that hangs on others cannot just be kept.
  if (findTable(step.before, { schema: operation.schema, name: newName }) !== undefined) return [];
  const back = pass.downgrade.map((other) => other.operation).find((other) => other.kind === 'create_table' && sameName(other.table, operation));
  const renameBack: Operation = { kind: 'rename_table', schema: operation.schema, name: newName, newName: operation.name };
  // What hangs on the table stays with it, and need not be made again.
  const table = findTable(step.before, operation);
  const kept = pass.downgrade.flatMap(({ operation: other }) => {
    const made = createdBy(other);
    const isHere = made !== null && table !== undefined && made.operation.table === operation.name && made.operation.schema === operation.schema && objectsOf(table).some((object) => object.kind === made.object.kind && object.object.name === made.object.object.name && object.object.name !== null);
    return isHere && made.operation.source !== back?.source ? [pass.editing.replace(other, [])] : [];
  });
  const edits = pass.editing.combine([
    ...kept,
    pass.editing.replace(operation, [{ kind: 'rename_table', schema: operation.schema, name: operation.name, newName }]),
    back !== undefined ? pass.editing.replace(back, [renameBack]) : pass.downgradeRaises ? [] : pass.editing.append('downgrade', [renameBack]),
  ]);
  return edits === null ? [] : [{ title: `Rename it to "${newName}" instead`, edits, safety: 'review' }];
}
