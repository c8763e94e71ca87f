import { numberOf, truth } from '../../python/known';
import type { Value } from '../../python/values';
import { text } from './call';

/** `postgresql_with={"fillfactor": 70}`: what is not known of it is left out. */
export function dictionary(value: Value | undefined): Readonly<Record<string, string>> {
  if (value?.kind !== 'dict') return {};
  const entries = value.entries.map(([key, item]) => [text(key), optionText(item)] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => typeof entry[0] === 'string' && entry[1] !== null));
}

/** A storage parameter or an option as text. */
function optionText(value: Value): string | null {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'bool') return String(truth(value));
  return numberOf(value) === null || value.kind !== 'number' ? null : value.text;
}
