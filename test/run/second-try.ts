/**
 * A click may be lost where a busy machine draws a window late. So a file of tests that failed is run once more when everything else has
 * ended, alone and in a process (and so in a VS Code) of its own. What passes then has passed, and is named: a name that stands there in
 * every run is a fault.
 */
import { runMocha } from './mocha';
import type { MochaResult, MochaRun } from './mocha';
import { total } from './counts';
import type { Counts } from './counts';

/** Runs a part's failed files again, each alone; gives what the part comes to. A process that died without telling the file stays a failure. */
export async function secondTry({ run, counts, failed }: MochaResult, say: (text: string) => void = console.log): Promise<Counts> {
  const passed: string[] = [];
  let sum = counts;
  for (const [file, first] of failed) {
    const alone: MochaRun = { ...run, name: `${run.name}-again`, files: [file], jobs: 1 };
    const { counts: second } = await runMocha(alone, say);
    if (second.failed > 0 || second.passed === 0) continue;
    passed.push(file);
    sum = total([sum, { passed: second.passed - first.passed, failed: -first.failed, skipped: second.skipped - first.skipped }]);
  }
  if (passed.length > 0) say(`passed only at the second try: ${passed.join(', ')}`);
  return sum;
}
