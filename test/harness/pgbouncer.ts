/** A real PgBouncer in front of a server of ours: Debian's package, which is installed where we may. */
import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { aptInstall } from './apt';
import { unprivilegedUser, type PostgresServer } from './postgres';
import { freePort, startServer, waitFor } from './processes';
import { temporaryFolder } from './temporary';
import { ToolMissing } from './tools';
import { Client } from 'pg';

export interface PgBouncer {
  readonly port: number;
  log(): string;
  stop(): Promise<void>;
}

export interface PgBouncerOptions {
  readonly poolMode: 'session' | 'transaction';
  /** Those who may come in, with their passwords. */
  readonly users: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startPgBouncer(server: PostgresServer, { poolMode, users, settings = {} }: PgBouncerOptions): Promise<PgBouncer> {
  const program = await findProgram();
  const user = unprivilegedUser();
  const folder = temporaryFolder('pgbouncer');
  const port = await freePort();
  const ini = {
    listen_addr: '127.0.0.1', listen_port: String(port), unix_socket_dir: '', pool_mode: poolMode, auth_type: 'scram-sha-256',
    auth_file: path.join(folder, 'users.txt'), default_pool_size: '4', query_wait_timeout: '20', ...settings,
  };
  const files = {
    'users.txt': Object.entries(users).map(([name, password]) => `${quoted(name)} ${quoted(password)}\n`).join(''),
    'pgbouncer.ini': `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\n${Object.entries(ini).map(([name, value]) => `${name} = ${value}\n`).join('')}`,
    log: '',
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text, { mode: 0o600 });
    if (user !== undefined) chownSync(path.join(folder, name), user.uid, user.gid);
  }
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const log = path.join(folder, 'log');
  const running = startServer(program, [path.join(folder, 'pgbouncer.ini')], { log, cwd: folder, stopSignal: 'SIGKILL', ...(user && { user }) });
  const [name = '', password = ''] = Object.entries(users)[0] ?? [];
  await waitFor('PgBouncer to answer', 15_000, async () => {
    if (!running.isRunning()) throw new Error(`PgBouncer did not start\n${readFileSync(log, 'utf8')}`);
    const client = new Client({ host: '127.0.0.1', port, user: name, password, database: 'postgres' });
    try {
      await client.connect();
      return true;
    } catch {
      return undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  });
  return { port, log: () => readFileSync(log, 'utf8'), stop: running.stop };
}

async function findProgram(): Promise<string> {
  const places = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'].map((folder) => path.join(folder, 'pgbouncer'));
  const found = (): string | undefined => places.find((place) => existsSync(place));
  const there = found();
  if (there !== undefined) return there;
  const why = await aptInstall(['pgbouncer']);
  const installed = found();
  if (installed === undefined) throw new ToolMissing('PgBouncer', why ?? 'its package has no program pgbouncer');
  return installed;
}

/** In its user list a quote is doubled, and nothing else is special. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
