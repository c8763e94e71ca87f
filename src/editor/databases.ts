import * as vscode from 'vscode';
import { connect } from '../database/connect';
import { displayTarget, type ConnectionTarget } from '../database/connection-target';
import { parseConnectionUrl } from '../database/connection-url';
import { explainConnectionError } from '../database/doctor';
import { readApplied, readSupabaseBeside } from '../database/versions';
import type { QualifiedName } from '../engine/schema/schema';
import { formatMessage } from '../engine/text/problem';
import type { Connection } from './connection-setting';
import type { Connections } from './connections';
import { isCancellation, reasonOf, type Log } from './log';
import type { OpenProject, OpenSupabase, Projects } from './project';
import { onSettingsChange, readSettings } from './settings';
import { oneAtATime } from './timing';
import { positionOf, stateWords, supabasePositionOf, type DatabaseOutcome, type DatabaseState } from './views/database-nodes';

/** What is known of the connected databases, kept fresh. */
export interface Databases extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** A database was looked at, whether it changed or not: with the connection's id. */
  readonly onDidLook: vscode.Event<string>;
  states(): readonly DatabaseState[];
  /** Looks at all databases, or at one, now; each by itself, so that a silent one holds up nobody. */
  refresh(id?: string): Promise<void>;
  /** Somebody looks at the view: then it is also refreshed at intervals. */
  setWatched(watched: boolean): void;
}

/** How to reach a connection's database, or why that cannot be known. */
export type Reach =
  | { readonly kind: 'target'; readonly target: ConnectionTarget; readonly password: string | null }
  | { readonly kind: 'problem'; readonly reason: string; readonly advice: string };

/** What a look at the database gave, before it is held against the history. */
type Look =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'versions'; readonly versions: readonly string[]; readonly hasVersionTable: boolean; readonly beside: Beside | null }
  | { readonly kind: 'unreachable'; readonly reason: string; readonly advice: string };

/** What Supabase's CLI noted down in a database whose history is Alembic's, or why that can't be read. */
interface Beside {
  readonly versions: readonly string[];
  readonly problem: string | null;
}

interface Seen {
  readonly target: string | null;
  readonly look: Look;
}

/** Who goes to and fro between windows does not ask the servers each time. */
const stillFresh = 5_000;

