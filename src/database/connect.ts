import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import type { ConnectionTarget } from './connection-target';
import { settingsOf } from './startup-options';
import { storedPassword } from './stored-password';
import { attempts, isWorthAnotherTry, localHost, localUser } from './transport';
import type { Ssl } from './transport';

/** An open connection that can only read. Work on it is done one piece after the other, each in a transaction of its own. */
export interface Database {
  readonly target: ConnectionTarget;
  readonly server: Server;
  /**
   * Runs `work` in one snapshot (REPEATABLE READ, READ ONLY): all its queries see the same moment, none can write.
   * Rejects with what `work` rejects with, or with the server's error (`explainConnectionError` says it in words).
   */
  read<T>(work: (queries: Queries) => Promise<T>, options?: ReadOptions): Promise<T>;
  /** The rows of each of some statements without parameters, read like that in a single round trip. */
  readBatch(statements: readonly string[], options?: ReadOptions): Promise<readonly (readonly object[])[]>;
  /** False once it is closed, or the server or the network ended it. */
  isOpen(): boolean;
  /** Waits for the work that was begun; what comes later rejects. Never rejects itself; closing twice is fine. */
  close(): Promise<void>;
}

export interface Queries {
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Several statements without parameters in one round trip; the rows of each. */
  batch(statements: readonly string[]): Promise<readonly (readonly object[])[]>;
}

export interface ReadOptions {
  /** For each statement of this piece of work, instead of the connection's own. */
  readonly statementTimeout?: number;
  /** For this piece of work, instead of the connection's own; aborting cancels the running statement and closes the connection. */
  readonly signal?: AbortSignal;
}

export interface Server {
  /** `15.18` */
  readonly version: string;
  /** `150018` */
  readonly versionNumber: number;
  readonly database: string;
  readonly user: string;
  /** Where unqualified names are created: the first schema of the search path that exists. */
  readonly defaultSchema: string;
  /** A pooler stands between (PgBouncer, Supavisor): a session's settings may not last. */
  readonly pooled: boolean;
  /** The database belongs to a Supabase project. */
  readonly supabase: boolean;
}

