import type { Sequence } from './schema';

/** Options that the model leaves open are the database's to keep; those that it writes may be what PostgreSQL takes by itself. */
export function sameSequenceOptions(old: Sequence['options'], wanted: Sequence['options'], type: string): boolean {
  const usual = usualOptions({ ...old, ...wanted }, type);
  return Object.entries(wanted).every(([key, value]) => (old[key] ?? usual[key]) === value);
}

/** What PostgreSQL takes where nothing is said. Source: PostgreSQL documentation, CREATE SEQUENCE (MINVALUE, MAXVALUE, START). */
export function usualOptions(given: Sequence['options'], type: string): Sequence['options'] {
  const largest = { smallint: 32767n, integer: 2147483647n }[type] ?? 9223372036854775807n;
  const descending = given['increment']?.startsWith('-') === true;
  const minvalue = String(descending ? -largest - 1n : 1n);
  const maxvalue = String(descending ? -1n : largest);
  return { start: (descending ? given['maxvalue'] : given['minvalue']) ?? (descending ? maxvalue : minvalue), increment: '1', minvalue, maxvalue, cache: '1', cycle: 'false' };
}
