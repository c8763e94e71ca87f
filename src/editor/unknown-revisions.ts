import * as vscode from 'vscode';
import { readStoredStatements } from '../database/versions';
import { resolvePath } from '../engine/project/paths';
import type { MigrationForm } from '../engine/project/supabase';
import { placeWords } from '../workspace/git-place';
import { findInGit } from '../workspace/git-revisions';
import { toUri } from './convert';
import { projectOf, supabaseOf, type Databases } from './databases';
import type { GitMoves } from './git-moves';
import type { KeptDatabases } from './kept-databases';
import type { Log } from './careful-log';
import { isCancellation, reasonOf } from './log';
import type { Projects } from './project';
import { oneAtATime } from './timing';
import type { UnknownState } from './views/database-details';
import type { DatabaseState } from './views/database-nodes';

/** Where git has the revisions that databases have and no file here has: looked for when one turns up, and again when git moved. */
export interface UnknownRevisions extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** By id, of the histories of a database. */
  of(state: DatabaseState): ReadonlyMap<string, UnknownState>;
  /** Looks anew; settles when that is done. */
  refresh(): Promise<void>;
}

/** A history whose files a database does not wholly know from here. */
export interface UnknownIn {
  readonly root: string;
  readonly folders: readonly string[];
  readonly form: MigrationForm;
  readonly ids: readonly string[];
}

export function watchUnknownRevisions(databases: Databases, projects: Projects, keptDatabases: KeptDatabases, gitMoves: GitMoves, log: Log): UnknownRevisions {
  const changed = new vscode.EventEmitter<void>();
  const known = new Map<string, { readonly state: UnknownState; readonly isFresh: boolean }>();
  let searching = new AbortController();
  const note = (key: string, state: UnknownState, isFresh: boolean): void => {
    const before = known.get(key);
    known.set(key, { state, isFresh });
    if (JSON.stringify(before?.state) !== JSON.stringify(state)) changed.fire();
  };
  const search = async (databaseState: DatabaseState, unknown: UnknownIn, signal: AbortSignal): Promise<void> => {
    const { root, folders, form } = unknown;
    const keys = new Map(unknown.ids.map((id) => [id, keyOf(databaseState, unknown, id)]));
    const ids = unknown.ids.filter((id) => known.get(keys.get(id) ?? '')?.isFresh !== true);
    if (ids.length === 0) return;
    for (const id of ids) if (!known.has(keys.get(id) ?? '')) note(keys.get(id) ?? '', { kind: 'searching' }, false);
    const started = Date.now();
    const found = await findInGit({ root, folders, form, ids, signal });
    if (signal.aborted) return;
    const now = Date.now() / 1000;
    for (const id of ids) {
      const revision = found.kind === 'searched' ? found.revisions.get(id) : undefined;
      if (revision !== undefined) note(keys.get(id) ?? '', { kind: 'found', revision, words: placeWords(revision, now) }, true);
      else if (form === 'supabase' && (await isStored(databaseState, id))) note(keys.get(id) ?? '', { kind: 'stored' }, true);
      else note(keys.get(id) ?? '', found.kind === 'searched' ? { kind: 'nowhere', isWhole: found.isWhole } : { kind: 'noRepository' }, true);
    }
    log.info(`${databaseState.connection.name}: looked for ${ids.join(', ')} in git for ${Date.now() - started} ms`);
  };
  const isStored = async ({ connection }: DatabaseState, version: string): Promise<boolean> => {
    const kept = keptDatabases.of(connection, projectOf(projects, connection), undefined, 'supabase');
    if (kept.kind === 'problem') return false;
    return kept.database.use((database) => readStoredStatements(database, version)).then((statements) => statements !== null, () => false);
  };
  const look = oneAtATime(async () => {
    const { signal } = searching;
    for (const state of databases.states()) {
      for (const unknown of unknownIn(projects, state)) {
        try {
          await search(state, unknown, signal);
        } catch (error) {
          if (!isCancellation(error)) log.warn(`${state.connection.name}: its unknown revisions could not be looked for: ${reasonOf(error)}`);
        }
      }
    }
  });
  const refresh = (): Promise<void> => {
    searching.abort();
    searching = new AbortController();
    for (const [key, { state }] of known) known.set(key, { state, isFresh: false });
    return look();
  };
  const subscriptions = vscode.Disposable.from(changed, databases.onDidChange(() => void look()), gitMoves.onDidMove(() => void refresh()));
  void look();
  return {
    onDidChange: changed.event,
    of: (state) => new Map(unknownIn(projects, state).flatMap((unknown) => unknown.ids.flatMap((id) => {
      const found = known.get(keyOf(state, unknown, id));
      return found === undefined ? [] : [[id, found.state] as const];
    }))),
    refresh,
    dispose: () => {
      searching.abort();
      subscriptions.dispose();
    },
  };
}

/** What a database's own table stored, another one's need not. */
function keyOf({ connection }: DatabaseState, { root, form }: UnknownIn, id: string): string {
  return JSON.stringify([root, form, id, form === 'supabase' ? connection.id : '']);
}

/** The histories of a database that have unknown rows, with where their files lie. Git is asked on this machine's disk alone. */
export function unknownIn(projects: Projects, { connection, outcome }: DatabaseState): readonly UnknownIn[] {
  if (outcome.kind !== 'read') return [];
  const [project, supabase] = [projectOf(projects, connection), supabaseOf(projects, connection)];
  const found: UnknownIn[] = [];
  const add = (root: string, folders: readonly string[], form: MigrationForm, ids: readonly string[]): void => {
    if (ids.length > 0 && toUri(root).scheme === 'file') found.push({ root, folders, form, ids });
  };
  if (project !== null) {
    const { root, versionLocations, supabase: beside } = project.project;
    add(root, versionLocations, 'alembic', outcome.position.unknown);
    add(beside?.root ?? root, [beside?.migrationsFolder ?? resolvePath(root, 'supabase/migrations')], 'supabase', outcome.supabase?.position.unknown ?? []);
  } else if (supabase !== null) add(supabase.project.root, [supabase.project.migrationsFolder], 'supabase', outcome.position.unknown);
  return found;
}
