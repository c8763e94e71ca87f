import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { message } from '../engine/text/problem';
import type { LibpqDefaults } from './connection-url';

/**
 * What libpq takes from its surroundings where a URL leaves something out: a service's entry in `pg_service.conf`, then the variables
 * `PGHOST` … (PostgreSQL documentation, libpq "Environment Variables" and "The Connection Service File"). Drivers of Python that stand on
 * libpq do the same, and so does asyncpg with the variables. `PGPASSWORD` and the password file are looked up where a server asks (`storedPassword`).
 */
export function libpqEnvironment(env: Readonly<Record<string, string | undefined>>): LibpqDefaults {
  return (named) => {
    const service = named ?? nonEmpty(env['PGSERVICE']);
    const entry = service === null ? new Map<string, string>() : readService(service, env);
    if (entry === null) {
      return { problem: message('There is no service {service} in the service file ({file}). Add it there, or write host and database into the URL.', { service: service ?? '', file: serviceFiles(env).join(', ') }) };
    }
    const values = new Map(entry);
    for (const [variable, keyword] of Object.entries(variables)) {
      const value = nonEmpty(env[variable]);
      if (value !== null && !values.has(keyword)) values.set(keyword, value);
    }
    return { values };
  };
}

const variables = {
  PGHOST: 'host', PGHOSTADDR: 'hostaddr', PGPORT: 'port', PGDATABASE: 'dbname', PGUSER: 'user', PGOPTIONS: 'options', PGSSLMODE: 'sslmode', PGSSLROOTCERT: 'sslrootcert',
  PGSSLCERT: 'sslcert', PGSSLKEY: 'sslkey', PGCONNECT_TIMEOUT: 'connect_timeout', PGCHANNELBINDING: 'channel_binding', PGSSLNEGOTIATION: 'sslnegotiation',
} as const;

/** The person's own file first, then that of the system. */
function serviceFiles(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const own = nonEmpty(env['PGSERVICEFILE']) ?? (process.platform === 'win32' ? join(env['APPDATA'] ?? homedir(), 'postgresql', '.pg_service.conf') : join(nonEmpty(env['HOME']) ?? homedir(), '.pg_service.conf'));
  const folder = nonEmpty(env['PGSYSCONFDIR']);
  return [own, ...(folder === null ? ['/etc/postgresql-common/pg_service.conf', '/etc/pg_service.conf'] : [join(folder, 'pg_service.conf')])];
}

/** The first section of that name, of the first file that has it; null: none has. `name=value`, where blanks at a line's ends don't count (`parseServiceFile`). */
function readService(service: string, env: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> | null {
  for (const file of serviceFiles(env)) {
    let found: Map<string, string> | null = null;
    for (const line of readLines(file)) {
      if (line === '' || line.startsWith('#')) continue;
      const section = /^\[([^\]]*)\]/.exec(line)?.[1];
      if (section !== undefined) {
        if (found !== null) break;
        if (section === service) found = new Map();
      } else if (found !== null) {
        const [, name, value] = /^([^=]*)=([^]*)$/.exec(line) ?? [];
        if (name !== undefined && value !== undefined && !found.has(name)) found.set(name, value);
      }
    }
    if (found !== null) return found;
  }
  return null;
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/).map((line) => line.trim());
  } catch {
    return [];
  }
}

function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