export interface ConnectOptions {
  /** Milliseconds until a server that does not answer is given up; default 10,000, or what the target says. */
  readonly connectTimeout?: number;
  /** Milliseconds a statement may take; default 30,000. */
  readonly statementTimeout?: number;
  /** Aborting cancels the running statement on the server and closes the connection; what waits rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
}

/**
 * Connects as libpq would with the same parameters (TLS modes and their second try, local sockets, `~/.pgpass` when there
 * is no password). Rejects with the error of the last try; `explainConnectionError` says it in words.
 */
export async function connect(target: ConnectionTarget, password: string | null, options: ConnectOptions = {}): Promise<Database> {
  const { signal } = options;
  signal?.throwIfAborted();
  const timeout = options.connectTimeout ?? (target.connectTimeout === null ? defaultConnectTimeout : target.connectTimeout * 1000);
  let session: Session = { target, startup: target.options, settings: new Map(target.searchPath === null ? [] : [['search_path', target.searchPath]]) };
  let failure: unknown;
  const ways = [...(await attempts(target))];
  for (let ssl = ways.shift(); ssl !== undefined; ssl = ways.shift()) {
    const client = new Client(clientConfig(session, password, ssl, timeout));
    // Without a listener, a connection that breaks while idle would take the whole process down.
    client.on('error', () => undefined);
    const abort = (): void => destroy(client);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      await client.connect();
      const server = await answered(client, timeout, greet(client, session, options));
      const database = openDatabase(client, session, server, options);
      clients.set(database, client);
      return database;
    } catch (error) {
      failure = error;
      await end(client);
      signal?.throwIfAborted();
      const settings = isStartupRefusal(error) && session.startup !== null ? settingsOf(session.startup) : null;
      if (settings !== null) {
        session = { target, startup: null, settings: new Map([...settings, ...session.settings]) };
        ways.unshift(ssl);
      } else if (!isWorthAnotherTry(error)) break;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }
  throw failure;
}

const clients = new WeakMap<Database, Client>();

/** The driver's own connection, for who is to write: `apply-supabase.ts` and `openClient` alone. Nothing else may be at work on `database` meanwhile. */
export function clientOf(database: Database): Client {
  const client = clients.get(database);
  if (client === undefined) throw new Error('The connection was not opened by connect().');
  return client;
}

/** The driver's own connection, as a server gives it to anybody: it may write. For dry runs alone. Rejects with the error of the last try. */
export async function openClient(target: ConnectionTarget, password: string | null, options: ConnectOptions): Promise<Client> {
  const client = clientOf(await connect(target, password, options));
  await batch(client, ['RESET default_transaction_read_only', 'RESET statement_timeout', 'RESET jit']);
  return client;
}

const defaultConnectTimeout = 10_000;
const defaultStatementTimeout = 30_000;
/** Printing a view's definition waits for whoever rebuilds its tables; better to say so than to hang. */
const lockTimeout = 10_000;

/** What this connection gives the server at its start, and what it sets in each transaction. */
interface Session {
  readonly target: ConnectionTarget;
  readonly startup: string | null;
  readonly settings: ReadonlyMap<string, string>;
}

/** PgBouncer keeps sessions of several clients on one server, so it takes no settings but a few at the start (`ignore_startup_parameters`). */
function isStartupRefusal(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === '08P01' && /unsupported startup parameter/i.test(String(message));
}

function clientConfig({ target, startup }: Session, password: string | null, ssl: Ssl, timeout: number): ClientConfig {
  const user = target.user ?? localUser();
  const host = target.host ?? localHost(target.port);
  const database = target.database ?? user;
  return {
    host,
    port: target.port,
    user,
    database,
    // Asked only when the server wants one. node-postgres' own types want a text; it takes undefined for "none".
    password: password ?? (async () => (await storedPassword({ host, port: target.port, database, user })) ?? (undefined as unknown as string)),
    ...(startup === null ? {} : { options: startup }),
    ssl,
    ...(target.parameters['channel_binding'] === 'require' ? { enableChannelBinding: true } : {}),
    ...(target.parameters['sslnegotiation'] === 'direct' && ssl ? { sslnegotiation: 'direct' as const } : {}),
    application_name: 'alembic-review',
    connectionTimeoutMillis: timeout,
    keepAlive: true,
    // A network that is gone, as after a sleep, is noticed while the connection is idle.
    keepAliveInitialDelayMillis: 10_000,
  };
}

/**
 * Learns who answers, and makes the session read-only. Through a pooler the session's own settings are left alone: in
 * transaction mode they would stay on a server connection that the user's application gets next. There, each
 * transaction's own settings do (see `begin`).
 */
async function greet(client: Client, session: Session, options: ConnectOptions): Promise<Server> {
  const facts = await batch(client, [
    begin(client, session, options.statementTimeout ?? defaultStatementTimeout),
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
            pg_catalog.current_database()::text AS database, current_user::text AS user,
            pg_catalog.current_schema()::text AS schema, pg_catalog.pg_backend_pid() AS pid,
            EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'supabase_admin') AS supabase`,
    'COMMIT',
  ]);
  const row = facts.flat().find((found) => 'version' in found) as
    | { version: string; number: number; database: string; user: string; schema: string | null; pid: number; supabase: boolean }
    | undefined;
  if (row === undefined) throw new Error('The server did not say its version.');
  const pooled = row.pid !== (client as unknown as { readonly processID: number | null }).processID;
  if (!pooled) {
    await batch(client, [
      'SET default_transaction_read_only = on',
      `SET statement_timeout = ${Math.round(options.statementTimeout ?? defaultStatementTimeout)}`,
      'SET jit = off',
    ]);
  }
  return {
    version: /^[\d.]+/.exec(row.version)?.[0] ?? row.version,
    versionNumber: row.number,
    database: row.database,
    user: row.user,
    defaultSchema: row.schema ?? 'public',
    pooled,
    supabase: row.supabase,
  };
}

/**
 * SET LOCAL lasts for this transaction alone, so it also holds, and does no harm, behind a pooler in transaction mode.
 * Planning catalog queries costs less than compiling them: `jit` halved the time for 500 tables.
 */
function begin(client: Client, { settings }: Session, statementTimeout: number): string {
  const own = [...settings].map(([name, value]) => `; SELECT pg_catalog.set_config(${client.escapeLiteral(name)}, ${client.escapeLiteral(value)}, true)`).join('');
  return `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${Math.round(statementTimeout)}; SET LOCAL lock_timeout = ${lockTimeout}; SET LOCAL jit = off${own}`;
}

function openDatabase(client: Client, session: Session, server: Server, options: ConnectOptions): Database {
  const { signal } = options;
  const { target } = session;
  let last: Promise<unknown> = Promise.resolve();
  let closed: Promise<void> | null = null;
  let ended = false;
  const noteEnd = (): void => {
    ended = true;
  };
  client.on('end', noteEnd);
  client.on('error', noteEnd);
  const abort = (): void => {
    ended = true;
    // A pooler knows the key as long as its client is there.
    void cancel(client, target).then(() => destroy(client));
  };
  signal?.addEventListener('abort', abort, { once: true });

  async function inOrder<T>(work: (begin: string, patience: number) => Promise<T>, readOptions: ReadOptions): Promise<T> {
    const own = readOptions.signal;
    signal?.throwIfAborted();
    own?.throwIfAborted();
    own?.addEventListener('abort', abort, { once: true });
    try {
      const patience = readOptions.statementTimeout ?? options.statementTimeout ?? defaultStatementTimeout;
      return await work(begin(client, session, patience), patience);
    } catch (error) {
      signal?.throwIfAborted();
      own?.throwIfAborted();
      if (!ended) await answered(client, goodbye, client.query('ROLLBACK')).catch(() => undefined);
      throw error;
    } finally {
      own?.removeEventListener('abort', abort);
    }
  }
  function queued<T>(work: (begin: string, patience: number) => Promise<T>, readOptions: ReadOptions): Promise<T> {
    if (closed !== null) return Promise.reject(new Error('The connection is closed.'));
    const result = last.then(() => inOrder(work, readOptions));
    last = result.catch(() => undefined);
    return result;
  }

  return {
    target,
    server,
    read: (work, readOptions = {}) =>
      queued(async (begun, patience) => {
        await answered(client, patience + grace, client.query(begun));
        const result = await work({
          query: async <Row extends object>(sql: string, values: readonly unknown[] = []) => (await answered(client, patience + grace, client.query<Row>(sql, [...values]))).rows,
          batch: (statements) => answered(client, batchPatience(patience, statements), batch(client, statements)),
        });
        await answered(client, patience + grace, client.query('COMMIT'));
        return result;
      }, readOptions),
    readBatch: (statements, readOptions = {}) =>
      queued(async (begun, patience) => (await answered(client, batchPatience(patience, statements), batch(client, [begun, ...statements, 'COMMIT']))).slice(-1 - statements.length, -1), readOptions),
    isOpen: () => closed === null && !ended,
    close() {
      closed ??= last.then(async () => {
        signal?.removeEventListener('abort', abort);
        await end(client);
      });
      return closed;
    },
  };
}

/**
 * The server holds its own time limit; this one is for a server or a network that fell silent altogether (a laptop that slept, a
 * pooler without a server to lend). The connection is given up then.
 */
async function answered<T>(client: Client, milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error('timeout expired'), { code: 'ETIMEDOUT' }));
      destroy(client);
    }, milliseconds);
  });
  answer.catch(() => undefined);
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

/** What an answer may take longer than the statement, and what a goodbye may take. */
const grace = 5_000;
const goodbye = 1_000;

/** The server's limit is for each statement; that all of them need it whole is as good as silence. */
function batchPatience(patience: number, statements: readonly string[]): number {
  return patience * Math.min(Math.max(statements.length, 1), 4) + grace;
}

async function batch(client: Client, statements: readonly string[]): Promise<(readonly object[])[]> {
  // node-postgres answers several statements with an array of results, one statement with a result.
  const results: unknown = await client.query(statements.join(';\n'));
  return (Array.isArray(results) ? results : [results]).map((result: { rows: object[] }) => result.rows);
}

/**
 * Asks the server to stop the running statement: a connection of its own carries the key of the first (PostgreSQL
 * documentation, "Canceling Requests in Progress"). Nothing answers; what can't be sent is left to `statement_timeout`.
 */
async function cancel(client: Client, target: ConnectionTarget): Promise<void> {
  const { processID, secretKey } = client as unknown as { readonly processID: number | null; readonly secretKey: number | null };
  if (processID === null || secretKey === null) return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80877102, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const host = target.host ?? localHost(target.port);
  const socket = host.startsWith('/') ? createConnection(`${host}/.s.PGSQL.${target.port}`) : createConnection(target.port, host);
  await new Promise<void>((resolve) => {
    socket.setTimeout(goodbye, () => socket.destroy());
    socket.on('error', () => undefined).on('close', () => resolve());
    // The server says nothing and hangs up when it is done.
    socket.resume().write(request);
  });
}

function destroy(client: Client): void {
  streamOf(client)?.destroy();
}

/** node-postgres' `end()` may wait for ever for a connection that is stuck; a second is enough to say goodbye. */
async function end(client: Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([client.end().catch(() => undefined), new Promise((resolve) => (timer = setTimeout(resolve, goodbye)))]);
  clearTimeout(timer);
  destroy(client);
}

function streamOf(client: Client): Duplex | undefined {
  return (client as unknown as { readonly connection?: { readonly stream?: Duplex } }).connection?.stream;
}
