import * as vscode from 'vscode';
import { connect } from '../database/connect';
import { displayTarget, type ConnectionTarget } from '../database/connection-target';
import { explainConnectionError } from '../database/doctor';
import { readApplied, readSupabaseBeside } from '../database/versions';
import { positionOf, supabasePositionOf } from '../engine/history/position';
import type { QualifiedName } from '../engine/schema/schema';
import { formatMessage } from '../engine/text/problem';
import type { Connection } from './connection-setting';
import { reach } from './connection-source';
import type { Connections } from './connections';
import type { Log } from './careful-log';
import { isCancellation, reasonOf } from './log';
import type { OpenProject, OpenSupabase, Projects } from './project';
import { afterFailure, hasSlept, isDue, type Patience } from './patience';
import { onSettingsChange, readSettings } from './settings';
import { oneAtATime } from './timing';
import { stateWords, type DatabaseOutcome, type DatabaseState } from './views/database-nodes';

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
  /** Its versions were read in this session. */
  readonly wasThere: boolean;
  /** Null: it can be reached. */
  readonly patience: Patience | null;
}

/** Who goes to and fro between windows does not ask the servers each time. */
const stillFresh = 5_000;

export function watchDatabases(connections: Connections, projects: Projects, log: Log): Databases {
  const changed = new vscode.EventEmitter<void>();
  const looked = new vscode.EventEmitter<string>();
  const seen = new Map<string, Seen>();
  const lookers = new Map<string, () => Promise<void>>();
  const looking = new Set<string>();
  let watched = false;
  let lastLook = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const note = (connection: Connection, next: Seen): void => {
    const before = seen.get(connection.id);
    if (JSON.stringify(before) === JSON.stringify(next)) return;
    seen.set(connection.id, next);
    const words = stateWords(outcomeOf(next, projects, connection));
    if (before === undefined || words !== stateWords(outcomeOf(before, projects, connection))) log.info(`${connection.name}: ${words}`);
    changed.fire();
  };
  const look = async (connection: Connection): Promise<void> => {
    if (!vscode.workspace.isTrusted) return;
    if (!seen.has(connection.id)) note(connection, { target: null, look: { kind: 'connecting' }, wasThere: false, patience: null });
    looking.add(connection.id);
    const found = await lookAt(connection, connections, projects).finally(() => looking.delete(connection.id));
    const before = seen.get(connection.id);
    const isThere = found.look.kind === 'versions';
    note(connection, {
      ...found,
      wasThere: isThere || before?.wasThere === true,
      patience: isThere ? null : afterFailure(before?.patience ?? null, Date.now(), readSettings().refreshInterval * 1000),
    });
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
  /** Those that can be reached, and of the others those whose time has come. */
  const refreshDue = async (): Promise<void> => {
    await projects.ready;
    lastLook = Date.now();
    const due = connections.list().filter(({ id }) => !looking.has(id) && isDue(seen.get(id)?.patience ?? null, Date.now()));
    await Promise.all(due.map(refreshOne));
    // How long the others still wait is said anew.
    if (due.length < connections.list().length) changed.fire();
  };
  /** After a sleep nothing of what was found says anything, and no pause was meant to last through it. */
  const wake = (): void => {
    for (const [id, known] of seen) seen.set(id, { ...known, patience: null });
    void refresh();
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
    const planned = Date.now() + refreshInterval * 1000;
    timer = setTimeout(() => {
      const slept = hasSlept(planned, Date.now());
      const quiet = !watched || !vscode.window.state.focused;
      if (slept) wake();
      // A silent one is waited for by nobody: it takes no part in the next round before it has answered.
      if (!quiet && !slept) void refreshDue();
      schedule();
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
      if (focused && Date.now() - lastLook > stillFresh) void refreshDue();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void refresh()),
    // A terminal and a task of this window take the focus from nobody: what they did is looked for when they have done it.
    vscode.window.onDidEndTerminalShellExecution(({ execution }) => {
      if (mayMoveDatabases(execution.commandLine.value) || Date.now() - lastLook > stillFresh) void refreshDue();
    }),
    vscode.tasks.onDidEndTask(() => void refreshDue()),
    onSettingsChange(['refreshInterval'], schedule),
  );
  schedule();
  void refresh();

  return {
    onDidChange: changed.event,
    onDidLook: looked.event,
    states: () =>
      connections.list().map((connection): DatabaseState => {
        const known: Seen = seen.get(connection.id) ?? { target: null, look: { kind: 'connecting' }, wasThere: false, patience: null };
        const outcome: DatabaseOutcome = vscode.workspace.isTrusted ? outcomeOf(known, projects, connection) : { kind: 'restricted' };
        const retryAt = known.patience?.retryAt ?? null;
        const waiting = outcome.kind === 'unreachable' ? { ...outcome, retryIn: retryAt === null ? null : Math.max(0, retryAt - Date.now()) } : outcome;
        return { connection, target: known.target, outcome: waiting, form: supabaseOf(projects, connection) === null ? 'alembic' : 'supabase' };
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

/** Programs that move a database, whoever calls them; others may do so, too, and are looked after with less haste. */
export function mayMoveDatabases(commandLine: string): boolean {
  return /\b(?:alembic|supabase|flask\s+db|psql|pg_restore|dropdb|createdb)\b/.test(commandLine);
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

async function lookAt(connection: Connection, connections: Connections, projects: Projects): Promise<Pick<Seen, 'target' | 'look'>> {
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
    if ((error as { readonly code?: unknown } | null)?.code === '28P01') connections.forgetPrinted(connection);
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
      return /timeout expired/.test(reasonOf(error)) ? 'no answer' : firstLine(reasonOf(error));
  }
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? text;
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Without how long it will be until the next try, which is another at each moment. */
function outcomeOf({ look, wasThere }: Seen, projects: Projects, connection: Connection): DatabaseOutcome {
  switch (look.kind) {
    case 'connecting':
      return look;
    case 'unreachable':
      return { ...look, isLost: wasThere };
    case 'versions': {
      const [project, supabase] = [projectOf(projects, connection), supabaseOf(projects, connection)];
      const position = project !== null ? positionOf(project.history, look.versions) : supabase !== null ? supabasePositionOf(supabase.migrations, look.versions) : null;
      if (position === null) return { kind: 'noHistory', reason: 'connected, but no project with migrations is open' };
      const supabaseBeside = project === null || look.beside === null ? null : { problem: look.beside.problem, position: supabasePositionOf(project.supabaseMigrations, look.beside.versions) };
      return { kind: 'read', versions: look.versions, hasVersionTable: look.hasVersionTable, position, supabase: supabaseBeside };
    }
  }
}
