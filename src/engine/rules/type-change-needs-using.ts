import { typeKey } from '../schema/types';
import { message } from '../text/problem';
import type { Finding, Pass, Rule } from './rule';
import { placeOf } from './support/places';
import { folded, hasStrangers, valueList, valuesOutside } from './support/rows-and-labels';
import { convert, isEnumMissing, needsUsing, typeChanges, type TypeChange } from './support/type-change';

/** PostgreSQL converts a column by itself only where it has a cast for assignment. */
export const typeChangeNeedsUsing: Rule = {
  meta: { title: 'A column changes its type without USING, and PostgreSQL has no automatic cast between the two.', severity: 'error', sqlstates: ['42804', '42846'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const change of typeChanges(pass, direction)) if (needsUsing(change) && !isEnumMissing(change)) yield finding(pass, change);
    }
  },
};

function finding(pass: Pass, change: TypeChange): Finding {
  const { operation, column, to } = change;
  const outside = valuesOutside(pass, change);
  const fold = outside === null ? null : folded(change, outside);
  const args = { column: operation.column, table: operation.table, from: typeKey(column.type), to: typeKey(to), values: outside === null ? '' : valueList(outside) };
  const edits = convert(pass, change, fold ?? {});
  const title = column.default === null ? `Convert the values with USING` : `Convert the values with USING, and the default with them`;
  return {
    message:
      fold !== null
        ? message('{table}.{column} turns from {from} into {to}, for which PostgreSQL has no automatic cast (42804). Some values spell a label in another case: {values}. Say with USING how each value is converted.', args)
        : column.default === null
          ? message('{table}.{column} turns from {from} into {to}, for which PostgreSQL has no automatic cast (42804). Say with USING how each value is converted.', args)
          : message('{table}.{column} turns from {from} into {to}, for which PostgreSQL has no automatic cast (42804), neither for its values nor for its default. Drop the default, convert the values with USING, set the default again.', args),
    at: placeOf(operation, 'type_') ?? { path: '', range: { start: 0, end: 0 } },
    // Rows that a plain cast does not take are spoken of by rows-outside-enum.
    fixes: edits === null ? [] : [{ title, edits, safety: outside !== null && (fold !== null || hasStrangers(outside)) ? 'review' : to.kind === 'enum' ? 'safe' : 'review' }],
    data: { table: operation.table, column: operation.column, from: args.from, to: args.to },
  };
}
