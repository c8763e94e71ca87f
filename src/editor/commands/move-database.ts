import * as vscode from 'vscode';
import { connect } from '../../database/connect';
import { displayTarget } from '../../database/connection-target';
import { readVersions } from '../../database/versions';
import { formatMessage } from '../../engine/text/problem';
import { migrateByAlembic } from '../../runner/migrate';
import { at } from '../../runner/outcome-words';
import { planByAlembic, type MigrationVerb } from '../../runner/plan';
import { migrationText } from '../../workspace/migration-text';
import type { Connection } from '../connection-setting';
import { reach, type Reach } from '../connection-source';
import { toUri } from '../convert';
import { explain, projectOf, supabaseOf, versionTableOf } from '../databases';
import { agree } from '../moving/agree';
import { moveByFiles } from '../moving/files';
import { schemaBefore } from '../moving/schema-before';
import { requireSaved } from '../moving/saved';
import { stampByFiles } from '../moving/stamp-files';
import { chooseTarget } from '../moving/target';
import { timeoutsOf } from '../moving/timeouts';
import { runWhole } from '../moving/whole-run';
import type { Parts } from '../parts';
import { readSettings } from '../settings';
import type { OpenProject } from '../project';
import { pythonOf, pythonProblem, toUserProblem } from '../python';
import { stateWords } from '../views/database-nodes';
import { UserProblem, withProgress } from './command';
import { back, pick, type Choice } from './wizard';

export interface MoveRequest {
  /** The clicked connection's id. */
  readonly connection: string | null;
  /** The clicked revision's id. */
  readonly revision: string | null;
  /** The clicked version of a SQL migration that no file has. */
  readonly unknown?: string | null;
}

export const moveTitles: Readonly<Record<MigrationVerb, string>> = { upgrade: 'Upgrade Database', downgrade: 'Downgrade Database', stamp: 'Stamp Database' };

/**
 * *Upgrade Database…*, *Downgrade Database…*, *Stamp Database…*: chooses the database and the target, shows the SQL and asks, has
 * the project's own Alembic do it, and tells what stands.
 */
export async function moveDatabase(parts: Parts, verb: MigrationVerb, request: MoveRequest): Promise<void> {
  await parts.projects.ready;
  if (!vscode.workspace.isTrusted) throw new UserProblem('This workspace is not trusted, so its Python is not run and no database is changed. Trust it first (Workspaces: Manage Workspace Trust).');
  const connection = await chooseConnection(parts, verb, request.connection);
  const reached = await reach(connection, parts.connections, projectOf(parts.projects, connection));
  if (reached.kind === 'problem') throw new UserProblem(`${connection.name}: ${reached.advice}`);
  const { unknown = null } = request;
  const supabase = supabaseOf(parts.projects, connection);
  if (supabase !== null) return moveByFiles(parts, { verb, connection, reached, supabase, upTo: request.revision ?? unknown });
  const project = projectOf(parts.projects, connection);
  const beside = project?.project.supabase;
  if (unknown !== null && beside !== undefined) return stampByFiles(parts, { connection, reached, project: beside, clicked: unknown });
  if (project === null) throw new UserProblem(`No project with migrations is open that ${connection.name} belongs to.`);
  await moveByRevisions(parts, { verb, connection, reached, project, revision: request.revision });
}

interface Move {
  readonly verb: MigrationVerb;
  readonly connection: Connection;
  readonly reached: Extract<Reach, { kind: 'target' }>;
  readonly project: OpenProject;
  readonly revision: string | null;
}

