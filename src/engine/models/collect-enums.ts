import { displayName, type EnumType } from '../schema/schema';
import { problem } from '../sqlalchemy/context';
import type { Problem } from '../text/problem';

/** Each enum type once, however many columns share it. Different labels under one name are reported; the first ones stay. */
export function collectEnums(enums: readonly EnumType[], report: (problem: Problem) => void): readonly EnumType[] {
  const found = new Map<string, EnumType>();
  for (const type of enums) {
    const name = displayName(type);
    const first = found.get(name);
    if (first === undefined) found.set(name, type);
    else if (type.at !== undefined && (first.labels.length !== type.labels.length || first.labels.some((label, index) => label !== type.labels[index]))) {
      const sentence = 'The enum type {name} has the labels {labels} here and {others} elsewhere. Give one of them another name.';
      report(problem('conflicting-enum', 'error', sentence, { name, labels: type.labels.join(', '), others: first.labels.join(', ') }, type.at));
    }
  }
  return [...found.values()];
}
