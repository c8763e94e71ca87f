/**
 * A project of many revisions: what a review reads before it can say what a draft meets. The whole command line beside `alembic upgrade head --sql`,
 * which reads the same scripts; what is kept in a running editor; and how long the reading keeps everybody else from having a turn.
 */
import path from 'node:path';
import { isProject } from '../../src/engine/project/read-project';
import { createKeptDisk } from '../../src/workspace/kept-disk';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory } from '../../src/workspace/load-history';
import { loadReplay, newReplayCache } from '../../src/workspace/load-replay';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { projectRoot } from '../harness/paths';
import { mustRun, runCommand } from '../harness/processes';
import { pythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { asInTerminal } from './drafts';
import type { Benchmark, Contest } from './measure';
import { syntheticDraft, syntheticHistory, writeHistory } from './synthetic-history';

export function readingHistory(revisions: number): Benchmark {
  return { name: `history, ${revisions} revisions`, rounds: 5, prepare: () => prepare(revisions) };
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
  const read = async (workspace: typeof disk, kept: { readonly history: Parameters<typeof loadHistory>[2]; readonly cache: ReturnType<typeof newReplayCache> }): Promise<void> => {
    const { value: graph } = await loadHistory(workspace, project, kept.history);
    const schema = await loadReplay({ workspace, graph, heads: graph.heads, roots: [folder], sql, cache: kept.cache });
    if (schema.tables.length < revisions / 4 || schema.unknown.length > 0) throw new Error('the history was not understood');
  };
  const kept = { history: new Map(), cache: newReplayCache() };
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  return {
    contestants: [
      {
        name: 'alembic-review review, the whole process',
        run: () =>
          timed(async () => {
            const { stdout } = await runCommand(process.execPath, [path.join(projectRoot, 'dist', 'cli.js'), 'review', script, '--format', 'json'], { cwd: folder });
            if (!stdout.includes('findings')) throw new Error('nothing was reviewed');
          }),
      },
      { name: 'reading in a running editor, first time', run: () => timed(() => read(createKeptDisk(), { history: new Map(), cache: newReplayCache() })) },
      { name: 'the same, what others wait at most', run: () => longestTurn(() => read(createKeptDisk(), { history: new Map(), cache: newReplayCache() })) },
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
