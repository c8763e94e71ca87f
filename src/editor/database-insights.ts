import * as vscode from 'vscode';
import { alembicDrift, supabaseDrift } from '../workspace/drift';
import { newReplayCache, replayKey, type ReplayCache } from '../workspace/load-replay';
import { newSupabaseCache, type SupabaseCache } from '../workspace/load-supabase';
import { toUri } from './convert';
import { projectOf, supabaseOf, type Databases } from './databases';
import type { EditorWorkspace } from './files';
import { firstAnswers } from './generation/request';
import type { KeptDatabases } from './kept-databases';
import type { Log } from './careful-log';
import { reasonOf } from './log';
import type { ModelFiles } from './model-files';
import type { Projects } from './project';
import { debounced, oneAtATime } from './timing';
import type { Insight } from './views/database-details';
import type { DatabaseState } from './views/database-nodes';
import { enumInsights } from './views/enum-insights';

/** Enum types and drift of databases: read in the background while somebody has the database open in the view, and never for the others. */
export interface DatabaseInsights extends vscode.Disposable {
  /** With the connection's id. */
  readonly onDidChange: vscode.Event<string>;
  of(connection: string): Insight;
  /** Its lines are on the screen: it is read, and read again when it may have changed. */
  show(connection: string): void;
  hide(connection: string): void;
  /** Reads again those that are shown, or one of them; settles when that is done. */
  refresh(connection?: string): Promise<void>;
}

interface InsightParts {
  readonly workspace: EditorWorkspace;
  readonly databases: Databases;
  readonly projects: Projects;
  readonly keptDatabases: KeptDatabases;
  readonly modelFiles: ModelFiles;
  readonly log: Log;
}

export function createDatabaseInsights({ workspace, databases, projects, keptDatabases, modelFiles, log }: InsightParts): DatabaseInsights {
  const changed = new vscode.EventEmitter<string>();
  const known = new Map<string, Insight>();
  const shown = new Set<string>();
  const readers = new Map<string, () => Promise<void>>();
  const caches = new Map<string, { readonly key: string; readonly replay: ReplayCache; readonly sql: SupabaseCache }>();
  /** What the last insight was made of: where all of it is the very same, so is the insight. */
  const made = new Map<string, readonly unknown[]>();
  /** Where each stood when its insight was made. */
  const stood = new Map<string, string>();
  const ending = new AbortController();

  const note = (id: string, insight: Insight): void => {
    known.set(id, insight);
    changed.fire(id);
  };
  const read = async (state: DatabaseState): Promise<void> => {
    const { connection, outcome } = state;
    const [project, supabase] = [projectOf(projects, connection), supabaseOf(projects, connection)];
    const home = project ?? supabase;
    if (outcome.kind !== 'read' || home === null) return;
    // What was found where the database stood before is not said of where it stands now.
    const standing = JSON.stringify([outcome.position.current, outcome.supabase?.position.current]);
    if (known.get(connection.id)?.kind !== 'read' || stood.get(connection.id) !== standing) note(connection.id, { kind: 'reading' });
    try {
      const kept = keptDatabases.of(connection, project, undefined, project === null ? 'supabase' : 'alembic');
      if (kept.kind === 'problem') return note(connection.id, { kind: 'failed', reason: kept.reason });
      const [content, models] = await Promise.all([kept.database.content(ending.signal), modelFiles.desired(home)]);
      const history = project === null ? JSON.stringify(supabase?.migrations) : project.history;
      const sources = [content, models, history];
      if (known.get(connection.id)?.kind === 'read' && made.get(connection.id)?.every((source, index) => source === sources[index]) === true) return;
      const key = project === null ? '' : replayKey({ convention: models?.convention ?? null, mainOptions: project.project.mainOptions });
      const before = caches.get(home.id);
      const cache = before?.key === key ? before : { key, replay: newReplayCache(), sql: newSupabaseCache() };
      caches.set(home.id, cache);
      const { schema } = content.reading;
      const request = { workspace, database: schema, applied: content.versions.applied, models, keeps: firstAnswers(toUri(home.project.root)).tableDrops.map(({ table }) => table) };
      const { drift, after } = project !== null ? await alembicDrift(request, project.project, project.history, { cache: cache.replay, kept: project.kept }) : await supabaseDrift(request, supabase?.migrations ?? [], cache.sql);
      const isWhole = models?.problems.every(({ severity }) => severity !== 'error') === true;
      made.set(connection.id, sources);
      stood.set(connection.id, standing);
      note(connection.id, { kind: 'read', enums: enumInsights(schema, after, isWhole ? models.value : null), drift });
    } catch (error) {
      if (ending.signal.aborted) return;
      log.warn(`${connection.name}: its types and drift could not be read: ${reasonOf(error)}`);
      note(connection.id, { kind: 'failed', reason: reasonOf(error) });
    }
  };
  const readAgain = (id: string): Promise<void> => {
    const reader = readers.get(id) ?? oneAtATime(async () => {
      const state = databases.states().find(({ connection }) => connection.id === id);
      if (state !== undefined && shown.has(id)) await read(state);
    });
    readers.set(id, reader);
    return reader();
  };
  const all = async (): Promise<void> => {
    await Promise.all([...shown].map(readAgain));
  };
  const soon = debounced(all, 500);
  const subscriptions = vscode.Disposable.from(
    changed,
    soon,
    databases.onDidLook((id) => void (shown.has(id) && readAgain(id))),
    projects.onDidChange(() => soon.run()),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.path.endsWith('.py') && shown.size > 0) soon.run();
    }),
  );
  return {
    onDidChange: changed.event,
    of: (id) => known.get(id) ?? { kind: 'unread' },
    show: (id) => {
      if (shown.has(id)) return;
      shown.add(id);
      void readAgain(id);
    },
    hide: (id) => void shown.delete(id),
    refresh: (id) => (id === undefined ? all() : readAgain(id)),
    dispose: () => {
      ending.abort();
      subscriptions.dispose();
    },
  };
}