export function watchDatabases(connections: Connections, projects: Projects, log: Log): Databases {
  const changed = new vscode.EventEmitter<void>();
  const looked = new vscode.EventEmitter<string>();
  const seen = new Map<string, Seen>();
  const lookers = new Map<string, () => Promise<void>>();
  let watched = false;
  let lastLook = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const note = (connection: Connection, next: Seen): void => {
    const before = seen.get(connection.id);
    if (JSON.stringify(before) === JSON.stringify(next)) return;
    seen.set(connection.id, next);
    log.info(`${connection.name}: ${stateWords(outcomeOf(next, projects, connection))}`);
    changed.fire();
  };
  const look = async (connection: Connection): Promise<void> => {
    if (!vscode.workspace.isTrusted) return;
    if (!seen.has(connection.id)) note(connection, { target: null, look: { kind: 'connecting' } });
    note(connection, await lookAt(connection, connections, projects));
    looked.fire(connection.id);
  };
  const refreshOne = (connection: Connection): Promise<void> => {
    // One look at a time a database: a slow one is not asked again while it thinks.
    let looker = lookers.get(connection.id);
    if (looker === undefined) {
      looker = oneAtATime(async () => {
        const current = connections.list().find(({ id }) => id === connection.id);
        if (current !== undefined) await look(current);
      });
      lookers.set(connection.id, looker);
    }
    return looker();
  };
  const refresh = async (id?: string): Promise<void> => {
    await projects.ready;
    if (id === undefined) lastLook = Date.now();
    const wanted = connections.list().filter((connection) => id === undefined || connection.id === id);
    await Promise.all(wanted.map(refreshOne));
  };
  const forget = (): void => {
    const ids = new Set(connections.list().map(({ id }) => id));
    for (const id of [...seen.keys()]) if (!ids.has(id)) seen.delete(id);
    changed.fire();
  };
  const schedule = (): void => {
    clearTimeout(timer);
    const { refreshInterval } = readSettings();
    if (refreshInterval === 0) return;
    timer = setTimeout(() => {
      const quiet = !watched || !vscode.window.state.focused;
      void (quiet ? Promise.resolve() : refresh()).finally(schedule);
    }, refreshInterval * 1000);
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    looked,
    connections.onDidChange(() => {
      forget();
      void refresh();
    }),
    // Revisions that come or go move every database in the history, but none of them need be asked for that.
    projects.onDidChange(() => changed.fire()),
    projects.onDidReconfigure(() => void refresh()),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && Date.now() - lastLook > stillFresh) void refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void refresh()),
    onSettingsChange(['refreshInterval'], schedule),
  );
  schedule();
  void refresh();

  return {
    onDidChange: changed.event,
    onDidLook: looked.event,
    states: () =>
      connections.list().map((connection): DatabaseState => {
        const known = seen.get(connection.id) ?? { target: null, look: { kind: 'connecting' } };
        const outcome: DatabaseOutcome = vscode.workspace.isTrusted ? outcomeOf(known, projects, connection) : { kind: 'restricted' };
        return { connection, target: known.target, outcome, form: supabaseOf(projects, connection) === null ? 'alembic' : 'supabase' };
      }),
    refresh,
    setWatched: (value) => {
      if (value && !watched) void refresh();
      watched = value;
    },
    dispose: () => {
      clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}

/** The project whose history a connection is held against; null: there is none, or it is not clear which. */
export function projectOf(projects: Projects, connection: Connection): OpenProject | null {
  if (connection.project !== null) return projects.byId(connection.project);
  const [only, ...others] = projects.all();
  return only !== undefined && others.length === 0 ? only : (projects.all().find(({ project }) => project.section === 'alembic') ?? only ?? null);
}

/** The Supabase project whose files a connection is held against; null: there is none, or an Alembic history is its own. */
export function supabaseOf(projects: Projects, connection: Connection): OpenSupabase | null {
  if (projectOf(projects, connection) !== null) return null;
  return projects.supabase().find(({ id }) => connection.project === null || connection.project === id) ?? null;
}

/** Where a connection leads today: its source is read anew each time, so that a corrected alembic.ini counts at once. */
export async function reach(connection: Connection, connections: Connections, project: OpenProject | null): Promise<Reach> {
  const found = targetOf(connection, project);
  if (found.kind === 'problem') return found;
  const password = (await connections.password(connection.id, displayTarget(found.target))) ?? found.password;
  return { ...found, password };
}

/** The same with the password of its source alone: one that was typed in is looked up only where a new connection is made. */
export function targetOf(connection: Connection, project: OpenProject | null): Reach {
  const url = urlOf(connection, project);
  if (typeof url !== 'string') return { kind: 'problem', ...url };
  const parsed = parseConnectionUrl(url);
  if (parsed.kind === 'invalid') return { kind: 'problem', reason: 'its URL cannot be read', advice: formatMessage(parsed.reason) };
  return { kind: 'target', target: parsed.target, password: parsed.password };
}

function urlOf(connection: Connection, project: OpenProject | null): string | { readonly reason: string; readonly advice: string } {
  switch (connection.source.kind) {
    case 'url':
      return connection.source.url;
    case 'alembicIni':
      if (project === null) return { reason: 'its Alembic project is gone', advice: 'Disconnect it, or open the folder that holds its alembic.ini.' };
      return (
        project.project.url ?? { reason: 'alembic.ini has no URL', advice: `Set sqlalchemy.url in ${project.project.configPath}, or connect with a URL of its own.` }
      );
    case 'variable': {
      const value = process.env[connection.source.name];
      if (value !== undefined && value !== '') return value;
      return {
        reason: `${connection.source.name} is not set`,
        advice: `The environment that the editor was started with has no ${connection.source.name}. Set it and start the editor again.`,
      };
    }
  }
}

async function lookAt(connection: Connection, connections: Connections, projects: Projects): Promise<Seen> {
  const project = projectOf(projects, connection);
  const found = await reach(connection, connections, project);
  if (found.kind === 'problem') return { target: null, look: { kind: 'unreachable', reason: found.reason, advice: found.advice } };
  const target = displayTarget(found.target);
  try {
    const database = await connect(found.target, found.password, { statementTimeout: 10_000 });
    try {
      const form = supabaseOf(projects, connection) === null ? 'alembic' : 'supabase';
      const { applied, present, problems } = await readApplied(database, form, versionTableOf(project));
      const [obstacle] = problems;
      if (obstacle !== undefined) return { target, look: { kind: 'unreachable', reason: 'its versions cannot be read', advice: formatMessage(obstacle.message) } };
      const beside = form === 'alembic' ? await readSupabaseBeside(database) : null;
      return { target, look: { kind: 'versions', versions: applied, hasVersionTable: present, beside: beside && { versions: beside.applied, problem: beside.problems[0] === undefined ? null : formatMessage(beside.problems[0].message) } } };
    } finally {
      await database.close();
    }
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { target, look: { kind: 'unreachable', ...explain(error, found.target) } };
  }
}

/** Alembic's table in this project, as env.py names it. */
export function versionTableOf(project: OpenProject | null): QualifiedName {
  const env = project?.project.env;
  return { schema: env?.versionTableSchema ?? null, name: env?.versionTable ?? 'alembic_version' };
}

/** A short reason for the node, the whole explanation for the line below it. */
export function explain(error: unknown, target: ConnectionTarget): { readonly reason: string; readonly advice: string } {
  const advice = formatMessage(explainConnectionError(error, target));
  return { reason: shortReason(error), advice };
}

function shortReason(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'host not found';
    case 'ETIMEDOUT':
      return 'no answer';
    case '28P01':
    case '28000':
      return 'login refused';
    case '3D000':
      return 'no such database';
    case '57014':
      return 'took too long';
    default:
      return firstLine(reasonOf(error));
  }
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? text;
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function outcomeOf({ look }: Seen, projects: Projects, connection: Connection): DatabaseOutcome {
  switch (look.kind) {
    case 'connecting':
    case 'unreachable':
      return look;
    case 'versions': {
      const [project, supabase] = [projectOf(projects, connection), supabaseOf(projects, connection)];
      const position = project !== null ? positionOf(project.history, look.versions) : supabase !== null ? supabasePositionOf(supabase.migrations, look.versions) : null;
      if (position === null) return { kind: 'noHistory', reason: 'connected, but no project with migrations is open' };
      const supabaseBeside = project === null || look.beside === null ? null : { problem: look.beside.problem, position: supabasePositionOf(project.supabaseMigrations, look.beside.versions) };
      return { kind: 'read', versions: look.versions, hasVersionTable: look.hasVersionTable, position, supabase: supabaseBeside };
    }
  }
}
