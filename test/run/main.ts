/**
 * npm test [-- part… | path…] [-g pattern]
 *
 * Runs the parts in the order below and ends with one line, `N passed, N failed, N skipped`; exit code 1 if anything failed.
 * A part is named by its name (`npm test -- unit database`), a piece of it by a path (`npm test -- test/engine/python`), single tests by
 * a pattern (`npm test -- -g rename`). Test files are test/**\/*.test.ts.
 */
import { checkTypes, lint } from './checks';
import { findTestFiles, runMocha } from './mocha';
import type { MochaRun } from './mocha';
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
  /** It begins with the part before it and tells when it has ended: the editor's tests wait more than they compute. */
  readonly beside: boolean;
}

const parts: readonly Part[] = [
  { name: 'unit', folders: ['engine', 'rules', 'golden', 'meta', 'cli', 'workspace', 'runner'], timeout: 20_000, jobs: 2, verbose: false, beside: false },
  { name: 'database', folders: ['database', 'shadow'], timeout: 120_000, jobs: 2, verbose: true, beside: false },
  { name: 'package', folders: ['package'], timeout: 180_000, jobs: 1, verbose: true, beside: false },
  { name: 'alembic', folders: ['alembic'], timeout: 300_000, jobs: 2, verbose: true, beside: false },
  { name: 'editor', folders: ['editor'], timeout: 300_000, jobs: 1, verbose: true, beside: true },
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
  const checks = [
    ...(everything || request.names.has('types') ? [checkTypes()] : []),
    ...(everything || request.names.has('lint') ? [lint()] : []),
  ];
  results.push(...await Promise.all(checks));
  const together: MochaRun[] = [];
  for (const part of parts) {
    const named = request.names.has(part.name);
    if (request.names.size > 0 && !named && request.paths.length === 0) continue;
    const files = findTestFiles(part.folders).filter((file) => named || request.paths.length === 0 || request.paths.some((path) => file.startsWith(path)));
    if (files.length === 0) continue;
    if (!part.beside && together.length > 0) results.push(...await runMocha(together.splice(0)));
    together.push({ ...part, files, pattern: request.pattern, held: part.beside && together.length > 0 });
  }
  if (together.length > 0) results.push(...await runMocha(together));
  const counts = total(results);
  for (const [tool, why] of takeMissingTools()) console.log(`skipped for want of ${tool}: ${why}`);
  if (results.length === 0) console.log('No test fits: the parts are types, lint, ' + parts.map(({ name }) => name).join(', ') + '.');
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return results.length === 0 ? { ...counts, failed: 1 } : counts;
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
