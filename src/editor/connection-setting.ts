import { displayTarget } from '../database/connection-target';
import { parseConnectionUrl } from '../database/connection-url';

/** A connection: where a database is and how its password is found. Never holds a password. Pure: no `vscode` here. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  readonly source: ConnectionSource;
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
  | { readonly kind: 'variable'; readonly name: string };

export const environments = ['development', 'staging', 'production'] as const;
export type Environment = (typeof environments)[number];

export interface ConnectionSetting {
  readonly name: string;
  readonly environment: Environment;
  readonly source: ConnectionSource;
}

/**
 * Reads the setting `alembicReview.connections`. An entry names exactly one of `url`, `environmentVariable` and
 * `alembicIni: true`. Entries that can't be read are left out, each with a sentence that says what to do.
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
  const { name, url, environmentVariable, alembicIni, environment } = entry as Record<string, unknown>;
  if (typeof name !== 'string' || name.trim() === '') return `${where} has no name.`;
  const sources: ConnectionSource[] = [];
  if (typeof url === 'string' && url !== '') sources.push({ kind: 'url', url });
  if (typeof environmentVariable === 'string' && environmentVariable !== '') sources.push({ kind: 'variable', name: environmentVariable });
  if (alembicIni === true) sources.push({ kind: 'alembicIni' });
  const [source] = sources;
  if (source === undefined || sources.length > 1) {
    return `${where} (${name}) needs exactly one of url, environmentVariable and alembicIni.`;
  }
  if (environment !== undefined && !environments.some((known) => known === environment)) {
    return `${where} (${name}) has an unknown environment: use development, staging or production.`;
  }
  return { name: name.trim(), environment: (environment as Environment | undefined) ?? 'development', source };
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
  }
}
