import type { OldName, Uses } from '../../engine/rules/support/uses';
import { upstreamOf } from '../../workspace/git';
import { eachFolderOnce, type FindUpstream } from '../../workspace/published';
import { findUses } from '../../workspace/find-uses';
import * as vscode from 'vscode';
import { newReplayCache, replayKey, type ReplayCache } from '../../workspace/load-replay';
import type { ConnectedDatabase } from '../../workspace/connected-database';
import { newSupabaseCache, type SupabaseCache } from '../../workspace/load-supabase';
import { reviewFile, type ReviewRequest } from '../../workspace/review-file';
import { reviewSqlFile, rootOf } from '../../workspace/review-sql-file';
import type { Review } from '../../engine/review';
import type { SqlParser } from '../../engine/sql/parser';
import type { Workspace } from '../../workspace/workspace';
import type { Connections } from '../connections';
import type { DatabaseSchemas, KnownDatabase } from '../database-schemas';
import type { Databases } from '../databases';
import type { GitMoves } from '../git-moves';
import type { ModelFiles } from '../model-files';
import type { OpenProject, Projects } from '../project';
import { toPath, toUri } from '../convert';
import { readSettings } from '../settings';
import type { WatchedTexts } from '../watched-texts';

/**
 * Reviews one draft's text; nothing comes when the file is no revision of an open project, nor SQL. What the text and the schema say comes
 * first; where the rows of the connected database, or a search through the workspace, have more to say, the whole review comes once
 * more. Of a revision that is applied everywhere (`isApplied`) only that is said which was edited since. Throws when `signal` aborts.
 */
export type ReviewText = (path: string, text: string, signal: AbortSignal, isApplied?: boolean) => AsyncIterable<ReviewedText>;

export type ReviewedText = Pick<Review, 'diagnostics' | 'notReviewed' | 'upgrade' | 'downgradeRaises' | 'before' | 'after'>;

export interface ReviewParts {
  readonly workspace: WatchedTexts;
  readonly projects: Projects;
  readonly connections: Connections;
  readonly databases: Databases;
  readonly modelFiles: ModelFiles;
  readonly schemas: DatabaseSchemas;
  readonly sqlParser: () => Promise<SqlParser>;
  readonly gitMoves: GitMoves;
}

/** What is kept of a project between two keystrokes, so that a change recomputes what hangs on it; good for one naming convention. */
interface Memory {
  readonly convention: string;
  readonly cache: ReplayCache;
  /** Where files use old names; good until one of them is another. */
  readonly uses: Map<string, Uses>;
}

