/** Bundles test files to out/ and runs them with mocha in a process of their own. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { BuildFailure } from 'esbuild';
import { projectRoot } from '../harness/paths';
import { total } from './counts';
import type { Counts } from './counts';

export interface MochaRun {
  readonly name: string;
  /** Relative to the project. */
  readonly files: readonly string[];
  readonly pattern: string | undefined;
  readonly timeout: number;
  readonly jobs: number;
  readonly verbose: boolean;
  /** Its lines come when it has ended, since another part writes meanwhile. */
  readonly held: boolean;
}

/** What a run came to. */
export interface MochaResult {
  readonly run: MochaRun;
  readonly counts: Counts;
  /** A count for each file, relative to the project, that had a test or a hook that failed. */
  readonly failed: ReadonlyMap<string, Counts>;
}

/** Bundles what runs need; they may go on at the same time, and share files. Gives false where something does not bundle, which it has told then. */
export async function bundleTests(runs: readonly MochaRun[]): Promise<boolean> {
  if (runs.length === 0) return true;
  const broken = await bundle([...new Set(['test/run/reporter.ts', 'test/run/setup.ts', ...runs.flatMap(({ files }) => files)])]);
  if (broken !== undefined) console.log(`the tests don't bundle\n${broken}`);
  return broken === undefined;
}

/** Runs files that are bundled. */
export async function runMocha(run: MochaRun, say: (text: string) => void = console.log): Promise<MochaResult> {
  const started = Date.now();
  if (!run.held) say(`${run.name}:`);
  // several runs may go on at the same time
  const results = path.join(projectRoot, 'out', `results-${run.name}-${process.pid}.ndjson`);
  const { code, output } = await runProcess(run, results);
  if (run.held) say(`${run.name}:\n${output.trimEnd()}`);
  const records = readRecords(results);
  const counts = countsOf(records, code, say);
  rmSync(results, { force: true });
  say(`  ${counts.passed} passed${counts.failed ? `, ${counts.failed} failed` : ''}${counts.skipped ? `, ${counts.skipped} skipped` : ''}`
    + ` (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (run.verbose) say(`  longest: ${slowestFiles(records)}`);
  return { run, counts, failed: failedFiles(run, records) };
}

/** All test/<folder>/**\/*.test.ts in order, relative to the project; sample projects hold none of ours. */
export function findTestFiles(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    const where = path.join(projectRoot, 'test', folder);
    if (!existsSync(where)) return [];
    const names = readdirSync(where, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.test.ts')).map((name) => path.posix.join('test', folder, name.replaceAll(path.sep, '/'))).sort();
  });
}

/** Gives esbuild's errors as text, or undefined. */
async function bundle(files: readonly string[]): Promise<string | undefined> {
  try {
    await build({
      absWorkingDir: projectRoot, entryPoints: [...files], outdir: 'out', outbase: '.', bundle: true, platform: 'node', format: 'cjs', target: 'node20',
      packages: 'external', sourcemap: 'linked', sourcesContent: false, logLevel: 'silent', loader: { '.py': 'text' },
    });
    return undefined;
  } catch (error) {
    const failure = error as BuildFailure;
    if (!Array.isArray(failure.errors)) throw error;
    return failure.errors.map(({ text, location }) => `  ${location?.file}:${location?.line}: ${text}`).join('\n');
  }
}

function runProcess(run: MochaRun, results: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const args = [
    path.join('node_modules', 'mocha', 'bin', 'mocha.js'), '--no-config', '--reporter', `./${outOf('test/run/reporter.ts')}`, '--require', `./${outOf('test/run/setup.ts')}`,
    '--timeout', String(run.timeout), ...(run.jobs > 1 && run.files.length > 1 ? ['--parallel', '--jobs', String(run.jobs)] : []),
    ...(run.pattern === undefined ? [] : ['--grep', run.pattern]), ...run.files.map(outOf),
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: projectRoot, stdio: run.held ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ALEMBIC_REVIEW_RUN: String(process.pid), ALEMBIC_REVIEW_RESULTS: results, ALEMBIC_REVIEW_VERBOSE: run.verbose ? '1' : '' },
    });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => output.push(data));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(output).toString() }));
  });
}

/** A line of the reporter. */
interface ResultRecord {
  readonly state: keyof Counts | 'hook' | 'end';
  readonly file?: string;
  /** Milliseconds. */
  readonly duration: number;
}

function readRecords(results: string): readonly ResultRecord[] {
  const lines = existsSync(results) ? readFileSync(results, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => JSON.parse(line) as ResultRecord);
}

/** A mocha that died of something else than failing tests is one more failure. */
function countsOf(records: readonly ResultRecord[], code: number | null, say: (text: string) => void): Counts {
  const counts = tally(records);
  const died = !records.some(({ state }) => state === 'end') || (code !== 0 && counts.failed === 0);
  if (died) say(`  mocha ended early (exit code ${code})`);
  return died ? total([counts, { passed: 0, failed: 1, skipped: 0 }]) : counts;
}

function tally(records: readonly ResultRecord[]): Counts {
  const count = (state: keyof Counts) => records.filter((other) => other.state === state).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

function failedFiles({ files }: MochaRun, records: readonly ResultRecord[]): ReadonlyMap<string, Counts> {
  const all = files.map((file) => [file, tally(records.filter((record) => record.file === path.join(projectRoot, outOf(file))))] as const);
  return new Map(all.filter(([, { failed }]) => failed > 0));
}

/** Where the bundle of a test file lies. */
function outOf(file: string): string {
  return path.join('out', file.replace(/\.ts$/, '.js'));
}

/** The files that a shorter run would begin with: their tests and hooks together, in seconds. */
function slowestFiles(records: readonly ResultRecord[]): string {
  const times = new Map<string, number>();
  for (const { file, duration } of records) {
    if (file !== undefined) times.set(file, (times.get(file) ?? 0) + duration);
  }
  const longest = [...times].sort(([, left], [, right]) => right - left).slice(0, 8);
  return longest.map(([file, duration]) => `${path.relative(path.join(projectRoot, 'out', 'test'), file).replace(/\.test\.js$/, '')} ${(duration / 1000).toFixed(0)} s`).join(', ');
}
