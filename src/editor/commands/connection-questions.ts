import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { displayTarget, plainTarget, sslModes, type ConnectionTarget, type SslMode } from '../../database/connection-target';
import { parseConnectionUrl, toSqlAlchemyUrl } from '../../database/connection-url';
import { commandWords } from '../../database/command-words';
import { readEnvFile } from '../../engine/project/env-file';
import { linkedSupabaseUrl, localSupabaseUrl } from '../../engine/project/supabase-config';
import { formatMessage } from '../../engine/text/problem';
import { describeSource, type Connection, type ConnectionSource } from '../connection-setting';
import { supabaseFiles } from '../connection-source';
import type { Parts } from '../parts';
import type { OpenProject, OpenSupabase } from '../project';
import { UserProblem } from './command';
import { aside, back, input, inputOr, pick, type Back, type Choice, type Divider } from './wizard';

export const title = 'Connect Database';

export interface AskedSource {
  readonly source: ConnectionSource;
  /** That stood in what was entered. */
  readonly password: string | null;
}

/** Where the database is: every source that there is, with what it leads to. */
export async function chooseSource(parts: Parts, project: OpenProject | OpenSupabase): Promise<Connection> {
  const fresh = (source: ConnectionSource): Connection => ({
    id: randomUUID(),
    name: '',
    environment: 'development',
    source,
    passwordCommand: null,
    project: parts.projects.all().length + parts.projects.supabase().length > 1 ? project.id : null,
    origin: 'workspace',
  });
  const choices: (Choice<Connection> | Divider)[] = [
    { label: '$(link) Enter a URL…', detail: 'postgresql://user@host:5432/database', value: fresh({ kind: 'url', url: '' }) },
    { label: '$(list-flat) Fill in a form…', detail: 'host, port, database, user, TLS: one after the other', value: fresh(emptyForm) },
    ...('history' in project && project.project.url !== null ? [{ label: '$(file) Use the URL of alembic.ini', detail: urlDetail(project.project.url), value: fresh({ kind: 'alembicIni' }) }] : []),
    ...envFileSources(project).map(({ source, detail }) => ({ label: `$(gear) Use ${describeSource(source)}`, detail, value: fresh(source) })),
    ...supabaseSources(project).map(({ source, detail }) => ({ label: `$(zap) Use ${describeSource(source)}`, detail, value: fresh(source) })),
    ...environmentUrls().map(({ name, detail }) => ({ label: `$(symbol-variable) Use ${name} of the environment`, detail, value: fresh({ kind: 'variable', name }) })),
    { label: '$(symbol-variable) Use an environment variable…', detail: 'DATABASE_URL, for example', value: fresh({ kind: 'variable', name: '' }) },
  ];
  const fromSettings = parts.connections.disconnected();
  if (fromSettings.length > 0) choices.push({ label: 'named in the settings', kind: vscode.QuickPickItemKind.Separator });
  for (const connection of fromSettings) {
    choices.push({ label: `$(database) ${connection.name}`, description: connection.environment, detail: describeSource(connection.source), value: connection });
  }
  const picked = await pick({ title }, 'Where is the database?', choices);
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}

/** Asks for what the source still lacks. */
export async function askSource({ source }: Connection, project: OpenProject | OpenSupabase): Promise<AskedSource | Back> {
  switch (source.kind) {
    case 'alembicIni':
      if (!('history' in project)) throw new UserProblem('A Supabase project has no alembic.ini. Connect with a URL.');
      return { source, password: null };
    case 'envFile':
    case 'supabase':
      return { source, password: null };
    case 'variable':
      return askVariable(source.name);
    case 'url':
      return source === emptyForm ? askForm(plainTarget) : askUrl(source.url);
  }
}

