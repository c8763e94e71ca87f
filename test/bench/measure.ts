/** Paired timings of us and our peers. */
export interface Benchmark {
  readonly name: string;
  /** Times that each contestant runs. */
  readonly rounds: number;
  /** Prepares everything that is not to be measured. */
  readonly prepare: () => Promise<Contest>;
}

export interface Contest {
  /** The first one is us. Each runs its task once and gives the milliseconds of what counts. */
  readonly contestants: readonly Contestant[];
  readonly close: () => Promise<void>;
}

export interface Contestant {
  readonly name: string;
  /** What has to happen before its turn and is not its work. */
  readonly prepare?: () => Promise<void>;
  readonly run: () => Promise<number>;
}

export interface Measured {
  readonly name: string;
  readonly results: readonly { readonly name: string; readonly median: number; readonly fastest: number; readonly slowest: number }[];
}

/** All take turns, after one round that does not count: first runs fill caches. */
export async function measure({ name, rounds, prepare }: Benchmark): Promise<Measured> {
  const { contestants, close } = await prepare();
  const times = contestants.map((): number[] => []);
  try {
    for (let round = -1; round < rounds; round++) {
      for (const [index, contestant] of contestants.entries()) {
        await contestant.prepare?.();
        const time = await contestant.run();
        if (round >= 0) times[index]!.push(time);
      }
    }
  } finally {
    await close();
  }
  return {
    name,
    results: contestants.map((contestant, index) => {
      const sorted = times[index]!.toSorted((a, b) => a - b);
      return { name: contestant.name, median: median(sorted), fastest: sorted[0]!, slowest: sorted.at(-1)! };
    }),
  };
}

export function printTable(rows: readonly Measured[]): void {
  const lines = rows.flatMap(({ name, results }) => results.map((result, index) => [
    index === 0 ? name : '', result.name, milliseconds(result.median), `${milliseconds(result.fastest)} – ${milliseconds(result.slowest)}`,
    index === 0 ? '' : `${(result.median / results[0]!.median).toFixed(1)} ×`,
  ]));
  const table = [['', 'who', 'median', 'fastest – slowest', 'of ours'], ...lines];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  for (const line of table) console.log(line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '));
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function milliseconds(time: number): string {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}
