import type { Comparison } from '../schema/schema';
import type { Message } from '../text/problem';

/** Two lists of like objects laid side by side. */
export interface Matching<T> {
  /** The same thing on both sides; `renamed` when only its name differs. */
  readonly same: readonly { readonly current: T; readonly desired: T; readonly renamed: boolean }[];
  /** One name, two contents. */
  readonly changed: readonly { readonly current: T; readonly desired: T }[];
  readonly gone: readonly T[];
  readonly come: readonly T[];
  /** Pairs that could not be told apart, and why; they stand under `same`. */
  readonly unknown: readonly { readonly current: T; readonly reason: Message }[];
}

/**
 * Pairs by name first, then what is left by structure, so that an object with a new name is a rename and nothing is
 * made twice. An object without a name in the models takes the name that the database has.
 */
export function matchObjects<T extends { readonly name: string | null }>(current: readonly T[], desired: readonly T[], compare: (a: T, b: T) => Comparison): Matching<T> {
  if (current.length === 0 || desired.length === 0) return { same: [], changed: [], gone: current, come: desired, unknown: [] };
  // Most often all that is new stands behind what is there.
  if (current.length <= desired.length && current.every((object, index) => object === desired[index])) {
    return { same: current.map((object) => ({ current: object, desired: object, renamed: false })), changed: [], gone: [], come: desired.slice(current.length), unknown: [] };
  }
  const same: { current: T; desired: T; renamed: boolean }[] = [];
  const changed: { current: T; desired: T }[] = [];
  const unknown: { current: T; reason: Message }[] = [];
  const openCurrent = new Set(current);
  const openDesired = new Set(desired);

  const settle = (a: T, b: T, byName: boolean): boolean => {
    // What a step left alone is the very same object.
    const comparison: Comparison = a === b ? { outcome: 'same' } : compare(a, b);
    if (comparison.outcome === 'different' && !byName) return false;
    if (comparison.outcome === 'unknown' && !byName) return false;
    openCurrent.delete(a);
    openDesired.delete(b);
    if (comparison.outcome === 'different') changed.push({ current: a, desired: b });
    else same.push({ current: a, desired: b, renamed: b.name !== null && a.name !== b.name });
    if (comparison.outcome === 'unknown') unknown.push({ current: a, reason: comparison.reason });
    return true;
  };
  for (const b of desired) {
    const a = b.name === null ? undefined : current.find((candidate) => candidate.name === b.name && openCurrent.has(candidate));
    if (a !== undefined) settle(a, b, true);
  }
  for (const b of desired) {
    if (!openDesired.has(b)) continue;
    for (const a of current) if (openCurrent.has(a) && settle(a, b, false)) break;
  }
  return { same, changed, gone: current.filter((object) => openCurrent.has(object)), come: desired.filter((object) => openDesired.has(object)), unknown };
}
