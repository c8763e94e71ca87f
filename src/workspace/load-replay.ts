import { ancestorsOf, type RevisionGraph } from '../engine/history/graph';
import { sortDown } from '../engine/history/order';
import { replay } from '../engine/history/replay';
import { readDraft } from '../engine/operations/read-draft';
import { newPythonCache, Reading, type PythonCache } from '../engine/python/evaluate';
import { emptySchema, type QualifiedName, type Schema } from '../engine/schema/schema';
import type { NamingConvention } from '../engine/sqlalchemy/naming';
import type { SqlParser } from '../engine/sql/parser';
import { loadSqlParser } from './load-sql-parser';
import { readingOnce, readTexts, sameTexts, type ReadText, type Texts } from './texts';
import type { Workspace } from './workspace';

export interface ReplayRequest {
  readonly workspace: Workspace;
  readonly graph: RevisionGraph;
  /** The revisions to end at; they and all they stand on are replayed. */
  readonly heads: readonly string[];
  /** What is there already: with `applied`, the schema that a database has after those revisions. */
  readonly start?: Schema;
  readonly applied?: readonly string[];
  /** Where the revisions' own imports start (`prepend_sys_path`). */
  readonly roots?: readonly string[];
  /** `target_metadata`'s naming convention: Alembic names with it what a revision leaves unnamed. */
  readonly convention?: NamingConvention | null;
  readonly sql?: SqlParser;
  readonly cache?: ReplayCache;
}

/** The operations of revisions by path, valid for the texts they were read from: their own, and what they import. Keep one for each project. */
export interface ReplayCache {
  readonly python: PythonCache;
  readonly upgrades: Map<string, { readonly files: Texts; readonly upgrade: Upgrade }>;
}

type Upgrade = Parameters<typeof replay>[0][number]['upgrade'];

export function newReplayCache(): ReplayCache {
  return { python: newPythonCache(), upgrades: new Map() };
}

/**
 * The schema that the history leads to, read from the files without running them: where there is no database, or to go on
 * from where one stands. What was not understood is in the schema's `unknown`.
 */
export async function loadReplay(request: ReplayRequest): Promise<Schema> {
  return replay(await readRevisions(request), request.start ?? emptySchema);
}

/** What the revisions that a database lacks make of it. */
export interface PendingReplay {
  readonly schema: Schema;
  /** The tables whose rows these revisions may write; null: it is not known which. */
  readonly writes: readonly QualifiedName[] | null;
}

/** Goes on from the schema of a database that has applied some of the revisions. */
export async function loadPending(request: ReplayRequest & Required<Pick<ReplayRequest, 'start' | 'applied'>>): Promise<PendingReplay> {
  return pendingReplay(await readRevisions(request), request.start);
}

/** The schema after these operations, oldest first, and the tables whose rows they may write. */
export function pendingReplay(revisions: readonly { readonly upgrade: Upgrade }[], start: Schema): PendingReplay {
  const operations = revisions.flatMap(({ upgrade }) => upgrade);
  const written = operations.map((operation) => writesOf(operation));
  return { schema: replay(revisions, start), writes: written.some((tables) => tables === null) ? null : written.flatMap((tables) => tables ?? []) };
}

function writesOf(operation: Upgrade[number]): readonly QualifiedName[] | null {
  if (operation.kind === 'unknown') return operation.tables;
  if (operation.kind !== 'execute' || operation.effect !== 'data') return [];
  return operation.writes ?? operation.empties ?? null;
}

/** The operations of every revision that is to be replayed, oldest first. */
async function readRevisions(request: ReplayRequest): Promise<readonly { readonly upgrade: Upgrade }[]> {
  const { graph, heads, workspace, cache = newReplayCache() } = request;
  const sql = request.sql ?? (await loadSqlParser());
  const done = ancestorsOf(graph, (request.applied ?? []).filter((id) => graph.nodes.has(id)));
  const needed = [...ancestorsOf(graph, heads)].filter((id) => !done.has(id));
  const paths = [...sortDown(graph, needed, heads)].reverse().flatMap((id) => graph.nodes.get(id)?.file.path ?? []);
  // Revisions share what they import.
  const { read } = readingOnce(workspace);
  const revisions: { readonly upgrade: Upgrade }[] = [];
  for (const path of paths) revisions.push({ upgrade: await readUpgrade(path, read, { ...request, sql, cache }) });
  return revisions;
}

/** Reads one revision with what it imports from the workspace. */
async function readUpgrade(path: string, read: ReadText, { roots = [], sql, cache, convention = null }: ReplayRequest & { readonly sql: SqlParser; readonly cache: ReplayCache }): Promise<Upgrade> {
  const known = cache.upgrades.get(path);
  if (known !== undefined && sameTexts(known.files, await readTexts(read, known.files.keys()))) return known.upgrade;
  const files = new Map<string, string | null>([[path, (await read(path)) ?? '']]);
  for (;;) {
    const reading = new Reading({ files, roots }, cache.python);
    const { value } = readDraft(reading, path, { sql, convention });
    const missing = [...reading.wanted].filter((wanted) => !files.has(wanted));
    if (missing.length === 0) {
      const upgrade = value?.upgrade ?? [];
      cache.upgrades.set(path, { files, upgrade });
      return upgrade;
    }
    const texts = await Promise.all(missing.map(read));
    missing.forEach((wanted, index) => files.set(wanted, texts[index] ?? null));
  }
}
