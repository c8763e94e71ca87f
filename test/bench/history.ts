/**
 * A project of many revisions: what a review reads before it can say what a draft meets, beside `alembic upgrade head --sql`, which reads the same
 * scripts. Goals: reading anew takes at most a third of that, reading from what was kept (in the running process, or by an earlier session) at most
 * a twentieth. The whole command line is there too, whose process starts anew each time; and how long the reading keeps others from having a turn.
 */
import path from 'node:path';
import { isProject } from '../../src/engine/project/read-project';
import { createKeptDisk } from '../../src/workspace/kept-disk';
import { findProject } from '../../src/workspace/find-project';
import { openKeptHistory, type KeptHistory } from '../../src/workspace/kept-history';
import { loadHistory, type HistoryCache } from '../../src/workspace/load-history';
import { loadReplay, newReplayCache, type ReplayCache } from '../../src/workspace/load-replay';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { projectRoot } from '../harness/paths';
import { mustRun, runCommand } from '../harness/processes';
import { pythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { asInTerminal } from './drafts';
import type { Benchmark, Contest } from './measure';
import { syntheticDraft, syntheticHistory, writeHistory } from './synthetic-history';

export function readingHistory(revisions: number): Benchmark {
  return { name: `history, ${revisions} revisions`, rounds: 3, prepare: () => prepare(revisions) };
}

async function prepare(revisions: number): Promise<Contest> {
  const python = await pythonEnvironment();
  await mustRun(process.execPath, ['esbuild.js', '--production'], { cwd: projectRoot });
  const folder = path.join(temporaryFolder('bench-history'), 'bench');
  const history = syntheticHistory(revisions);
  const draft = syntheticDraft(revisions, 100);
  writeHistory(folder, [...history, draft]);
  const script = path.join('migrations', 'versions', draft.name);
  const disk = createKeptDisk();
  const sql = await loadSqlParser();
  const project = await findProject(disk, folder);
  if (!isProject(project)) throw new Error('the project was not found');
  const read = async (workspace: typeof disk, { history, cache, session }: Memory): Promise<void> => {
    const { value: graph } = await loadHistory(workspace, project, history, undefined, session);
    const schema = await loadReplay({ workspace, graph, heads: graph.heads, roots: [folder], sql, cache, ...(session && { kept: session }) });
    if (schema.tables.length < revisions / 4 || schema.unknown.length > 0) throw new Error('the history was not understood');
  };
  const nothing = (): Memory => ({ history: new Map(), cache: newReplayCache() });
  const kept = nothing();
  const storage = { path: temporaryFolder('bench-readings'), version: 'bench' };
  const newSession = (): Memory => ({ ...nothing(), session: openKeptHistory(storage, folder) });
  const before = newSession();
  await read(disk, before);
  await before.session?.save();
  const fromDisk = async (): Promise<void> => {
    const session = newSession();
    await read(createKeptDisk(), session);
    if (session.cache.revisions.size > 0) throw new Error('revisions were read anew');
  };
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const program = (...cache: readonly string[]): Promise<number> =>
    timed(async () => {
      const { stdout } = await runCommand(process.execPath, [path.join(projectRoot, 'dist', 'cli.js'), 'review', script, '--format', 'json', ...cache], { cwd: folder });
      if (!stdout.includes('findings')) throw new Error('nothing was reviewed');
    });
  const runs = temporaryFolder('bench-runs');
  return {
    contestants: [
      { name: 'alembic-review review, the whole process', run: () => program('--no-cache') },
      { name: 'the same, from what an earlier run kept', run: () => program('--cache', runs) },
      { name: 'reading in a running editor, first time', run: () => timed(() => read(createKeptDisk(), nothing())) },
      { name: 'the same, what others wait at most', run: () => longestTurn(() => read(createKeptDisk(), nothing())) },
      { name: 'from what an earlier session kept', run: () => timed(fromDisk) },
      { name: 'the same, what others wait at most', run: () => longestTurn(fromDisk) },
      { name: 'reading in a running editor, again', run: () => timed(() => read(disk, kept)) },
      {
        name: 'alembic upgrade head --sql',
        run: () =>
          timed(async () => {
            const { stdout } = await python.alembic(folder, ['upgrade', 'head', '--sql'], { env: asInTerminal });
            if (!stdout.includes('CREATE TABLE')) throw new Error('nothing was printed');
          }),
      },
    ],
    close: async () => undefined,
  };
}

interface Memory {
  readonly history: HistoryCache;
  readonly cache: ReplayCache;
  readonly session?: KeptHistory;
}

/** The longest time between two turns of the event loop while the work is done: what a keystroke may have to wait for. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let done = false;
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  done = true;
  turn();
  return longest;
}
