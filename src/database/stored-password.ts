import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface PasswordFor {
  /** A folder: a local socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/**
 * The password that libpq would find by itself: `PGPASSWORD`, else the password file (PostgreSQL documentation, "The
 * Password File"). Null: there is none. A file that others may read is not used, as libpq has it.
 */
export async function storedPassword(wanted: PasswordFor): Promise<string | null> {
  const { PGPASSWORD: password, PGPASSFILE: named, APPDATA: roaming } = process.env;
  if (password) return password;
  const onWindows = process.platform === 'win32';
  const file = named || (onWindows ? join(roaming ?? homedir(), 'postgresql', 'pgpass.conf') : join(homedir(), '.pgpass'));
  try {
    if (!onWindows && ((await stat(file)).mode & 0o077) !== 0) return null;
    return findPassword(await readFile(file, 'utf8'), wanted);
  } catch {
    return null;
  }
}

/** The password of the first line that fits: `host:port:database:user:password`, where `*` fits all and `\` takes away a colon's meaning. */
export function findPassword(text: string, wanted: PasswordFor): string | null {
  const host = wanted.host.startsWith('/') ? 'localhost' : wanted.host;
  const values = [host, String(wanted.port), wanted.database, wanted.user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = line.match(/^((?:\\[^]|[^:\\])*):((?:\\[^]|[^:\\])*):((?:\\[^]|[^:\\])*):((?:\\[^]|[^:\\])*):((?:\\[^]|[^:\\])*)/)?.slice(1);
    const [password = '', ...pattern] = fields === undefined ? [] : [fields[4] ?? '', ...fields.slice(0, 4)];
    const fits = pattern.length === 4 && pattern.every((field, i) => field === '*' || unescape(field) === values[i]);
    if (fits) return unescape(password);
  }
  return null;
}

function unescape(field: string): string {
  return field.replace(/\\([^])/g, '$1');
}