/** A password that is typed, one that a command prints, or none (an empty text). */
export async function askPassword(target: ConnectionTarget, canGoBack: boolean): Promise<{ readonly password: string } | { readonly command: readonly string[] } | Back> {
  const button: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('terminal'), tooltip: 'Take the Password from a Command' };
  for (;;) {
    const prompt = `Password for ${displayTarget(target)}. It is kept in secret storage; leave it empty if none is needed.`;
    const asked = await inputOr({ title, canGoBack }, { prompt, password: true }, button);
    if (asked === back) return back;
    if (asked !== aside) return { password: asked };
    const command = await askCommand([]);
    if (command !== back) return { command };
  }
}

/** The command that prints the password, divided into words. */
export async function askCommand(known: readonly string[]): Promise<readonly string[] | Back> {
  const text = await input(
    { title, canGoBack: true },
    {
      prompt: 'The command that prints the password. It is run without a shell each time a connection is made.',
      value: known.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`)).join(' '),
      placeholder: 'op read op://team/database/password',
      validate: (value) => (commandWords(value) === null ? 'It needs a program with its arguments; for a pipe or a variable, write sh -c \'…\'.' : null),
    },
  );
  return text === back ? back : (commandWords(text) ?? back);
}

const emptyForm: ConnectionSource = { kind: 'url', url: '' };

async function askVariable(known: string): Promise<AskedSource | Back> {
  const name = await input(
    { title, canGoBack: true },
    {
      prompt: 'The name of the environment variable that holds the URL.',
      value: known,
      placeholder: 'DATABASE_URL',
      validate: (value) => {
        if (!/^\w+$/.test(value.trim())) return 'This is not the name of a variable.';
        return process.env[value.trim()] === undefined ? `The editor was started without ${value.trim()} in its environment. Set it and start the editor again.` : null;
      },
    },
  );
  return name === back ? back : { source: { kind: 'variable', name: name.trim() }, password: null };
}

async function askUrl(known: string): Promise<AskedSource | Back> {
  const text = await input(
    { title, canGoBack: true },
    {
      prompt: 'The URL of the database. The password is asked for apart.',
      value: known,
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
  for (const note of parsed.notes) void vscode.window.showInformationMessage(formatMessage(note));
  return { source: { kind: 'url', url: toSqlAlchemyUrl(parsed.target, null) }, password: parsed.password };
}

/** One field after the other; back goes to the one before. */
async function askForm(known: ConnectionTarget): Promise<AskedSource | Back> {
  let target = known;
  const ask = (prompt: string, value: string, placeholder: string, validate: (value: string) => string | null = () => null): Promise<string | Back> =>
    input({ title, canGoBack: true }, { prompt, value, placeholder, validate: (text) => validate(text.trim()) });
  const fields: readonly (() => Promise<ConnectionTarget | Back>)[] = [
    async () => {
      const host = await ask('The host: a name, an address, or the folder of a local socket. Empty: the local socket.', target.host ?? 'localhost', 'localhost', (text) => (/[\s"'<>@?#]/.test(text) ? 'No host has such a character.' : null));
      return host === back ? back : { ...target, host: host.trim().replace(/^\[(.*)\]$/, '$1') || null };
    },
    async () => {
      const port = await ask('The port.', String(target.port), '5432', (text) => (/^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65536 ? null : 'A port is a number from 1 to 65535.'));
      return port === back ? back : { ...target, port: Number(port) };
    },
    async () => {
      const database = await ask('The database.', target.database ?? '', 'postgres', (text) => (text === '' ? 'It needs a name.' : null));
      return database === back ? back : { ...target, database: database.trim() };
    },
    async () => {
      const user = await ask('The user.', target.user ?? '', 'postgres', (text) => (text === '' ? 'It needs a name.' : null));
      return user === back ? back : { ...target, user: user.trim() };
    },
    async () => {
      const choices = sslModes.map((mode): Choice<SslMode> => ({ label: mode, detail: tlsDetails[mode], value: mode }));
      const sslMode = await pick({ title, canGoBack: true }, 'How shall the connection be encrypted (sslmode)?', choices, ({ value }) => value === target.sslMode);
      return sslMode === back ? back : { ...target, sslMode };
    },
    async () => {
      if (!target.sslMode.startsWith('verify-')) return target;
      const file = await ask('The certificate of the authority that signed the server’s (sslrootcert). Empty: ~/.postgresql/root.crt; system: those that this machine trusts.', target.sslRootCert ?? '', '/path/to/root.crt');
      return file === back ? back : { ...target, sslRootCert: file.trim() || null };
    },
  ];
  for (let at = 0; at < fields.length; ) {
    const next = await fields[at]?.();
    if (next === undefined || (next === back && at === 0)) return back;
    if (next === back) at--;
    else {
      target = next;
      at++;
    }
  }
  return { source: { kind: 'url', url: toSqlAlchemyUrl(target, null) }, password: null };
}

const tlsDetails: Readonly<Record<SslMode, string>> = {
  disable: 'No TLS.',
  allow: 'TLS where the server insists on it.',
  prefer: 'TLS where the server can, as psql does when nothing is said.',
  require: 'TLS always; whom one talks to is not checked.',
  'verify-ca': 'TLS, and the certificate must be signed by an authority that is named here.',
  'verify-full': 'The same, and the certificate must be for this host: the only safe one over a network of strangers.',
};

function urlDetail(url: string): string {
  const parsed = parseConnectionUrl(url);
  return parsed.kind === 'target' ? displayTarget(parsed.target) : formatMessage(parsed.reason);
}

interface OfferedSource {
  readonly source: ConnectionSource;
  readonly detail: string;
}

/** Variables of the workspace's `.env` files that hold a URL of a PostgreSQL; samples that stand for a file to be written are left out. */
function envFileSources(project: OpenProject | OpenSupabase): readonly OfferedSource[] {
  const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const offered: OfferedSource[] = [];
  for (const folder of new Set([...roots, project.project.root])) {
    for (const name of namesIn(folder).filter((file) => /^\.env(\..+)?$|\.env$/.test(file) && !/\.(example|sample|template|dist|tpl)$/.test(file)).sort()) {
      const file = path.join(folder, name);
      const root = roots.find((one) => !path.relative(one, file).startsWith('..'));
      for (const [variable, value] of readEnvFile(textOf(file), process.env)) {
        const parsed = value !== null && /^postgres(ql)?(\+\w+)?:\/\//.test(value) ? parseConnectionUrl(value) : null;
        if (parsed?.kind === 'target') offered.push({ source: { kind: 'envFile', file: root === undefined ? file : path.relative(root, file).replaceAll('\\', '/'), variable }, detail: displayTarget(parsed.target) });
      }
    }
  }
  return offered;
}

/** Variables that hold a URL of PostgreSQL, where the editor was started with some. */
function environmentUrls(): readonly { readonly name: string; readonly detail: string }[] {
  return Object.keys(process.env).sort().flatMap((name) => {
    const value = process.env[name] ?? '';
    const parsed = /^postgres(ql)?(\+\w+)?:\/\//.test(value) ? parseConnectionUrl(value) : null;
    return parsed?.kind === 'target' ? [{ name, detail: displayTarget(parsed.target) }] : [];
  });
}

function supabaseSources(project: OpenProject | OpenSupabase): readonly OfferedSource[] {
  const folder = 'history' in project ? project.project.supabase?.root : project.project.root;
  if (folder === undefined || !existsSync(path.join(folder, 'supabase'))) return [];
  const files = supabaseFiles(folder);
  const offer = (which: 'local' | 'linked', url: string | null): readonly OfferedSource[] => {
    const parsed = url === null ? null : parseConnectionUrl(url);
    return parsed?.kind === 'target' ? [{ source: { kind: 'supabase', which, folder }, detail: displayTarget(parsed.target) }] : [];
  };
  return [...offer('local', localSupabaseUrl(files)), ...offer('linked', linkedSupabaseUrl(files))];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
