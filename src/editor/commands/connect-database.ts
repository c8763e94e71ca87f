import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { connect } from '../../database/connect';
import { displayTarget, type ConnectionTarget } from '../../database/connection-target';
import { parseConnectionUrl, toSqlAlchemyUrl } from '../../database/connection-url';
import { adviseOnTarget } from '../../database/doctor';
import { formatMessage } from '../../engine/text/problem';
import { describeSource, environments, type Connection, type ConnectionSource, type Environment } from '../connection-setting';
import type { Connections, Secret } from '../connections';
import { explain, projectOf, reach } from '../databases';
import type { Parts } from '../parts';
import { noProject, type OpenProject, type OpenSupabase } from '../project';
import { withProgress, UserProblem } from './command';
import { back, input, pick, type Back, type Choice, type Divider } from './wizard';

/**
 * *Connect Database…*: where it is, its password, a try, what it is called. Called with a connection's id it corrects
 * that one. Nothing is kept before it worked, unless the person says so.
 */
export async function connectDatabase(parts: Parts, id?: string): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) {
    throw new UserProblem('This workspace is not trusted, so no database is connected from it. Trust it first (Workspaces: Manage Workspace Trust).');
  }
  await parts.projects.ready;
  const project = await chooseProject(parts);
  const known = parts.connections.list().find((connection) => connection.id === id);
  const draft = known ?? (await chooseSource(parts, project));
  const made = await untilConnected(parts, project, draft, known !== undefined);
  const named = known ?? (draft.origin === 'settings' ? made.connection : await nameIt(parts.connections, made.connection, made.target));
  const connection = { ...named, source: made.connection.source };
  await parts.connections.save(connection, made.secret);
  parts.log.info(`Connected ${connection.name}: ${describeSource(connection.source)}`);
  await parts.databases.refresh(connection.id);
  return connection.id;
}

const title = 'Connect Database';

async function chooseProject(parts: Parts): Promise<OpenProject | OpenSupabase> {
  const projects = [...parts.projects.all(), ...parts.projects.supabase()];
  const [first, ...others] = projects;
  if (first === undefined) throw new UserProblem(parts.projects.whyNone() ?? noProject);
  if (others.length === 0) return first;
  const choices = projects.map((project): Choice<OpenProject | OpenSupabase> => ({ label: project.name, description: project.project.configPath ?? project.project.root, value: project }));
  const picked = await pick({ title }, 'Which migrations belong to the database?', choices);
  return picked === back ? first : picked;
}

async function chooseSource(parts: Parts, project: OpenProject | OpenSupabase): Promise<Connection> {
  const fresh = (source: ConnectionSource): Connection => ({
    id: randomUUID(),
    name: '',
    environment: 'development',
    source,
    project: parts.projects.all().length + parts.projects.supabase().length > 1 ? project.id : null,
    origin: 'workspace',
  });
  const fromSettings = parts.connections.disconnected();
  const choices: (Choice<Connection> | Divider)[] = [
    { label: '$(link) Enter a URL…', detail: 'postgresql://user@host:5432/database', value: fresh({ kind: 'url', url: '' }) },
    ...('history' in project ? [{ label: '$(file) Use the URL of alembic.ini', detail: iniDetail(project), value: fresh({ kind: 'alembicIni' }) }] : []),
    { label: '$(symbol-variable) Use an environment variable…', detail: 'DATABASE_URL, for example', value: fresh({ kind: 'variable', name: '' }) },
  ];
  if (fromSettings.length > 0) choices.push({ label: 'named in the settings', kind: vscode.QuickPickItemKind.Separator });
  for (const connection of fromSettings) {
    choices.push({ label: `$(database) ${connection.name}`, description: connection.environment, detail: describeSource(connection.source), value: connection });
  }
  const picked = await pick({ title }, 'Where is the database?', choices);
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}

function iniDetail(project: OpenProject): string {
  if (project.project.url === null) return 'sets no sqlalchemy.url';
  const parsed = parseConnectionUrl(project.project.url);
  return parsed.kind === 'target' ? displayTarget(parsed.target) : formatMessage(parsed.reason);
}

interface Made {
  readonly connection: Connection;
  readonly target: ConnectionTarget;
  readonly secret: Secret | null;
}

/** Asks for what is missing, tries it, explains what went wrong and lets the person correct that, until it works or is kept as it is. */
async function untilConnected(parts: Parts, project: OpenProject | OpenSupabase, first: Connection, correcting: boolean): Promise<Made> {
  let connection = first;
  let password: string | null = null;
  let askAnew = correcting;
  let next: Correction = correcting || first.origin === 'settings' ? 'password' : 'source';
  for (;;) {
    if (next === 'source') {
      const asked = await askSource(connection, project);
      if (asked === back) {
        connection = await chooseSource(parts, project);
        continue;
      }
      connection = { ...connection, source: asked.source };
      password = asked.password;
      next = 'password';
    }
    const found = await reach(connection, parts.connections, projectOf(parts.projects, connection) ?? ('history' in project ? project : null));
    if (found.kind === 'problem') {
      next = await askCorrection(connection, found.advice, false);
      continue;
    }
    const { target } = found;
    if (next === 'password' && password === null && (found.password === null || askAnew)) {
      const asked = await input(
        { title, canGoBack: connection.origin !== 'settings' && !correcting },
        { prompt: `Password for ${displayTarget(target)}. It is kept in secret storage; leave it empty if none is needed.`, password: true },
      );
      if (asked === back) {
        next = 'source';
        continue;
      }
      password = asked === '' ? null : asked;
    }
    const failure = await tryToConnect(target, password ?? found.password);
    const secret = password === null ? null : { target: displayTarget(target), password };
    if (failure === null) {
      for (const advice of adviseOnTarget(target)) void vscode.window.showWarningMessage(formatMessage(advice));
      return { connection, target, secret };
    }
    parts.log.warn(`${displayTarget(target)}: ${failure}`);
    next = await askCorrection(connection, failure, true);
    if (next === 'keep') return { connection, target, secret };
    if (next === 'password') {
      password = null;
      askAnew = true;
    }
  }
}

