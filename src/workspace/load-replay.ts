import { ancestorsOf, type RevisionGraph } from '../engine/history/graph';
import { sortDown } from '../engine/history/order';
import { replay } from '../engine/history/replay';
import { newKeptStatements, type KeptStatements } from '../engine/operations/draft/kept-statements';
import { readDraft } from '../engine/operations/read-draft';
import { newPythonCache, Reading, type PythonCache } from '../engine/python/evaluate';
import { emptySchema, type QualifiedName, type Schema } from '../engine/schema/schema';
import type { NamingConvention } from '../engine/sqlalchemy/naming';
import type { SqlParser } from '../engine/sql/parser';
import { hashOf } from './kept-file';
import { few, worthKeeping, type KeptHistory, type Resumed } from './kept-history';
import { loadSqlParser } from './load-sql-parser';
import { givingWay } from './pace';
import { noting, readTexts, stillSame, type ReadText, type Texts } from './texts';
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
  /** The options of alembic.ini, for revisions that ask. */
  readonly mainOptions?: ReadonlyMap<string, string | null> | undefined;
  readonly sql?: SqlParser;
  readonly cache?: ReplayCache;
  /** What earlier sessions read of the project's history. */
  readonly kept?: KeptHistory;
}

/**
 * What is kept of a history between two readings, so that a change recomputes what hangs on it and nothing else. Values, each good
 * for what it was made of. Keep one for each project, naming convention and alembic.ini.
 */
export interface ReplayCache {
  /** The syntax trees of what revisions import, and of drafts. */
  readonly python: PythonCache;
  /** What the statements of drafts gave, by path. */
  readonly drafts: Map<string, KeptStatements>;
  /** What each revision does, by path. */
  readonly revisions: Map<string, RevisionReading>;
  /** The schema after a revision, by the very schema before it and the very operations. */
  readonly after: WeakMap<Schema, WeakMap<Upgrade, Schema>>;
  /** Where a walk to these heads comes along. */
  readonly orders: WeakMap<RevisionGraph, Map<string, readonly string[]>>;
  /** The last walk along these revisions, with every text that it looked at. */
  readonly walks: WeakMap<readonly string[], { readonly start: Schema; readonly texts: Texts; readonly walk: Walk }>;
}

/** The operations of a revision, as its own text and what it imports have them. */
export interface RevisionReading {
  readonly files: Texts;
  readonly upgrade: Upgrade;
  /** Of a script that asks the database what there is: its operations by the very schema that it met. Null: it asks nothing. */
  readonly asked: WeakMap<Schema, Upgrade> | null;
}

export type Upgrade = Parameters<typeof replay>[0][number]['upgrade'];

export function newReplayCache(): ReplayCache {
  return { python: newPythonCache(), drafts: new Map(), revisions: new Map(), after: new WeakMap(), orders: new WeakMap(), walks: new WeakMap() };
}

/** What is kept of a draft's statements. */
export function statementsOf({ drafts }: ReplayCache, path: string): KeptStatements {
  const statements = drafts.get(path) ?? newKeptStatements();
  drafts.set(path, statements);
  return statements;
}

/**
 * The schema that the history leads to, read from the files without running them: where there is no database, or to go on
 * from where one stands. What was not understood is in the schema's `unknown`.
 */
export async function loadReplay(request: ReplayRequest): Promise<Schema> {
  const { kept, start = emptySchema, applied = [] } = request;
  if (kept === undefined || start !== emptySchema || applied.length > 0) return (await walked(request, start, (read) => walk(request, start, read))).schema;
  // Options may hold a password, and this is written to a disk.
  const replay = hashOf(replayKey(request));
  const cache = request.cache ?? newReplayCache();
  const { schema } = await walked({ ...request, cache }, emptySchema, async (read) => {
    const paths = pathsToReplay(request, cache);
    const resumed = await kept.resume(replay, paths, read);
    const made = await walk({ ...request, cache }, emptySchema, read, resumed);
    if (paths.length - (resumed?.count ?? 0) >= few) kept.noteReplay(replay, paths, resumed, (path) => cache.revisions.get(path)?.files, made.after);
    return made;
  });
  return schema;
}

/** The last walk along the same revisions, while every text that it looked at is the same; else a new one. */
async function walked(request: ReplayRequest, start: Schema, walking: (read: ReadText) => Promise<Walk>): Promise<Walk> {
  const { workspace, cache } = request;
  const paths = cache === undefined ? null : pathsToReplay(request, cache);
  const last = paths === null ? undefined : cache?.walks.get(paths);
  if (last?.start === start && (await stillSame(last.texts, (path) => workspace.read(path)))) return last.walk;
  const { read, seen } = noting(workspace);
  const walk = await walking(read);
  if (paths !== null) cache?.walks.set(paths, { start, texts: await seen(), walk });
  return walk;
}

/** What a replay hangs on besides its files, as text: equal texts, equal outcome. */
export function replayKey({ roots = [], convention = null, mainOptions }: Pick<ReplayRequest, 'roots' | 'convention' | 'mainOptions'>): string {
  return JSON.stringify([roots, convention && [Object.entries(convention.templates), [...convention.custom], [...convention.unknown]], mainOptions ? [...mainOptions] : null]);
}

/** What the revisions that a database lacks make of it. */
export interface PendingReplay {
  readonly schema: Schema;
  /** The tables whose rows these revisions may write; null: it is not known which. */
  readonly writes: readonly QualifiedName[] | null;
}

