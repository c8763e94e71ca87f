import { quoteLiteral } from '../sql/identifiers';
import { message } from '../text/problem';
import { typeKey } from '../schema/types';
import type { Finding, Fix, Pass, Rule } from './rule';
import { placeOf } from './support/places';
import { folded, hasStrangers, mapped, rowsHold, valueList, valuesOutside, type Outside } from './support/rows-and-labels';
import { convert, isEnumMissing, needsUsing, typeChanges, type Conversion, type TypeChange } from './support/type-change';

/** A text column becomes an enum, and rows hold what is no label. */
export const rowsOutsideEnum: Rule = {
  meta: { title: 'A column becomes an enum while rows hold values that are none of its labels.', severity: 'error', sqlstates: ['22P02'] },
  *check(pass) {
    for (const change of typeChanges(pass, 'upgrade')) {
      if (change.column.type.kind === 'enum') continue;
      const outside = valuesOutside(pass, change);
      if (outside === null || !isPlain(change, outside)) continue;
      // What the missing USING, or the missing type, is mended with does it along.
      if (folded(change, outside) !== null && (needsUsing(change) || isEnumMissing(change))) continue;
      yield finding(pass, change, outside);
    }
  },
};

/** A USING that names the values makes something of them. */
function isPlain({ operation }: TypeChange, outside: Outside): boolean {
  const { using } = operation;
  return using === undefined || (!/\b(?:case|lower|upper|initcap|replace|translate|regexp_replace|coalesce|nullif|\w+_\w+)\s*\(|\bcase\b/i.test(using) && !outside.values.some(({ value }) => using.includes(quoteLiteral(value))));
}

function finding(pass: Pass, change: TypeChange, outside: Outside): Finding {
  const { operation, to } = change;
  const args = { column: operation.column, table: operation.table, type: typeKey(to), values: valueList(outside), rows: rowsHold(outside.count ?? 0), labels: outside.labels.map(quoteLiteral).join(', ') };
  return {
    message:
      outside.count === null
        ? message('Rows that took the default of {table}.{column}, {values}, hold what is no label of {type} ({labels}): PostgreSQL answers 22P02. Say in USING which label they become.', args)
        : message('{rows} in {table}.{column} what is no label of {type} ({labels}): {values}. PostgreSQL answers 22P02. Say in USING which labels they become.', args),
    at: placeOf(operation, 'postgresql_using', 'type_') ?? { path: '', range: { start: 0, end: 0 } },
    fixes: isEnumMissing(change) ? [] : fixes(pass, change, outside),
    data: { table: operation.table, column: operation.column, values: outside.values.map(({ value }) => value).join('\n') },
  };
}

function fixes(pass: Pass, change: TypeChange, outside: Outside): readonly Fix[] {
  const fix = (title: string, conversion: Conversion | null): readonly Fix[] => {
    const edits = conversion === null ? null : convert(pass, change, conversion);
    return edits === null ? [] : [{ title, edits, safety: 'review' }];
  };
  const fold = folded(change, outside);
  if (fold !== null) return fix(`Write every value in ${fold.using?.startsWith('upper') === true ? 'upper' : 'lower'} case`, fold);
  if (!hasStrangers(outside)) return fix('Turn each value into the label that is spelt like it', mapped(change, outside, null));
  const isNullable = change.operation.nullable ?? change.column.nullable;
  return [
    ...outside.labels.slice(0, 8).flatMap((label) => fix(`Turn values that are no label into ${quoteLiteral(label)}`, mapped(change, outside, label))),
    ...(isNullable ? fix('Turn values that are no label into NULL', mapped(change, outside, null)) : []),
  ];
}
