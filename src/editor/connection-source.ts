import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { displayTarget, type ConnectionTarget } from '../database/connection-target';
import { parseConnectionUrl } from '../database/connection-url';
import { explainConnectionError } from '../database/doctor';
import { libpqEnvironment } from '../database/libpq-environment';
import { PasswordCommandFailure } from '../database/password-command';
import { readEnvFile } from '../engine/project/env-file';
import { linkedSupabaseUrl, localSupabaseUrl, type SupabaseFiles } from '../engine/project/supabase-config';
import { formatMessage } from '../engine/text/problem';
import type { Connection, ConnectionSource } from './connection-setting';
import type { Connections } from './connections';
import type { OpenProject } from './project';

/** How to reach a connection's database, or why that cannot be known. */
export type Reach =
  | { readonly kind: 'target'; readonly target: ConnectionTarget; readonly password: string | null }
  | Unreachable;

interface Unreachable {
  readonly kind: 'problem';
  readonly reason: string;
  readonly advice: string;
}

/** Where a connection leads today: its source is read anew each time, so that a corrected alembic.ini counts at once. */
export async function reach(connection: Connection, connections: Connections, project: OpenProject | null): Promise<Reach> {
  const found = targetOf(connection, project);
  if (found.kind === 'problem') return found;
  try {
    const password = (await connections.password(connection, displayTarget(found.target))) ?? found.password;
    if (password !== null) connections.uses(password);
    return { ...found, password };
  } catch (error) {
    if (!(error instanceof PasswordCommandFailure)) throw error;
    return { kind: 'problem', reason: 'its password command failed', advice: formatMessage(explainConnectionError(error, found.target)) };
  }
}

/** The same with the password of its source alone: one that was typed in is looked up only where a new connection is made. */
export function targetOf(connection: Connection, project: OpenProject | null): Reach {
  const url = urlOf(connection.source, project);
  if (typeof url !== 'string') return { kind: 'problem', ...url };
  const parsed = parseConnectionUrl(url, libpqEnvironment(process.env));
  if (parsed.kind === 'invalid') return { kind: 'problem', reason: 'its URL cannot be read', advice: formatMessage(parsed.reason) };
  const linked = connection.source.kind === 'supabase' && connection.source.which === 'linked';
  // What the CLI itself takes (Supabase CLI reference, `supabase link`).
  const password = parsed.password ?? (linked ? (process.env['SUPABASE_DB_PASSWORD'] ?? null) : null);
  return { kind: 'target', target: parsed.target, password };
}

type Found = string | Omit<Unreachable, 'kind'>;

function urlOf(source: ConnectionSource, project: OpenProject | null): Found {
  switch (source.kind) {
    case 'url':
      return source.url;
    case 'alembicIni':
      return urlOfConfiguration(project);
    case 'variable': {
      const value = process.env[source.name];
      if (value !== undefined && value !== '') return value;
      return {
        reason: `${source.name} is not set`,
        advice: `The environment that the editor was started with has no ${source.name}. Set it and start the editor again.`,
      };
    }
    case 'envFile':
      return urlOfEnvFile(source.file, source.variable, project);
    case 'supabase':
      return urlOfSupabase(source.which, source.folder ?? supabaseFolder(project));
  }
}

function urlOfConfiguration(project: OpenProject | null): Found {
  if (project === null) return { reason: 'its Alembic project is gone', advice: 'Disconnect it, or open the folder that holds its alembic.ini.' };
  const { url, configPath, problems } = project.project;
  if (url !== null) return url;
  // A password with a % in it is the usual reason, and configparser's own words for it are hard to guess from.
  const percent = problems?.find(({ code, at }) => code === 'ini-interpolation' && at?.path === configPath);
  if (percent !== undefined) {
    return { reason: `${path.basename(configPath)} cannot be read`, advice: `${formatMessage(percent.message)} In a URL there, a % of the password is written %%: p%40ss becomes p%%40ss.` };
  }
  return { reason: 'alembic.ini has no URL', advice: `Set sqlalchemy.url in ${configPath}, or connect with a URL of its own.` };
}

function urlOfEnvFile(file: string, variable: string, project: OpenProject | null): Found {
  const place = placesOf(file, project).find((candidate) => existsSync(candidate));
  const text = place === undefined ? null : readText(place);
  if (text === null) return { reason: `there is no ${file}`, advice: `The file ${file} is not there, or can’t be read. Put it back, or connect in another way.` };
  const value = readEnvFile(text, process.env).get(variable);
  if (value !== undefined && value !== null && value !== '') return value;
  return { reason: `${file} sets no ${variable}`, advice: `Set ${variable} in ${file} to the database's URL, or choose another variable.` };
}

/** From the workspace's folders, then from the project's. */
function placesOf(file: string, project: OpenProject | null): readonly string[] {
  if (file.startsWith('~/')) return [path.join(homedir(), file.slice(2))];
  const folders = [...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath), ...(project === null ? [] : [project.project.root])];
  return path.isAbsolute(file) ? [file] : folders.map((folder) => path.join(folder, file));
}

function urlOfSupabase(which: 'local' | 'linked', folder: string | null): Found {
  const files = folder === null ? null : supabaseFiles(folder);
  if (which === 'local') {
    return (files && localSupabaseUrl(files)) ?? { reason: 'supabase/config.toml has no database', advice: 'Its [db] port could not be read. Run supabase init, or connect with a URL.' };
  }
  return (files && linkedSupabaseUrl(files)) ?? { reason: 'the Supabase project is not linked', advice: 'Run supabase link in the folder that holds supabase/, or connect with the URL of the dashboard (Connect, "Session pooler").' };
}

export function supabaseFiles(folder: string): SupabaseFiles {
  const read = (...names: string[]): string | null => readText(path.join(folder, 'supabase', ...names));
  return { config: read('config.toml'), projectRef: read('.temp', 'project-ref'), poolerUrl: read('.temp', 'pooler-url') };
}

function supabaseFolder(project: OpenProject | null): string | null {
  const beside = project?.project.supabase?.root;
  const folders = [...(beside === undefined ? [] : [beside]), ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)];
  return folders.find((folder) => existsSync(path.join(folder, 'supabase'))) ?? null;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
