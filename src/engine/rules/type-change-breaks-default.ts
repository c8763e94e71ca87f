import { typeKey } from '../schema/types';
import { message } from '../text/problem';
import type { Finding, Pass, Rule } from './rule';
import { placeOf } from './support/places';
import { folded, valuesOutside } from './support/rows-and-labels';
import { breaksDefault, convert, defaultAfter, isEnumMissing, typeChanges, type TypeChange } from './support/type-change';

/** USING converts the values, not the default: that follows only where PostgreSQL has an automatic cast. */
export const typeChangeBreaksDefault: Rule = {
  meta: { title: 'A column changes its type with USING while its default is of the old type, which does not follow.', severity: 'error', sqlstates: ['42804'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const change of typeChanges(pass, direction)) if (breaksDefault(pass, change) && !isEnumMissing(change)) yield finding(pass, change);
    }
  },
};

function finding(pass: Pass, change: TypeChange): Finding {
  const { operation, column, to, step } = change;
  const args = { column: operation.column, table: operation.table, from: typeKey(column.type), to: typeKey(to), default: column.default?.sql ?? '' };
  const outside = valuesOutside(pass, change);
  const fold = outside === null || !isPlainCast(operation.using ?? '') ? null : folded(change, outside);
  const edits = convert(pass, change, fold ?? {});
  const isKept = operation.default !== undefined || defaultAfter(pass, change, step.before, {}) !== null;
  return {
    message: message('{table}.{column} turns from {from} into {to} with its default {default} still there: USING converts the values alone, and PostgreSQL refuses the default (42804). Drop the default before, set it again behind.', args),
    at: placeOf(operation, 'type_') ?? { path: '', range: { start: 0, end: 0 } },
    fixes: edits === null ? [] : [{ title: isKept ? 'Drop the default before, set it again behind' : 'Drop the default before', edits, safety: isKept && fold === null ? 'safe' : 'review' }],
    data: { table: operation.table, column: operation.column, from: args.from, to: args.to },
  };
}

/** `status::place_status`: only that is replaced where rows need more. */
function isPlainCast(using: string): boolean {
  return /^\(?"?\w+"?\)?(?:::[\w". ]+)+$/.test(using.trim());
}
