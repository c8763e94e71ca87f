import * as vscode from 'vscode';
import { readSupabaseVersions } from '../database/versions';
import type { SupabaseMigrationFile } from '../engine/history/supabase';
import type { SqlParser } from '../engine/sql/parser';
import { editedMigrations, editedRevisions, type EditedRevision } from '../workspace/edited-revisions';
import { upstreamOf } from '../workspace/git';
import { newReplayCache } from '../workspace/load-replay';
import { newSupabaseCache } from '../workspace/load-supabase';
import { eachFolderOnce } from '../workspace/published';
import { toPath, toUri } from './convert';
import { projectOf, supabaseOf, type Databases } from './databases';
import { openDocument, type EditorWorkspace } from './files';
import type { GitMoves } from './git-moves';
import type { KeptDatabases } from './kept-databases';
import type { Log } from './careful-log';
import { reasonOf } from './log';
import type { ModelFiles } from './model-files';
import type { Projects } from './project';
import { readSettings } from './settings';
import { debounced, oneAtATime } from './timing';
import type { DatabaseState } from './views/database-nodes';

/** Which of the revisions that a database has applied were edited since, as the rule `edited-after-apply` says it. */
export interface EditedRevisions extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** By path, of a connection. */
  of(connection: string): ReadonlyMap<string, EditedRevision>;
  refresh(): Promise<void>;
}

interface EditedParts {
  readonly workspace: EditorWorkspace;
  readonly databases: Databases;
  readonly projects: Projects;
  readonly keptDatabases: KeptDatabases;
  readonly modelFiles: ModelFiles;
  readonly gitMoves: GitMoves;
  readonly sqlParser: () => Promise<SqlParser>;
  readonly log: Log;
}

/** Looked at when databases, files or branches changed, a moment after: nothing waits for it. */
export function watchEditedRevisions({ workspace, databases, projects, keptDatabases, modelFiles, gitMoves, sqlParser, log }: EditedParts): EditedRevisions {
  const changed = new vscode.EventEmitter<void>();
  const known = new Map<string, ReadonlyMap<string, EditedRevision>>();
  const caches = new Map<string, { readonly replay: ReturnType<typeof newReplayCache>; readonly sql: ReturnType<typeof newSupabaseCache> }>();
  /** What a database stored that it ran, while its versions are the same. */
  const stored = new Map<string, { readonly versions: string; readonly ran: Promise<ReadonlyMap<string, readonly string[]>> }>();
  let upstream = eachFolderOnce(upstreamOf);

  const cachesOf = (id: string): { readonly replay: ReturnType<typeof newReplayCache>; readonly sql: ReturnType<typeof newSupabaseCache> } => {
    const found = caches.get(id) ?? { replay: newReplayCache(), sql: newSupabaseCache() };
    caches.set(id, found);
    return found;
  };
  const ranOn = ({ connection }: DatabaseState, versions: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
    const before = stored.get(connection.id);
    const key = JSON.stringify(versions);
    if (before?.versions === key) return before.ran;
    const kept = keptDatabases.of(connection, projectOf(projects, connection), undefined, 'supabase');
    const ran = kept.kind === 'problem'
      ? Promise.resolve(new Map<string, readonly string[]>())
      : kept.database.use((database) => readSupabaseVersions(database, { statements: true })).then(({ applied }) => new Map(applied.flatMap(({ version, statements }) => (statements === null ? [] : [[version, statements] as const]))));
    stored.set(connection.id, { versions: key, ran });
    ran.catch(() => stored.delete(connection.id));
    return ran;
  };
  const migrationsOf = async (state: DatabaseState, home: string, root: string, applied: readonly string[], migrations: readonly SupabaseMigrationFile[]): Promise<readonly EditedRevision[]> => {
    const files = migrations.filter(({ version }) => applied.includes(version));
    if (files.length === 0) return [];
    return editedMigrations({ workspace, sql: await sqlParser(), severities: readSettings(toUri(root)).severities, sqlCache: cachesOf(home).sql, files, ran: await ranOn(state, applied) });
  };
  const editedOn = async (state: DatabaseState): Promise<readonly EditedRevision[]> => {
    const { connection, outcome } = state;
    if (outcome.kind !== 'read' || !vscode.workspace.isTrusted) return [];
    const [project, supabase] = [projectOf(projects, connection), supabaseOf(projects, connection)];
    if (supabase !== null) return migrationsOf(state, supabase.id, supabase.project.root, outcome.versions, supabase.migrations);
    if (project === null) return [];
    const { root } = project.project;
    const beside = outcome.supabase === null ? [] : await migrationsOf(state, project.id, root, outcome.supabase.position.applied.map(({ id }) => id), project.supabaseMigrations);
    if (toUri(root).scheme !== 'file') return beside;
    const models = await modelFiles.desired(project).catch(() => null);
    const revisions = await editedRevisions({
      workspace,
      sql: await sqlParser(),
      convention: models?.convention ?? null,
      severities: readSettings(toUri(root)).severities,
      cache: cachesOf(project.id).replay,
      project: { project: project.project, graph: project.history, kept: project.kept },
      upstream,
      applied: outcome.versions,
      files: outcome.position.applied,
      isUnsaved: (path) => {
        const document = openDocument(path);
        return document !== undefined && workspace.isUnsaved(document);
      },
    });
    return [...revisions, ...beside];
  };
  const look = oneAtATime(async () => {
    const before = JSON.stringify([...known].map(([id, edited]) => [id, [...edited]]));
    const states = databases.states();
    for (const id of known.keys()) if (!states.some(({ connection }) => connection.id === id)) known.delete(id);
    for (const state of states) {
      try {
        known.set(state.connection.id, new Map((await editedOn(state)).map((edited) => [edited.path, edited])));
      } catch (error) {
        log.warn(`${state.connection.name}: which applied revisions were edited is not known: ${reasonOf(error)}`);
      }
    }
    if (JSON.stringify([...known].map(([id, edited]) => [id, [...edited]])) !== before) changed.fire();
  });
  const soon = debounced(look, 400);
  const forgetGit = (): void => {
    upstream = eachFolderOnce(upstreamOf);
    soon.run();
  };
  const isRevision = (uri: vscode.Uri): boolean => projects.ofRevision(toPath(uri)) !== null || projects.ofMigration(toPath(uri)) !== null;
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.{py,sql}', true, false, true);
  const subscriptions = vscode.Disposable.from(
    changed,
    soon,
    watcher,
    databases.onDidChange(() => soon.run()),
    gitMoves.onDidMove(forgetGit),
    watcher.onDidChange((uri) => isRevision(uri) && soon.run()),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isRevision(document.uri)) soon.run();
    }),
  );
  return {
    onDidChange: changed.event,
    of: (connection) => known.get(connection) ?? new Map(),
    refresh: () => {
      upstream = eachFolderOnce(upstreamOf);
      stored.clear();
      return look();
    },
    dispose: () => subscriptions.dispose(),
  };
}
