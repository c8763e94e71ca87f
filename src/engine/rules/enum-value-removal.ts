import { displayName, findEnum, sameName } from '../schema/schema';
import { quoteLiteral } from '../sql/identifiers';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule } from './rule';
import { labelList } from './support/enum-types';
import { originalColumn } from './support/origin';
import { placeOf } from './support/places';
import { defaultBefore, mapped, rowsHold, valueList, type Outside } from './support/rows-and-labels';
import { convert, typeChanges, type TypeChange } from './support/type-change';

/** A column moves to an enum type that lacks labels of the old one: rows that hold them do not fit. */
export const enumValueRemoval: Rule = {
  meta: { title: 'An enum type loses a label that rows may hold.', severity: 'error', sqlstates: ['22P02'] },
  *check(pass) {
    for (const change of typeChanges(pass, 'upgrade')) {
      const removed = removedLabels(change);
      if (removed === null || removed.length === 0 || isMapped(pass, change, removed)) continue;
      const found = finding(pass, change, removed);
      if (found !== null) yield found;
    }
  },
};

/** Labels that the old type has and the new one has not. Null: one is not known. */
function removedLabels({ step, column, to }: TypeChange): readonly string[] | null {
  if (column.type.kind !== 'enum' || to.kind !== 'enum' || column.type.dimensions > 0) return null;
  const [old, now] = [findEnum(step.before, column.type)?.labels, findEnum(step.before, to)?.labels];
  return old === undefined || now === undefined ? null : old.filter((label) => !now.includes(label));
}

/** USING names the labels, or a statement before writes the column. */
function isMapped(pass: Pass, { step, operation }: TypeChange, removed: readonly string[]): boolean {
  if (operation.using !== undefined && (removed.some((label) => operation.using?.includes(quoteLiteral(label)) === true) || /\b(?:case|lower|upper|replace|translate)\b/i.test(operation.using))) return true;
  const table = { schema: operation.schema, name: operation.table };
  return pass.upgrade.slice(0, pass.upgrade.indexOf(step)).some(({ operation: other }) => other.kind === 'execute' && (other.writes?.some((write) => write.column === operation.column && sameName(write, table)) === true || other.empties?.some((name) => sameName(name, table)) === true));
}

function finding(pass: Pass, change: TypeChange, removed: readonly string[]): Finding | null {
  const { step, operation, column, to } = change;
  const labels = (to.kind === 'enum' ? findEnum(step.before, to)?.labels : undefined) ?? [];
  const origin = originalColumn(pass, step, { schema: operation.schema, name: operation.table }, operation.column);
  const answer = origin === null ? null : pass.ask({ kind: 'values-outside-labels', ...origin, labels });
  if (answer?.count === 0) return null;
  const outside: Outside = answer === null ? { values: removed.map((value) => ({ value, count: 0 })), count: null, more: false, labels } : { ...answer, labels };
  const args = { table: operation.table, column: operation.column, type: to.kind === 'enum' ? displayName(to) : '', removed: labelList(removed), values: valueList(outside), rows: rowsHold(outside.count ?? 0), default: '' };
  // Rows that were made without a value hold the default.
  const text = defaultBefore(pass, origin, column);
  const isCertain = answer !== null || (text !== null && removed.includes(text));
  return {
    message:
      answer !== null
        ? message('{rows} in {table}.{column} labels that the new type does not have: {values}. PostgreSQL answers 22P02. Say in USING which labels they become.', args)
        : isCertain
          ? message('{table}.{column} loses the label {removed}, which is its default: rows that took it hold it, and the change fails (22P02). Say in USING which label they become.', args)
          : message('{table}.{column} loses the label {removed}: while a row holds it, the change fails (22P02). Say in USING which label such rows become, or update them before.', args),
    at: placeOf(operation, 'postgresql_using', 'type_') ?? { path: '', range: { start: 0, end: 0 } },
    severity: isCertain ? 'error' : 'warning',
    fixes: fixes(pass, change, outside),
    data: { table: operation.table, column: operation.column },
  };
}

function fixes(pass: Pass, change: TypeChange, outside: Outside): readonly Fix[] {
  const fix = (title: string, label: string | null): readonly Fix[] => {
    const conversion = mapped(change, outside, label);
    const edits = conversion === null ? null : convert(pass, change, conversion);
    return edits === null ? [] : [{ title, edits, safety: 'review' }];
  };
  const lost = outside.values.length === 1 ? quoteLiteral(outside.values[0]?.value ?? '') : 'lost labels';
  return [
    ...outside.labels.slice(0, 8).flatMap((label) => fix(`Turn ${lost} into ${quoteLiteral(label)}`, label)),
    ...((change.operation.nullable ?? change.column.nullable) ? fix(`Turn ${lost} into NULL`, null) : []),
  ];
}
