export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function total(all: readonly Counts[]): Counts {
  const sum = (pick: (counts: Counts) => number) => all.reduce((result, counts) => result + pick(counts), 0);
  return { passed: sum((c) => c.passed), failed: sum((c) => c.failed), skipped: sum((c) => c.skipped) };
}
