/**
 * npm run bench [-- part of a row's name]
 *
 * Prints a table: what we take beside what a peer takes for the same, measured in turns in one run, so that the ratio holds whatever else the
 * machine does. Medians; the spread says how much to believe them. A row is a file that exports a `Benchmark`, and is listed here; its goals stand
 * at the head of its file.
 */
import { commandLine } from './command-line';
import { commandToDraft } from './command-to-draft';
import { readingHistory } from './history';
import { keystroke } from './keystroke';
import { measure, printTable } from './measure';
import type { Benchmark, Measured } from './measure';
import { sqlFile } from './sql-file';

const benchmarks: readonly Benchmark[] = [...[7, 100, 500].map(commandToDraft), ...[7, 500].map(commandLine), readingHistory(1000), keystroke(1000, 1000), sqlFile(1000)];

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

async function main([pattern = '']: readonly string[]): Promise<void> {
  const rows: Measured[] = [];
  for (const benchmark of benchmarks.filter(({ name }) => name.includes(pattern))) {
    console.log(`${benchmark.name}…`);
    rows.push(await measure(benchmark));
  }
  printTable(rows);
}
