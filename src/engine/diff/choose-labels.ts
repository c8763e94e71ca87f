import type { Operation } from '../operations/operation';
import { usersOf } from '../operations/rebuild-enum';
import type { Answers } from '../questions';
import { findEnum, sameName, type Schema } from '../schema/schema';

/**
 * Labels of enum types with a new name: an answer maps a label that goes to one that comes, the only one to it, and no
 * column of the type has another answer. PostgreSQL then keeps rows, defaults and conditions as they are (RENAME VALUE), and the
 * way back is as short. Every other mapping is a matter of the rows.
 */
export function chooseLabelRenames(current: Schema, desired: Schema, answers: Answers): readonly Operation[] {
  return current.enums.flatMap((type): readonly Operation[] => {
    const wanted = findEnum(desired, type);
    if (wanted === undefined) return [];
    const users = usersOf(current, type);
    const pairs = answers.valueMappings
      .filter((answer) => users.some(({ table, column }) => sameName(table, answer.table) && column.name === answer.column))
      .flatMap(({ mapping }) => Object.entries(mapping))
      .filter(([from]) => type.labels.includes(from) && !wanted.labels.includes(from));
    const clash = (from: string, to: string | null): boolean => pairs.some((other) => (other[0] === from) !== (other[1] === to));
    const renames = new Map(pairs.flatMap(([from, to]) => (to === null || type.labels.includes(to) || !wanted.labels.includes(to) || clash(from, to) ? [] : [[from, to] as const])));
    return [...renames].map(([label, newLabel]) => ({ kind: 'rename_enum_value', schema: type.schema, name: type.name, label, newLabel }));
  });
}
