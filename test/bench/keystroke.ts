/** One keystroke in a long draft on a long history, until its findings are there; beside reading everything anew. */
import path from 'node:path';
import { isProject } from '../../src/engine/project/read-project';
import { createKeptDisk } from '../../src/workspace/kept-disk';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory, type HistoryCache } from '../../src/workspace/load-history';
import { newReplayCache, type ReplayCache } from '../../src/workspace/load-replay';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { reviewFile } from '../../src/workspace/review-file';
import { readingOnce } from '../../src/workspace/texts';
import { temporaryFolder } from '../harness/temporary';
import type { Benchmark, Contest } from './measure';
import { syntheticDraft, syntheticHistory, writeHistory } from './synthetic-history';

export function keystroke(revisions: number, lines: number): Benchmark {
  return { name: `keystroke, ${lines} lines on ${revisions} revisions`, rounds: 5, prepare: () => prepare(revisions, lines) };
}

async function prepare(revisions: number, lines: number): Promise<Contest> {
  const folder = path.join(temporaryFolder('bench-keystroke'), 'bench');
  const draft = syntheticDraft(revisions, lines);
  writeHistory(folder, [...syntheticHistory(revisions), draft]);
  const sql = await loadSqlParser();
  // Between two events of its watchers the editor reads each file once.
  const disk = readingOnce(createKeptDisk());
  const project = await findProject(disk, folder);
  if (!isProject(project)) throw new Error('the project was not found');
  const file = path.posix.join(folder, 'migrations', 'versions', draft.name);
  const at = draft.text.indexOf("'draft_") + 1;
  let typed = 0;
  const type = (): string => `${draft.text.slice(0, at)}${'x'.repeat(typed++ % 20)}${draft.text.slice(at)}`;
  const review = async (workspace: typeof disk, history: HistoryCache, cache: ReplayCache): Promise<number> => {
    const text = type();
    // A keystroke is a turn of its own, after which the engine of JavaScript lets go what a turn may hold (targets of WeakRefs).
    await new Promise(setImmediate);
    const started = performance.now();
    const { value: graph } = await loadHistory(workspace, project, history, new Set());
    const found = await reviewFile({ workspace, project: { project, graph }, path: file, text, database: null, desired: null, sql, cache });
    if (found === null || found.upgrade.length < lines / 6) throw new Error('the draft was not read');
    return performance.now() - started;
  };
  const kept = { history: new Map(), cache: newReplayCache() };
  const strokes = async (share: number): Promise<number> => {
    const times: number[] = [];
    for (let stroke = 0; stroke < 40; stroke++) times.push(await review(disk, kept.history, kept.cache));
    return times.sort((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN;
  };
  return {
    contestants: [
      { name: 'Alembic Review, 95 of 100', run: () => strokes(0.95) },
      { name: 'half of them', run: () => strokes(0.5) },
      { name: 'everything read anew', run: () => review(createKeptDisk(), new Map(), newReplayCache()) },
    ],
    close: async () => undefined,
  };
}