/** Goes on from the schema of a database that has applied some of the revisions. */
export async function loadPending(request: ReplayRequest & Required<Pick<ReplayRequest, 'start' | 'applied'>>): Promise<PendingReplay> {
  const { schema, upgrades } = await walked(request, request.start, (read) => walk(request, request.start, read));
  return { schema, writes: writesOfAll(upgrades.flat()) };
}

/** The schema after these operations, oldest first, and the tables whose rows they may write. */
export function pendingReplay(revisions: readonly { readonly upgrade: Upgrade }[], start: Schema): PendingReplay {
  return { schema: replay(revisions, start), writes: writesOfAll(revisions.flatMap(({ upgrade }) => upgrade)) };
}

function writesOfAll(operations: Upgrade): readonly QualifiedName[] | null {
  const written = operations.map((operation) => writesOf(operation));
  return written.some((tables) => tables === null) ? null : written.flatMap((tables) => tables ?? []);
}

function writesOf(operation: Upgrade[number]): readonly QualifiedName[] | null {
  if (operation.kind === 'unknown') return operation.tables;
  if (operation.kind !== 'execute' || operation.effect !== 'data') return [];
  return operation.writes ?? operation.empties ?? null;
}

interface Walk {
  readonly schema: Schema;
  /** What each revision did that was read. */
  readonly upgrades: readonly Upgrade[];
  /** The schemas that are worth keeping, by the number of revisions that lead there. */
  readonly after: ReadonlyMap<number, Schema>;
}

/** Reads the revisions that are to be replayed and applies them, oldest first. A first walk through a long history takes its time, and gives way. */
async function walk(request: ReplayRequest, start: Schema, read: ReadText, resumed: Resumed | null = null): Promise<Walk> {
  const { cache = newReplayCache() } = request;
  const sql = request.sql ?? (await loadSqlParser());
  const reading = { ...request, sql, cache };
  const pace = givingWay();
  const upgrades: Upgrade[] = [];
  const paths = pathsToReplay(request, cache);
  const worth = worthKeeping(paths.length);
  const after = new Map<number, Schema>();
  let schema = resumed?.schema ?? start;
  for (let count = resumed?.count ?? 0; count < paths.length; ) {
    const upgrade = await readUpgrade(paths[count++] ?? '', read, schema, reading);
    upgrades.push(upgrade);
    schema = schemaAfter(cache, schema, upgrade);
    if (worth.includes(count)) after.set(count, schema);
    await pace();
  }
  return { schema, upgrades, after };
}

function schemaAfter(cache: ReplayCache, before: Schema, upgrade: Upgrade): Schema {
  const known = cache.after.get(before)?.get(upgrade);
  if (known !== undefined) return known;
  const after = replay([{ upgrade }], before);
  const steps = cache.after.get(before) ?? new WeakMap<Upgrade, Schema>();
  cache.after.set(before, steps.set(upgrade, after));
  return after;
}

/** The files of every revision that is to be replayed, in the order in which Alembic runs them. */
function pathsToReplay({ graph, heads, applied = [] }: ReplayRequest, cache: ReplayCache): readonly string[] {
  const key = JSON.stringify([heads, applied]);
  const orders = cache.orders.get(graph) ?? new Map<string, readonly string[]>();
  cache.orders.set(graph, orders);
  const known = orders.get(key);
  if (known !== undefined) return known;
  const done = ancestorsOf(graph, applied.filter((id) => graph.nodes.has(id)));
  const needed = [...ancestorsOf(graph, heads)].filter((id) => !done.has(id));
  const paths = sortDown(graph, needed, heads).reverse().flatMap((id) => graph.nodes.get(id)?.file.path ?? []);
  orders.set(key, paths);
  return paths;
}

/** Reads one revision with what it imports from the workspace; the same value as long as none of these texts is another, nor what it asks of the schema. */
async function readUpgrade(path: string, read: ReadText, before: Schema, { roots = [], sql, cache, convention = null, mainOptions }: ReplayRequest & { readonly sql: SqlParser; readonly cache: ReplayCache }): Promise<Upgrade> {
  const kept = cache.revisions.get(path);
  const known = kept !== undefined && (await stillSame(kept.files, read)) ? kept : undefined;
  const upgrade = known?.asked === null ? known.upgrade : known?.asked.get(before);
  if (upgrade !== undefined) return upgrade;
  const files = new Map<string, string | null>(known?.files ?? [[path, (await read(path)) ?? '']]);
  for (;;) {
    const reading = new Reading({ files, roots }, cache.python);
    const missing = (): readonly string[] => [...reading.wanted].filter((wanted) => !files.has(wanted));
    // What its import statements want is known before it is walked in earnest, which need not be done twice then.
    reading.module(path);
    const value = missing().length > 0 ? null : readDraft(reading, path, { sql, convention, before, mainOptions, upgradeAlone: true }).value;
    const wanted = missing();
    if (wanted.length === 0) {
      const found = value?.upgrade ?? [];
      const asked = value?.asksSchema === true ? (known?.asked ?? new WeakMap<Schema, Upgrade>()) : null;
      asked?.set(before, found);
      if (known === undefined || known.files.size !== files.size) cache.revisions.set(path, { files, upgrade: found, asked });
      // Its operations are kept; a thousand trees would be a burden.
      cache.python.modules.delete(path);
      return found;
    }
    for (const [file, text] of await readTexts(read, wanted)) files.set(file, text);
  }
}
