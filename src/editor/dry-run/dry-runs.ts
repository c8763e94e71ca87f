import * as vscode from 'vscode';
import { connect } from '../../database/connect';
import type { ConnectionTarget } from '../../database/connection-target';
import { readDefinitions } from '../../database/read-definitions';
import type { Timeouts } from '../../database/timeouts';
import type { DryRun } from '../../engine/dry-run/dry-run';
import { message } from '../../engine/text/problem';
import type { SchemaStatement } from '../../engine/render/schema-sql';
import { dryRun, dryRunRolledBack } from '../../workspace/dry-run/dry-run';
import type { DryRunRequest } from '../../workspace/dry-run/request';
import { startEmbeddedServer } from '../../workspace/dry-run/embedded';
import { openRolledBackServer, startTemporaryServer } from '../../workspace/dry-run/on-server';
import type { RolledBackPlan } from '../../workspace/dry-run/rolled-back';
import type { Log } from '../careful-log';
import type { Connection } from '../connection-setting';
import { toPath, toUri } from '../convert';
import { activeDatabase, type ReviewParts } from '../diagnostics/review-text';
import { readSettings } from '../settings';
import { pythonOf } from '../python';
import { createDryRunMarks } from './marks';

/** For who keeps what was done with drafts. */
export interface DryRunDone {
  readonly path: string;
  readonly text: string;
  readonly run: DryRun;
  /** On whose server; null: the embedded one. */
  readonly connection: Connection | null;
}

/** A connection, and how it is reached. */
export interface Reached {
  readonly connection: Connection;
  readonly target: ConnectionTarget;
  readonly password: string | null;
  readonly timeouts: Timeouts;
}

/** What dry runs told of drafts, for the very text that they tried. */
export interface DryRuns extends vscode.Disposable {
  /** A dry run has ended, whatever came of it. */
  readonly onDidRun: vscode.Event<DryRunDone>;
  /** Tries the document's text as it is now, and shows on its lines what became of it. Null: it is neither a revision nor SQL. */
  run(document: vscode.TextDocument, signal: AbortSignal, report: (what: string) => void): Promise<DryRun | null>;
  /** The same in a transaction of a database that is rolled back. */
  runRolledBack(document: vscode.TextDocument, request: Omit<DryRunRequest, 'start'>, plan: RolledBackPlan, at: Reached): Promise<DryRun>;
  /** The same in a database of its own beside the connected one. */
  runTemporary(document: vscode.TextDocument, request: Omit<DryRunRequest, 'start'>, at: Reached): Promise<DryRun | null>;
  /** What a dry run needs to know of a draft's surroundings. */
  around(path: string): Promise<Surroundings>;
  /** Of exactly this text; null: none was made. */
  of(path: string, text: string): DryRun | null;
}

export function createDryRuns(parts: ReviewParts & { readonly log: Log }): DryRuns {
  const made = new Map<string, { readonly text: string; readonly run: DryRun }>();
  const marks = createDryRunMarks();
  const done = new vscode.EventEmitter<DryRunDone>();
  const keep = (document: vscode.TextDocument, text: string, run: DryRun, connection: Connection | null = null): DryRun => {
    made.set(toPath(document.uri), { text, run });
    // Typed into meanwhile: it told of another text.
    if (document.getText() === text) marks.show(document, run);
    done.fire({ path: toPath(document.uri), text, run, connection });
    return run;
  };
  return {
    onDidRun: done.event,
    run: async (document, signal, report) => {
      const path = toPath(document.uri);
      const text = document.getText();
      await parts.projects.ready;
      const run = await dryRun({ ...(await around(parts, path)), path, text, signal, report, log: (line) => parts.log.debug(line), ...python(parts, path, signal), start: (extensions) => startEmbeddedServer({ extensions, signal }) });
      signal.throwIfAborted();
      return run && keep(document, text, run);
    },
    runRolledBack: async (document, request, plan, { connection, target, password, timeouts }) => {
      const onBlocked = (holders: string): void => request.report?.(`Waiting for a lock that is held by ${holders}…`);
      const run = await dryRunRolledBack(request, plan, await openRolledBackServer(target, password, { timeouts, onBlocked, signal: request.signal }));
      return keep(document, request.text, run, connection);
    },
    runTemporary: async (document, request, { connection, target, password, timeouts }) => {
      const run = await dryRun({ ...request, definitions: await definitionsOf(target, password), start: () => startTemporaryServer(target, password, { timeouts, signal: request.signal }) });
      return run && keep(document, request.text, run, connection);
    },
    around: (path) => around(parts, path),
    of: (path, text) => {
      const known = made.get(path);
      return known?.text === text ? known.run : null;
    },
    dispose: () => vscode.Disposable.from(marks, done).dispose(),
  };
}

/** The project's own Python, for what is not understood without running it; in a restricted window none is run. */
function python({ projects, log }: { readonly projects: ReviewParts['projects']; readonly log: Log }, path: string, signal: AbortSignal): Pick<DryRunRequest, 'python' | 'xArguments'> {
  const project = projects.ofRevision(path)?.project;
  if (project === undefined) return {};
  return { xArguments: readSettings(toUri(project.configPath)).xArguments, python: vscode.workspace.isTrusted ? () => pythonOf(project, log, signal) : { kind: 'none', reason: message('The window is in restricted mode, in which no code of the project is run. Trust the folder (Workspaces: Manage Workspace Trust) and try again.') } };
}

type Surroundings = Pick<DryRunRequest, 'workspace' | 'project' | 'database' | 'desired' | 'convention' | 'sql' | 'definitions' | 'postgresVersion'>;

async function definitionsOf(target: ConnectionTarget, password: string | null): Promise<readonly SchemaStatement[]> {
  const database = await connect(target, password);
  try {
    return await readDefinitions(database);
  } finally {
    await database.close();
  }
}

/** What a dry run needs to know of a draft's surroundings: the same that its review knows. */
async function around(parts: ReviewParts, path: string): Promise<Surroundings> {
  await parts.projects.ready;
  const project = parts.projects.ofRevision(path);
  const migration = project === null ? parts.projects.ofMigration(path) : null;
  const home = project ?? migration?.supabase ?? null;
  const declared = project ?? migration?.models ?? null;
  const [sql, models, database] = await Promise.all([parts.sqlParser(), declared && parts.modelFiles.desired(declared), home && activeDatabase(parts, home)]);
  const postgresVersion = database?.serverVersion ?? readSettings(toUri(path)).postgresVersion;
  return {
    workspace: parts.workspace,
    project: project && { project: project.project, graph: project.history, kept: project.kept },
    database: database && { schema: database.schema, applied: database.applied },
    desired: models?.value ?? null,
    convention: project === null ? null : (models?.convention ?? null),
    sql,
    definitions: database === null ? [] : await database.definitions(),
    ...(postgresVersion === null ? {} : { postgresVersion }),
  };
}