async function askSource(
  connection: Connection,
  project: OpenProject | OpenSupabase,
): Promise<{ readonly source: ConnectionSource; readonly password: string | null } | Back> {
  const { source } = connection;
  if (source.kind === 'alembicIni') {
    if (!('history' in project)) throw new UserProblem('A Supabase project has no alembic.ini. Connect with a URL.');
    if (project.project.url === null) throw new UserProblem(`${project.project.configPath} sets no sqlalchemy.url. Set it there, or connect with a URL.`);
    return { source, password: null };
  }
  if (source.kind === 'variable') {
    const name = await input(
      { title, canGoBack: true },
      {
        prompt: 'The name of the environment variable that holds the URL.',
        value: source.name,
        placeholder: 'DATABASE_URL',
        validate: (value) => {
          if (!/^\w+$/.test(value.trim())) return 'This is not the name of a variable.';
          return process.env[value.trim()] === undefined ? `The editor was started without ${value.trim()} in its environment. Set it and start the editor again.` : null;
        },
      },
    );
    return name === back ? back : { source: { kind: 'variable', name: name.trim() }, password: null };
  }
  const text = await input(
    { title, canGoBack: true },
    {
      prompt: 'The URL of the database. The password is asked for apart.',
      value: source.url,
      placeholder: 'postgresql://user@host:5432/database',
      validate: (value) => {
        const parsed = parseConnectionUrl(value);
        return parsed.kind === 'invalid' ? formatMessage(parsed.reason) : null;
      },
    },
  );
  if (text === back) return back;
  const parsed = parseConnectionUrl(text);
  if (parsed.kind === 'invalid') return back;
  return { source: { kind: 'url', url: toSqlAlchemyUrl(parsed.target, null) }, password: parsed.password };
}

/** Null: it works. Else what went wrong, for a person. */
async function tryToConnect(target: ConnectionTarget, password: string | null): Promise<string | null> {
  return withProgress(`Connecting to ${displayTarget(target)}`, async (signal) => {
    try {
      const database = await connect(target, password, { signal });
      await database.close();
      return null;
    } catch (error) {
      signal.throwIfAborted();
      return explain(error, target).advice;
    }
  });
}

type Correction = 'source' | 'password' | 'try' | 'keep';

/** A dialog, since the explanation must be read whole and answers what the person just did. */
async function askCorrection(connection: Connection, failure: string, reachable: boolean): Promise<Correction> {
  const buttons: (vscode.MessageItem & { readonly value: Correction })[] = [];
  // What the settings or alembic.ini say is corrected there.
  if (connection.origin !== 'settings' && connection.source.kind !== 'alembicIni') {
    buttons.push({ title: connection.source.kind === 'url' ? 'Correct the URL' : 'Name Another Variable', value: 'source' });
  }
  if (reachable) buttons.push({ title: 'Enter the Password Again', value: 'password' });
  buttons.push({ title: 'Try Again', value: 'try' });
  if (reachable) buttons.push({ title: 'Keep It Anyway', value: 'keep' });
  const picked = await vscode.window.showErrorMessage('The database could not be reached.', { modal: true, detail: failure }, ...buttons);
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.value;
}

async function nameIt(connections: Connections, connection: Connection, target: ConnectionTarget): Promise<Connection> {
  const guess = guessEnvironment(target);
  const choices = environments.map((environment): Choice<Environment> => ({ label: labels[environment], detail: details[environment], value: environment }));
  const environment = await pick({ title }, 'What is this database for?', choices, ({ value }) => value === guess);
  if (environment === back) throw new vscode.CancellationError();
  const taken = connections.list().map(({ name }) => name);
  const name = await input(
    { title },
    {
      prompt: 'What shall it be called?',
      value: freeName(target.database ?? target.user ?? 'database', taken),
      validate: (value) => (value.trim() === '' ? 'It needs a name.' : taken.includes(value.trim()) ? `There is a connection called ${value.trim()} already.` : null),
    },
  );
  if (name === back) throw new vscode.CancellationError();
  return { ...connection, environment, name: name.trim() };
}

const labels: Readonly<Record<Environment, string>> = {
  development: '$(beaker) Development',
  staging: '$(server-environment) Staging',
  production: '$(alert) Production',
};

const details: Readonly<Record<Environment, string>> = {
  development: 'Migrations are tried here first.',
  staging: 'A stage before production.',
  production: 'Marked red; never chosen by itself.',
};

function guessEnvironment(target: ConnectionTarget): Environment {
  const text = `${target.host ?? ''} ${target.database ?? ''}`.toLowerCase();
  if (/\bprod(uction)?\b|[-_.]prod/.test(text)) return 'production';
  return /stag(e|ing)/.test(text) ? 'staging' : 'development';
}

function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.includes(`${wanted} ${number}`)) return `${wanted} ${number}`;
}
