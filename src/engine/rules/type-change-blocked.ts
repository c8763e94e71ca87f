import { typeKey } from '../schema/types';
import { message } from '../text/problem';
import type { Finding, Pass, Rule } from './rule';
import { dependentList, dependentsOf, type Dependent } from './support/dependents';
import { placeOf } from './support/places';
import { folded, valuesOutside } from './support/rows-and-labels';
import { convert, isEnumMissing, isMendedFromUpgrade, typeChanges, type TypeChange } from './support/type-change';

/** PostgreSQL does not change a column's type under what was built on it. */
export const typeChangeBlocked: Rule = {
  meta: { title: 'A column changes its type while a view, policy, generated column, or partial index holds it.', severity: 'error', sqlstates: ['0A000', '42883', '42P17'], yieldsTo: ['type-change-needs-using', 'type-change-breaks-default', 'enum-not-created'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const change of typeChanges(pass, direction)) {
        const dependents = dependentsOf(change);
        // The upgrade's fix writes the way back, too.
        if (dependents.length > 0 && !isEnumMissing(change) && !isMendedFromUpgrade(pass, change, (up) => dependentsOf(up).length > 0)) yield finding(pass, change, dependents);
      }
    }
  },
};

function finding(pass: Pass, change: TypeChange, dependents: readonly Dependent[]): Finding {
  const { operation, column, to } = change;
  const outside = valuesOutside(pass, change);
  const edits = convert(pass, change, (operation.using === undefined && outside !== null && folded(change, outside)) || {});
  const args = { column: operation.column, table: operation.table, from: typeKey(column.type), to: typeKey(to), dependents: dependentList(dependents) };
  const always = dependents.some(({ kind }) => kind !== 'index' && kind !== 'check');
  return {
    message: always
      ? message('{table}.{column} is held by {dependents}: PostgreSQL does not change its type under that (0A000). Drop what holds it before, make it again behind.', args)
      : message('{dependents} compares {table}.{column} with {from}: it cannot be built anew over {to}, and the change fails. Drop it before, make it again behind.', args),
    at: placeOf(operation, 'type_') ?? { path: '', range: { start: 0, end: 0 } },
    fixes: edits === null ? [] : [{ title: `Drop ${dependents.length === 1 ? dependentList(dependents) : 'what holds the column'} before, make ${dependents.length === 1 ? 'it' : 'them'} again behind`, edits, safety: 'review' }],
    data: { table: operation.table, column: operation.column },
  };
}