export function createReviewText(parts: ReviewParts): { readonly reviewText: ReviewText } & vscode.Disposable {
  const memories = new Map<string, Memory>();
  const sqlCaches = new Map<string, SupabaseCache>();
  const usesInSql = new Map<string, Map<string, Uses>>();
  parts.workspace.onDidChange((uri) => {
    const path = toPath(uri);
    if (parts.projects.ofRevision(path) !== null || parts.projects.ofMigration(path) !== null) return;
    for (const { uses } of memories.values()) uses.clear();
    usesInSql.clear();
  });
  let upstream: FindUpstream = eachFolderOnce(upstreamOf);
  const forgetUpstream = (): void => void (upstream = eachFolderOnce(upstreamOf));
  const subscriptions = vscode.Disposable.from(parts.gitMoves.onMove(forgetUpstream), vscode.window.onDidChangeWindowState(forgetUpstream));
  const ofRevision: ReviewText = async function* (path, text, signal, isApplied = false) {
    const project = parts.projects.ofRevision(path);
    if (project === null) return;
    const [sql, models, database] = await Promise.all([parts.sqlParser(), parts.modelFiles.desired(project), activeDatabase(parts, project)]);
    const convention = replayKey({ convention: models?.convention ?? null, mainOptions: project.project.mainOptions });
    const known = memories.get(project.id);
    const memory = known?.convention === convention ? known : { convention, cache: newReplayCache(), uses: new Map() };
    memories.set(project.id, memory);
    const workspace = until(signal, parts.workspace);
    const settings = readSettings(toUri(path));
    const postgresVersion = database?.serverVersion ?? settings.postgresVersion;
    const request: Omit<ReviewRequest, 'database'> = {
      workspace,
      project: { project: project.project, graph: project.history, kept: project.kept },
      path,
      text,
      desired: models?.value ?? null,
      convention: models?.convention ?? null,
      sql,
      severities: settings.severities,
      settings: { largeTableRows: settings.largeTableRows, ...(postgresVersion === null ? {} : { postgresVersion }) },
      changeDocument: settings.changeDocument,
      // Git only reads, but a repository says what it runs.
      ...(vscode.workspace.isTrusted && toUri(project.project.root).scheme === 'file' ? { upstream } : {}),
      cache: memory.cache,
    };
    if (isApplied) {
      const review = await reviewFile({ ...request, isApplied, database: database && { schema: database.schema, applied: database.applied } });
      signal.throwIfAborted();
      if (review !== null) yield { ...review, notReviewed: [] };
      return;
    }
    const find = async (names: readonly OldName[]): Promise<ReadonlyMap<string, Uses>> => {
      const found = await findUses(workspace, project.project, names);
      for (const [key, uses] of found) memory.uses.set(key, uses);
      return found;
    };
    yield* reviewed(database, signal, (connected, isWhole) => reviewFile({ ...request, database: connected, uses: { known: memory.uses, ...(isWhole ? { find } : {}) } }));
  };
  const ofSql: ReviewText = async function* (path, text, signal, isApplied) {
    const home = parts.projects.ofMigration(path);
    const supabase = home?.supabase ?? null;
    const [sql, models, database] = await Promise.all([parts.sqlParser(), home?.models ? parts.modelFiles.desired(home.models) : null, supabase && activeDatabase(parts, supabase)]);
    const folder = path.slice(0, path.lastIndexOf('/'));
    const sqlCache = sqlCaches.get(folder) ?? newSupabaseCache();
    sqlCaches.set(folder, sqlCache);
    const settings = readSettings(toUri(path));
    const postgresVersion = database?.serverVersion ?? settings.postgresVersion;
    const request = {
      workspace: until(signal, parts.workspace),
      path,
      text,
      desired: models?.value ?? null,
      sql,
      severities: settings.severities,
      settings: { largeTableRows: settings.largeTableRows, ...(postgresVersion === null ? {} : { postgresVersion }) },
      changeDocument: settings.changeDocument,
      sqlCache,
      ...(isApplied === true && { isApplied }),
    };
    const known = usesInSql.get(folder) ?? new Map<string, Uses>();
    usesInSql.set(folder, known);
    const find = async (names: readonly OldName[]): Promise<ReadonlyMap<string, Uses>> => {
      const found = await findUses(request.workspace, { root: rootOf(path), versionLocations: [] }, names);
      for (const [key, uses] of found) known.set(key, uses);
      return found;
    };
    yield* reviewed(database, signal, (connected, isWhole) => reviewSqlFile({ ...request, database: connected, uses: { known, ...(isWhole ? { find } : {}) } }));
  };
  return { reviewText: (path, text, signal, isApplied) => (path.endsWith('.sql') ? ofSql : ofRevision)(path, text, signal, isApplied), dispose: () => subscriptions.dispose() };
}

/** What is known at once; then, where the rows or a search have more to say, all of it once more. */
async function* reviewed(database: KnownDatabase | null, signal: AbortSignal, review: (database: ConnectedDatabase | null, isWhole: boolean) => Promise<Review | null>): AsyncGenerator<ReviewedText> {
  const connected = database && { schema: database.schema, applied: database.applied, ran: (version: string) => database.ran(version), facts: database.facts() };
  const first = await review(connected, false);
  signal.throwIfAborted();
  if (first === null) return;
  yield first;
  if ((database === null || first.wantedFacts.length === 0) && first.wantedUses.length === 0) return;
  const whole = await review(database && connected && { ...connected, answer: (questions) => database.answer(questions, signal) }, true);
  signal.throwIfAborted();
  if (whole !== null) yield whole;
}

function until(signal: AbortSignal, workspace: Workspace): Workspace {
  return {
    ...workspace,
    read: (file) => {
      signal.throwIfAborted();
      return workspace.read(file);
    },
  };
}

/** The active database where it belongs to this project and could be read. */
export async function activeDatabase({ connections, databases, schemas }: ReviewParts, project: Pick<OpenProject, 'id'>): Promise<KnownDatabase | null> {
  const active = connections.active();
  const state = databases.states().find(({ connection }) => connection.id === active?.id);
  if (state?.outcome.kind !== 'read' || (state.connection.project !== null && state.connection.project !== project.id)) return null;
  return schemas.of(state.connection);
}
