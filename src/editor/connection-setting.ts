import { displayTarget } from '../database/connection-target';
import { parseConnectionUrl } from '../database/connection-url';
import { commandWords } from '../database/command-words';

/** A connection: where a database is and how its password is found. Never holds a password. Pure: no `vscode` here. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  readonly source: ConnectionSource;
  /** A program with its arguments that prints the password, run anew for a new connection; null: the password is kept, or none is needed. */
  readonly passwordCommand: readonly string[] | null;
  /** `<configPath>#<section>` of the Alembic project it belongs to; null: the workspace's only one. */
  readonly project: string | null;
  /** Named in the settings, or connected on this machine. */
  readonly origin: 'settings' | 'workspace';
}

export type ConnectionSource =
  /** A URL without a password; the password lies in secret storage. */
  | { readonly kind: 'url'; readonly url: string }
  /** `sqlalchemy.url` of the project's alembic.ini or pyproject.toml, read anew each time. */
  | { readonly kind: 'alembicIni' }
  /** An environment variable that holds a URL. */
  | { readonly kind: 'variable'; readonly name: string }
  /** A variable of a `.env` file, relative to the workspace's folder, read anew each time. */
  | { readonly kind: 'envFile'; readonly file: string; readonly variable: string }
  /** The database that Supabase's CLI runs on this machine, or the project that it is linked to. `folder` holds `supabase/`; null: a folder of the workspace. */
  | { readonly kind: 'supabase'; readonly which: SupabaseDatabase; readonly folder: string | null };

export const supabaseDatabases = ['local', 'linked'] as const;
export type SupabaseDatabase = (typeof supabaseDatabases)[number];

export const environments = ['development', 'staging', 'production'] as const;
export type Environment = (typeof environments)[number];

export interface ConnectionSetting {
  readonly name: string;
  readonly environment: Environment;
  readonly source: ConnectionSource;
  readonly passwordCommand: readonly string[] | null;
}

/**
 * Reads the setting `alembicReview.connections`. An entry names exactly one of `url`, `environmentVariable`, `envFile` (where
 * `environmentVariable` says which variable of it), `alembicIni: true` and `supabase`. Entries that can't be read are left out, each with a sentence that says what to do.
 */
export function readConnectionSettings(value: unknown): {
  readonly settings: readonly ConnectionSetting[];
  readonly problems: readonly string[];
} {
  const settings: ConnectionSetting[] = [];
  const problems: string[] = [];
  if (value !== undefined && !Array.isArray(value)) {
    return { settings, problems: ['The setting alembicReview.connections is not a list.'] };
  }
  for (const [index, entry] of (value ?? []).entries()) {
    const read = readEntry(entry, index);
    if (typeof read === 'string') problems.push(read);
    else if (settings.some(({ name }) => name === read.name)) {
      problems.push(`Two connections in alembicReview.connections are called ${read.name}: give each its own name.`);
    } else {
      settings.push(read);
      if (holdsPassword(read.source)) {
        problems.push(`The URL of ${read.name} in alembicReview.connections holds a password. Remove it there: you are asked for it, and it is kept in secret storage.`);
      }
    }
  }
  return { settings, problems };
}

function holdsPassword(source: ConnectionSource): boolean {
  const parsed = source.kind === 'url' ? parseConnectionUrl(source.url) : null;
  return parsed?.kind === 'target' && parsed.password !== null;
}

function readEntry(entry: unknown, index: number): ConnectionSetting | string {
  const where = `Entry ${index + 1} of alembicReview.connections`;
  if (typeof entry !== 'object' || entry === null) return `${where} is not an object.`;
  const { name, url, environmentVariable, envFile, alembicIni, supabase, passwordCommand, environment } = entry as Record<string, unknown>;
  if (typeof name !== 'string' || name.trim() === '') return `${where} has no name.`;
  const sources: ConnectionSource[] = [];
  if (typeof url === 'string' && url !== '') sources.push({ kind: 'url', url });
  const variable = typeof environmentVariable === 'string' && environmentVariable !== '' ? environmentVariable : null;
  if (typeof envFile === 'string' && envFile !== '') sources.push({ kind: 'envFile', file: envFile, variable: variable ?? 'DATABASE_URL' });
  else if (variable !== null) sources.push({ kind: 'variable', name: variable });
  for (const which of supabaseDatabases) if (supabase === which) sources.push({ kind: 'supabase', which, folder: null });
  if (alembicIni === true) sources.push({ kind: 'alembicIni' });
  const [source] = sources;
  if (source === undefined || sources.length > 1) {
    return `${where} (${name}) needs exactly one of url, environmentVariable, envFile, alembicIni and supabase (local or linked).`;
  }
  const command = readCommand(passwordCommand);
  if (command === undefined) {
    return `${where} (${name}): passwordCommand is run without a shell. Write it as a list, as ["op", "read", "op://team/db/password"]; for a pipe or a variable, ["sh", "-c", "…"].`;
  }
  if (environment !== undefined && !environments.some((known) => known === environment)) {
    return `${where} (${name}) has an unknown environment: use development, staging or production.`;
  }
  return { name: name.trim(), environment: (environment as Environment | undefined) ?? 'development', source, passwordCommand: command };
}

/** Null: there is none; undefined: it can't be run as it is written. */
function readCommand(value: unknown): readonly string[] | null | undefined {
  if (value === undefined) return null;
  if (typeof value === 'string') return commandWords(value) ?? undefined;
  return Array.isArray(value) && value.length > 0 && value.every((word): word is string => typeof word === 'string') && value[0] !== '' ? value : undefined;
}

/** What a person may see of a source: never a password. */
export function describeSource(source: ConnectionSource): string {
  switch (source.kind) {
    case 'url': {
      const parsed = parseConnectionUrl(source.url);
      return parsed.kind === 'target' ? displayTarget(parsed.target) : 'a URL that cannot be read';
    }
    case 'alembicIni':
      return 'the URL of alembic.ini';
    case 'variable':
      return `environment variable ${source.name}`;
    case 'envFile':
      return `${source.variable} in ${source.file}`;
    case 'supabase':
      return source.which === 'local' ? 'Supabase on this machine' : 'the linked Supabase project';
  }
}
