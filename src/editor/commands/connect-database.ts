import * as vscode from 'vscode';
import { connect } from '../../database/connect';
import { displayTarget, type ConnectionTarget } from '../../database/connection-target';
import { adviseOnPooling, adviseOnTarget } from '../../database/doctor';
import { findPooling } from '../../database/pooler';
import { formatMessage } from '../../engine/text/problem';
import { describeSource, environments, type Connection, type Environment } from '../connection-setting';
import { reach } from '../connection-source';
import type { Connections, Secret } from '../connections';
import { explain, projectOf } from '../databases';
import type { Parts } from '../parts';
import { noProject, type OpenProject, type OpenSupabase } from '../project';
import { withProgress, UserProblem } from './command';
import { askCommand, askPassword, askSource, chooseSource, title } from './connection-questions';
import { back, input, pick, type Choice } from './wizard';

/**
 * *Connect Database…*: where it is, its password, a try, what it is called. Called with a connection's id it corrects
 * that one. Nothing is kept before it worked, unless the person says so.
 */
export async function connectDatabase(parts: Parts, id?: string): Promise<string | undefined> {
  mustBeTrusted();
  await parts.projects.ready;
  const project = await chooseProject(parts);
  const known = parts.connections.list().find((connection) => connection.id === id);
  const draft = known ?? (await chooseSource(parts, project));
  // A variable that was offered has its name.
  const isWhole = known !== undefined || draft.origin === 'settings' || (draft.source.kind === 'variable' && draft.source.name !== '');
  const made = await untilConnected(parts, project, draft, isWhole ? 'password' : 'source', known !== undefined);
  const named = known ?? (draft.origin === 'settings' ? made.connection : await nameIt(parts.connections, made.connection, made.target));
  await keep(parts, { ...named, source: made.connection.source, passwordCommand: made.connection.passwordCommand }, made.secret);
  return named.id;
}

/** *Edit Connection…*: its name, what it is for, where it is, its password. One that the settings name is edited there, but for its password. */
export async function editConnection(parts: Parts, id?: string): Promise<void> {
  mustBeTrusted();
  await parts.projects.ready;
  const known = parts.connections.list().find((connection) => connection.id === id) ?? (await chooseConnection(parts.connections));
  const { origin, environment } = known;
  const choices: Choice<'name' | 'environment' | 'source' | 'password' | 'settings'>[] = [
    ...(origin === 'settings' ? [{ label: '$(settings-gear) Open the Settings', detail: 'Its name, place and environment are written there.', value: 'settings' as const }] : []),
    ...(origin === 'settings' ? [] : [
      { label: '$(edit) Name', description: known.name, value: 'name' as const },
      { label: '$(tag) Environment', description: environment, value: 'environment' as const },
      { label: '$(link) Where It Is', description: describeSource(known.source), value: 'source' as const },
    ]),
    { label: '$(key) Password', description: known.passwordCommand === null ? 'asked for anew' : `printed by ${known.passwordCommand[0] ?? ''}`, value: 'password' as const },
  ];
  const frame = { title: 'Edit Connection' };
  const what = await pick(frame, `What shall change of ${known.name}?`, choices);
  switch (what) {
    case back:
      return;
    case 'settings':
      await vscode.commands.executeCommand('workbench.action.openSettings', 'alembicReview.connections');
      return;
    case 'name': {
      const name = await askName(parts.connections, known.name, known.name);
      return parts.connections.change({ ...known, name });
    }
    case 'environment':
      return parts.connections.change({ ...known, environment: await askEnvironment(environment) });
    case 'source':
    case 'password': {
      const project = projectOf(parts.projects, known) ?? (await chooseProject(parts));
      const first = what === 'source' && known.source.kind !== 'url' && known.source.kind !== 'variable' ? { ...(await chooseSource(parts, project)), id: known.id } : known;
      const made = await untilConnected(parts, project, first, what, what === 'password');
      await keep(parts, { ...known, source: made.connection.source, passwordCommand: made.connection.passwordCommand }, made.secret);
    }
  }
}

function mustBeTrusted(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserProblem('This workspace is not trusted, so no database is connected from it. Trust it first (Workspaces: Manage Workspace Trust).');
}

async function keep(parts: Parts, connection: Connection, secret: Secret | null): Promise<void> {
  await parts.connections.save(connection, secret);
  parts.log.info(`Connected ${connection.name}: ${describeSource(connection.source)}`);
  await parts.databases.refresh(connection.id);
}

async function chooseConnection(connections: Connections): Promise<Connection> {
  const known = connections.list();
  if (known.length === 0) throw new UserProblem('No database is connected. Connect one first (Alembic: Connect Database…).');
  const choices = known.map((connection): Choice<Connection> => ({ label: `$(database) ${connection.name}`, description: connection.environment, detail: describeSource(connection.source), value: connection }));
  const picked = await pick({ title: 'Edit Connection' }, 'Which connection?', choices);
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}

async function chooseProject(parts: Parts): Promise<OpenProject | OpenSupabase> {
  const projects = [...parts.projects.all(), ...parts.projects.supabase()];
  const [first, ...others] = projects;
  if (first === undefined) throw new UserProblem(parts.projects.whyNone() ?? noProject);
  if (others.length === 0) return first;
  const choices = projects.map((project): Choice<OpenProject | OpenSupabase> => ({ label: project.name, description: project.project.configPath ?? project.project.root, value: project }));
  const picked = await pick({ title }, 'Which migrations belong to the database?', choices);
  return picked === back ? first : picked;
}

interface Made {
  readonly connection: Connection;
  readonly target: ConnectionTarget;
  readonly secret: Secret | null;
}

