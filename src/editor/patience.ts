/** How long a database that could not be reached is left alone. Pure: no `vscode` here. */
export interface Patience {
  readonly failures: number;
  /** When it is tried again by itself, in milliseconds; null: only on demand. */
  readonly retryAt: number | null;
}

/** The longest pause: what comes back is seen without anybody asking, and what does not costs nothing. */
const longest = 300_000;

/** The next pause is twice the last, from the usual interval on; an interval of 0 asks for nothing by itself. */
export function afterFailure(before: Patience | null, now: number, interval: number): Patience {
  const failures = (before?.failures ?? 0) + 1;
  return { failures, retryAt: interval === 0 ? null : now + Math.max(interval, Math.min(interval * 2 ** Math.min(failures - 1, 20), longest)) };
}

export function isDue(patience: Patience | null, now: number): boolean {
  return patience === null || (patience.retryAt !== null && patience.retryAt <= now);
}

/** A timer that is this much late has slept with the machine: nobody was busy for so long. */
const asleep = 15_000;

/** The machine was asleep when a timer should have run: what was found before says nothing any more, and no pause was meant to last through it. */
export function hasSlept(planned: number, now: number): boolean {
  return now - planned > asleep;
}

/** `10 s`, `5 min`: a pause as it is said, never too short. */
export function pauseWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 10) return `${seconds} s`;
  return seconds <= 60 ? `${Math.ceil(seconds / 10) * 10} s` : `${Math.ceil(seconds / 60)} min`;
}
