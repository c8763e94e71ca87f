/**
 * npm test [-- part… | path…] [-g pattern]
 *
 * Runs types, lint and the package's part, then the other parts in the order below (the editor's beside the others), and ends with one line, `N passed, N failed, N skipped`; exit code 1 if anything failed.
 * A part is named by its name (`npm test -- unit database`), a piece of it by a path (`npm test -- test/engine/python`), single tests by
 * a pattern (`npm test -- -g rename`). Test files are test/**\/*.test.ts.
 */
import { checkTypes, lint } from './checks';
import { bundleTests, findTestFiles, runMocha } from './mocha';
import type { MochaResult, MochaRun } from './mocha';
import { secondTry } from './second-try';
import { takeMissingTools } from '../harness/tools';
import { total } from './counts';
import type { Counts } from './counts';

interface Part {
  readonly name: string;
  /** Folders of test files, relative to test/. */
  readonly folders: readonly string[];
  /** Milliseconds a test may take. */
  readonly timeout: number;
  /** Test files run at the same time. */
  readonly jobs: number;
  /** Each test is named as it ends, since these take their time. */
  readonly verbose: boolean;
  /**
   * `early`: beside types and lint, before all others. `beside`: beside the others that come then, and tells when it has ended: the editor's tests wait
   * more than they compute.
   */
  readonly when?: 'early' | 'beside';
  /** These begin, since what takes longest must not come last. */
  readonly first?: readonly string[];
  /** Its files have a second try. */
  readonly again?: boolean;
}

const parts: readonly Part[] = [
  // It builds what is handed out, where the editor's tests would find it in place of what they built.
  { name: 'package', folders: ['package'], timeout: 300_000, jobs: 1, verbose: true, when: 'early' },
  { name: 'unit', folders: ['engine', 'rules', 'golden', 'meta', 'cli', 'workspace', 'runner'], timeout: 60_000, jobs: 2, verbose: false },
  { name: 'database', folders: ['database', 'shadow'], timeout: 120_000, jobs: 2, verbose: true, first: ['database/sql/replay-sql', 'database/hazards'] },
  {
    name: 'alembic', folders: ['alembic'], timeout: 300_000, jobs: 2, verbose: true,
    first: ['alembic/rule-cases', 'alembic/golden', 'alembic/supabase-form', 'alembic/public-projects', 'alembic/golden-oldest', 'alembic/round-trip'],
  },
  { name: 'editor', folders: ['editor'], timeout: 300_000, jobs: 1, verbose: true, when: 'beside', again: true },
];

interface Request {
  readonly names: ReadonlySet<string>;
  readonly paths: readonly string[];
  readonly pattern: string | undefined;
}

main(process.argv.slice(2)).then(
  (counts) => process.exit(counts.failed > 0 ? 1 : 0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

async function main(args: readonly string[]): Promise<Counts> {
  const request = readArguments(args);
  const results: Counts[] = [];
  const everything = request.names.size === 0 && request.paths.length === 0 && request.pattern === undefined;
  const checks = [...(everything || request.names.has('types') ? [checkTypes] : []), ...(everything || request.names.has('lint') ? [lint] : [])];
  results.push(...await runParts(partsOf(request), checks));
  const counts = total(results);
  for (const [tool, why] of takeMissingTools()) console.log(`skipped for want of ${tool}: ${why}`);
  if (results.length === 0) console.log('No test fits: the parts are types, lint, ' + parts.map(({ name }) => name).join(', ') + '.');
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return results.length === 0 ? { ...counts, failed: 1 } : counts;
}

interface PartRun extends MochaRun {
  readonly part: Part;
}

function partsOf({ names, paths, pattern }: Request): readonly PartRun[] {
  return parts.flatMap((part) => {
    const named = names.has(part.name);
    if (names.size > 0 && !named && paths.length === 0) return [];
    const found = findTestFiles(part.folders).filter((file) => named || paths.length === 0 || paths.some((one) => file.startsWith(one)));
    const first = (part.first ?? []).map((name) => `test/${name}.test.ts`).filter((file) => found.includes(file));
    return found.length === 0 ? [] : [{ ...part, part, files: [...first, ...found.filter((file) => !first.includes(file))], pattern, held: false }];
  });
}

/** Types, lint and early parts; the others one after the other, and beside them those that may; at last, with nothing else going on, what has a second try. */
async function runParts(runs: readonly PartRun[], checks: readonly (() => Promise<Counts>)[]): Promise<readonly Counts[]> {
  const bundled = await bundleTests(runs);
  const results: MochaResult[] = [];
  const inOrder = async (when: Part['when'], held: boolean): Promise<void> => {
    if (bundled) for (const run of runs) if (run.part.when === when) results.push(await runMocha({ ...run, held }));
  };
  const [checked] = await Promise.all([Promise.all(checks.map((check) => check())), inOrder('early', checks.length > 0)]);
  await Promise.all([inOrder(undefined, false), inOrder('beside', runs.some(({ part }) => part.when === undefined))]);
  const counts = [...checked, ...(bundled ? [] : [{ passed: 0, failed: 1, skipped: 0 }])];
  for (const result of results) {
    const { again = false } = runs.find(({ name }) => name === result.run.name)!.part;
    counts.push(again ? await secondTry({ ...result, run: { ...result.run, held: false } }) : result.counts);
  }
  return counts;
}

function readArguments(args: readonly string[]): Request {
  const names = new Set<string>();
  const paths: string[] = [];
  let pattern: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index]!;
    if (argument === '-g' || argument === '--grep') pattern = args[++index];
    else if (argument.includes('/') || argument.endsWith('.ts')) paths.push(argument.replace(/^\.\//, ''));
    else names.add(argument);
  }
  return { names, paths, pattern };
}