/** Asks for what is missing, tries it, explains what went wrong and lets the person correct that, until it works or is kept as it is. */
async function untilConnected(parts: Parts, project: OpenProject | OpenSupabase, first: Connection, start: 'source' | 'password', correcting: boolean): Promise<Made> {
  let connection = first;
  let password: string | null = null;
  let askAnew = correcting;
  let next: Correction = start;
  for (;;) {
    if (next === 'source') {
      const asked = await askSource(connection, project);
      if (asked === back) {
        connection = { ...(await chooseSource(parts, project)), id: first.id };
        continue;
      }
      connection = { ...connection, source: asked.source };
      password = asked.password;
      next = 'password';
    }
    if (next === 'command') {
      const asked = await askCommand(connection.passwordCommand ?? []);
      if (asked === back) throw new vscode.CancellationError();
      connection = { ...connection, passwordCommand: asked };
      next = 'try';
    }
    const found = await reach(connection, parts.connections, projectOf(parts.projects, connection) ?? ('history' in project ? project : null));
    if (found.kind === 'problem') {
      next = await askCorrection(connection, found.advice, false);
      continue;
    }
    const { target } = found;
    if (next === 'password' && password === null && (found.password === null || askAnew)) {
      const asked = await askPassword(target, connection.origin !== 'settings' && !correcting);
      if (asked === back) {
        next = 'source';
        continue;
      }
      if ('command' in asked) {
        connection = { ...connection, passwordCommand: asked.command };
        next = 'try';
        continue;
      }
      connection = { ...connection, passwordCommand: connection.origin === 'settings' ? connection.passwordCommand : null };
      password = asked.password === '' ? null : asked.password;
    }
    if (password !== null) parts.log.hide(password);
    const failure = await tryToConnect(target, password ?? found.password);
    const secret = password === null ? await keptSecret(parts.connections, connection, target) : { target: displayTarget(target), password };
    if (failure === null) return { connection, target, secret };
    parts.connections.forgetPrinted(connection);
    parts.log.warn(`${displayTarget(target)}: ${failure}`);
    next = await askCorrection(connection, failure, true);
    if (next === 'keep') return { connection, target, secret };
    if (next === 'password') {
      password = null;
      askAnew = true;
    }
  }
}

/** A password that was kept for the very same place stays. */
async function keptSecret(connections: Connections, connection: Connection, target: ConnectionTarget): Promise<Secret | null> {
  const place = displayTarget(target);
  const password = connection.passwordCommand === null ? await connections.password(connection, place) : null;
  return password === null ? null : { target: place, password };
}

/** Null: it works. Else what went wrong, for a person. What is unwise about it is said either way. */
async function tryToConnect(target: ConnectionTarget, password: string | null): Promise<string | null> {
  return withProgress(`Connecting to ${displayTarget(target)}`, async (signal) => {
    try {
      const database = await connect(target, password, { signal });
      try {
        const pooling = await findPooling(database, () => connect(target, password, { signal, connectTimeout: 3_000 }));
        for (const advice of [...adviseOnTarget(target), ...adviseOnPooling(target, pooling)]) void vscode.window.showWarningMessage(formatMessage(advice));
      } finally {
        await database.close();
      }
      return null;
    } catch (error) {
      signal.throwIfAborted();
      return explain(error, target).advice;
    }
  });
}

type Correction = 'source' | 'password' | 'command' | 'try' | 'keep';

/** A dialog, since the explanation must be read whole and answers what the person just did. */
async function askCorrection(connection: Connection, failure: string, reachable: boolean): Promise<Correction> {
  const { kind } = connection.source;
  const buttons: (vscode.MessageItem & { readonly value: Correction })[] = [];
  // What the settings, alembic.ini and other files say is corrected there.
  if (connection.origin !== 'settings' && (kind === 'url' || kind === 'variable')) {
    buttons.push({ title: kind === 'url' ? 'Correct the URL' : 'Name Another Variable', value: 'source' });
  }
  if (connection.passwordCommand !== null) {
    if (connection.origin !== 'settings') buttons.push({ title: 'Correct the Command', value: 'command' });
  } else if (reachable) buttons.push({ title: 'Enter the Password Again', value: 'password' });
  buttons.push({ title: 'Try Again', value: 'try' });
  if (reachable) buttons.push({ title: 'Keep It Anyway', value: 'keep' });
  const picked = await vscode.window.showErrorMessage('The database could not be reached.', { modal: true, detail: failure }, ...buttons);
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.value;
}

async function nameIt(connections: Connections, connection: Connection, target: ConnectionTarget): Promise<Connection> {
  const environment = await askEnvironment(guessEnvironment(target));
  const taken = connections.list().map(({ name }) => name);
  return { ...connection, environment, name: await askName(connections, freeName(target.database ?? target.user ?? 'database', taken), null) };
}

async function askEnvironment(active: Environment): Promise<Environment> {
  const choices = environments.map((environment): Choice<Environment> => ({ label: labels[environment], detail: details[environment], value: environment }));
  const environment = await pick({ title }, 'What is this database for?', choices, ({ value }) => value === active);
  if (environment === back) throw new vscode.CancellationError();
  return environment;
}

async function askName(connections: Connections, value: string, own: string | null): Promise<string> {
  const taken = connections.list().map(({ name }) => name).filter((name) => name !== own);
  const name = await input(
    { title },
    {
      prompt: 'What shall it be called?',
      value,
      validate: (text) => (text.trim() === '' ? 'It needs a name.' : taken.includes(text.trim()) ? `There is a connection called ${text.trim()} already.` : null),
    },
  );
  if (name === back) throw new vscode.CancellationError();
  return name.trim();
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
