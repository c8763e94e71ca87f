import { message, type Message } from '../engine/text/problem';

/** How long a run waits, in milliseconds. Null: as the server, the role or env.py has it; 0: without end. */
export interface Timeouts {
  /** For a lock: a statement fails with 55P03 then. */
  readonly lock: number | null;
  /** For a statement to end: it fails with 57014 then. */
  readonly statement: number | null;
}

export const noTimeouts: Timeouts = { lock: null, statement: null };

/**
 * A time as PostgreSQL's own settings take it: a number with a unit (`us`, `ms`, `s`, `min`, `h`, `d`), without one milliseconds. Gives
 * milliseconds. What PostgreSQL would round down to 0, which means "without end", is refused, and so is an octal or hexadecimal number.
 * Source: PostgreSQL documentation, "Parameter Names and Values"; `convert_to_base_unit` in guc.c, whose rounding it follows.
 */
export function readTimeout(written: string): { readonly milliseconds: number } | { readonly reason: Message } {
  const [, digits = '', unit = 'ms'] = /^\s*(\d+\.?\d*|\.\d+)\s*(us|ms|s|min|h|d)?\s*$/.exec(written) ?? [];
  const index = units.findIndex(({ name }) => name === unit);
  const factor = units[index]?.milliseconds ?? 1;
  const smaller = units[index + 1]?.milliseconds;
  if (digits === '' || /^0\d/.test(digits)) return { reason: message('“{written}” is no time. Write it as PostgreSQL does: 5s, 500ms, 1min; a number alone is milliseconds, 0 is no limit.', { written }) };
  const amount = Number(digits);
  const exact = amount * factor;
  // A fraction is rounded to the next smaller unit first: 1.3d is 31h.
  const milliseconds = toEven(digits.includes('.') && smaller !== undefined ? toEven(exact / smaller) * smaller : exact);
  if (amount > 0 && milliseconds === 0) return { reason: message('“{written}” is less than a millisecond, which PostgreSQL takes for no limit.', { written }) };
  if (milliseconds > 2_147_483_647) return { reason: message('“{written}” is longer than PostgreSQL can wait, which is 24 days.', { written }) };
  return { milliseconds };
}

const units = [
  { name: 'd', milliseconds: 86_400_000 },
  { name: 'h', milliseconds: 3_600_000 },
  { name: 'min', milliseconds: 60_000 },
  { name: 's', milliseconds: 1_000 },
  { name: 'ms', milliseconds: 1 },
  { name: 'us', milliseconds: 0.001 },
] as const;

/** As C's rint() does it. */
function toEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** The statements that make them a session's own, or, with `local`, a transaction's. */
export function timeoutStatements({ lock, statement }: Timeouts, local = false): readonly string[] {
  const set = local ? 'SET LOCAL' : 'SET';
  return [...(lock === null ? [] : [`${set} lock_timeout = ${Math.round(lock)}`]), ...(statement === null ? [] : [`${set} statement_timeout = ${Math.round(statement)}`])];
}

/** `2 s`, `1.5 s`, `3 min`, `700 ms`: for a person. */
export function durationWords(milliseconds: number): string {
  if (milliseconds >= 60_000 && milliseconds % 60_000 === 0) return `${milliseconds / 60_000} min`;
  return milliseconds >= 1_000 ? `${Math.round(milliseconds / 100) / 10} s` : `${milliseconds} ms`;
}