async function moveByRevisions(parts: Parts, { verb, connection, reached, project, revision }: Move): Promise<void> {
  const { log } = parts;
  const { target, password } = reached;
  const timeouts = timeoutsOf(toUri(project.project.configPath));
  await requireSaved([project.project.scriptLocation, ...project.project.versionLocations]);
  const versionTable = versionTableOf(project);
  const { xArguments } = readSettings(toUri(project.project.configPath));
  const found = await withProgress(`Asking where ${connection.name} stands`, async (signal) => {
    const python = await pythonOf(project.project, log, signal);
    if (python.kind === 'none') throw pythonProblem(python);
    const database = await connect(target, password, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new UserProblem(`${connection.name}: ${explain(error, target).advice}`);
    });
    try {
      const { applied, problems } = await readVersions(database, versionTable);
      const [obstacle] = problems;
      if (obstacle !== undefined) throw new UserProblem(formatMessage(obstacle.message));
      return { python: python.python.path, heads: applied, server: database.server };
    } finally {
      await database.close();
    }
  });
  const { python, heads, server } = found;
  const title = `${moveTitles[verb]}: ${connection.name}`;
  const destination = await chooseTarget(verb, project.history, heads, { title }, revision);
  const shown = await withProgress(`Asking Alembic for the steps to ${destination}`, async (signal) => {
    try {
      const plan = await planByAlembic({ project: project.project, python, verb, revisions: [destination], heads, xArguments, signal, log: (line) => log.debug(line) });
      const standing = `It stands at ${at(heads)}, and at ${at(plan.steps.at(-1)?.heads ?? heads)} afterwards.`;
      const desired = await parts.modelFiles.desired(project);
      const text = await migrationText({
        workspace: parts.workspace,
        project: { project: project.project, graph: project.history },
        verb,
        steps: plan.steps,
        sql: await parts.sqlParser(),
        convention: desired?.convention ?? null,
        postgresVersion: Math.floor(server.versionNumber / 10_000),
        head: [`${verb} of ${connection.name}: ${displayTarget(target)}, ${connection.environment}`, `PostgreSQL ${server.version}. ${standing}`],
      });
      return { plan, standing, text };
    } catch (error) {
      signal.throwIfAborted();
      throw await toUserProblem(error, log);
    }
  });
  const { plan, standing, text } = shown;
  if (plan.steps.length === 0) {
    void vscode.window.showInformationMessage(`There is nothing to do: ${connection.name} stands at ${at(heads)}.`);
    return;
  }
  const revisions = plan.steps.flatMap(({ id, message }) => (id === null ? [] : [`${id} ${message}`.trimEnd()]));
  const agreed = await agree(parts, { connection, verb, target: displayTarget(target), databaseName: server.database, standing, revisions, text });
  log.info(`${verb} of ${connection.name} (${displayTarget(target)}) to ${destination}`);
  const before = verb === 'stamp' ? null : await schemaBefore(parts, connection, versionTable);
  await runWhole(parts, {
    connection,
    target,
    form: 'alembic',
    plan,
    before,
    shown: agreed,
    start: (signal, onProgress, onServerProcess) => migrateByAlembic({ project: project.project, python, target, password, versionTable, plan, xArguments, timeouts, signal, onProgress, onServerProcess, log: (line) => log.info(line) }),
  });
}

/** The clicked one; else one of several, or a production one, is chosen by hand. Production is never what Enter takes. */
async function chooseConnection(parts: Parts, verb: MigrationVerb, id: string | null): Promise<Connection> {
  const states = parts.databases.states();
  const clicked = states.find(({ connection }) => connection.id === id);
  if (clicked !== undefined) return clicked.connection;
  const [first, ...others] = states;
  if (first === undefined) throw new UserProblem('No database is connected. Connect one first (Alembic: Connect Database…).');
  if (others.length === 0 && first.connection.environment !== 'production') return first.connection;
  const active = parts.connections.active();
  const sorted = [...states].sort((a, b) => Number(a.connection.environment === 'production') - Number(b.connection.environment === 'production'));
  const choices = sorted.map(({ connection, target, outcome }): Choice<Connection> => ({
    label: `$(${connection.environment === 'production' ? 'alert' : 'database'}) ${connection.name}`,
    description: [connection.environment, connection.id === active?.id ? 'active' : ''].filter((part) => part !== '').join(' · '),
    detail: [stateWords(outcome), target ?? ''].filter((part) => part !== '').join(' · '),
    value: connection,
  }));
  const picked = await pick({ title: moveTitles[verb] }, `Which database is to be ${verb === 'stamp' ? 'stamped' : `${verb}d`}?`, choices, ({ value }) => value.id === active?.id && value.environment !== 'production');
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}
