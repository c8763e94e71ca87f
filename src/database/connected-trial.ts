import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { livingBackends, terminateBackends } from './backends';
import { connect, openClient } from './connect';
import type { ConnectionTarget } from './connection-target';
import { quoteIdentifier } from '../engine/sql/identifiers';
import { noTimeouts, timeoutStatements, type Timeouts } from './timeouts';
import { openTrial, type Trial } from './try-statements';

/**
 * Two of the three ways in which anything is written to a database (DESIGN: the third is an explicit apply). Neither is for production:
 * who calls sees to that.
 */
export interface TrialOptions {
  /** How long a statement waits for a lock, while others wait behind it, and how long it may take, and so hold its locks. Null: the usual (`trialTimeouts`). */
  readonly timeouts?: Timeouts;
  /** Aborting cancels the running statement on the server and ends the session, and with it whatever it has done (`connect`). */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds, where nobody said anything else: nobody is to wait long for what is only tried. */
export const trialTimeouts = { lock: 2_000, statement: 30_000 };

/** A database of one's own holds up nobody. */
const temporaryStatementTimeout = 60_000;

/** A transaction on the database itself. Closing it, losing the connection and aborting all roll it back: COMMIT is never sent. */
export async function openRolledBackTrial(target: ConnectionTarget, password: string | null, { timeouts = noTimeouts, signal }: TrialOptions = {}): Promise<Trial> {
  const own: Timeouts = { lock: timeouts.lock ?? trialTimeouts.lock, statement: timeouts.statement ?? trialTimeouts.statement };
  const client = await openClient(target, password, { ...(signal && { signal }) });
  try {
    await client.query(['BEGIN', noticeGoneClient('transaction'), ...timeoutStatements(own, true), 'SET LOCAL idle_in_transaction_session_timeout = 60000'].join('; '));
    if (target.searchPath !== null) await client.query("SELECT pg_catalog.set_config('search_path', $1, true)", [target.searchPath]);
    const trial = await openTrial(client, target);
    return {
      ...trial,
      close: async () => {
        await client.query('ROLLBACK').catch(() => undefined);
        await trial.close();
        if (signal?.aborted === true) await endBackend(target, password, trial.pid).catch(() => undefined);
      },
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/**
 * Where a cancel request does not get through (a pooler in between, a cut network), the server would work on, with its locks, until the
 * statement's time is over: it looks for its client every two seconds. Since PostgreSQL 14, and not on every system.
 */
function noticeGoneClient(extent: 'transaction' | 'session'): string {
  return `DO $$ BEGIN PERFORM pg_catalog.set_config('client_connection_check_interval', '2000', ${extent === 'transaction'}); EXCEPTION WHEN OTHERS THEN NULL; END $$`;
}

/** A client that hung up is not noticed at once by a server that is at work: its locks are held until then. */
async function endBackend(target: ConnectionTarget, password: string | null, pid: number): Promise<void> {
  const database = await connect(target, password);
  try {
    for (let tries = 0; tries < 20 && (await livingBackends(database, [pid])).length > 0; tries++) {
      if (tries === 5) await terminateBackends(database, [pid]);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    await database.close();
  }
}

/** A database of its own on the same server. */
export interface TemporaryDatabase {
  readonly name: string;
  readonly version: string;
  /** Those that an interrupted run had left behind, and that are gone now. */
  readonly cleared: readonly string[];
  open(): Promise<Trial>;
  /** Drops it. Rejects with a sentence that says how to do so by hand where it could not be dropped. */
  drop(): Promise<void>;
}

/** Makes it, empty. Rejects with the server's error: 42501 where the user may make none. */
export async function createTemporaryDatabase(target: ConnectionTarget, password: string | null, { timeouts = noTimeouts, signal }: TrialOptions = {}): Promise<TemporaryDatabase> {
  const admin = await openUntil(target, password, signal);
  const name = `${prefix}${timestamp(new Date())}_${randomBytes(4).toString('hex')}`;
  let cleared: readonly string[];
  let version: string;
  try {
    cleared = await clearLeftBehind(admin);
    version = ((await admin.query<{ version: string }>("SELECT current_setting('server_version') AS version")).rows[0]?.version ?? '').split(' ')[0] ?? '';
    await admin.query(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0`);
  } finally {
    await admin.end().catch(() => undefined);
  }
  const dropIt = async (): Promise<void> => {
    // The signal may be what ends it: dropping is not to be aborted by it.
    const again = await openClient(target, password, {});
    try {
      await drop(again, name);
    } finally {
      await again.end().catch(() => undefined);
    }
  };
  if (signal?.aborted === true) {
    await dropIt();
    signal.throwIfAborted();
  }
  return {
    name,
    version,
    cleared,
    open: async () => {
      const client = await openClient({ ...target, database: name }, password, { ...(signal && { signal }) });
      await client.query([noticeGoneClient('session'), ...timeoutStatements({ lock: null, statement: timeouts.statement ?? temporaryStatementTimeout })].join('; '));
      const trial = await openTrial(client, { ...target, database: name });
      return trial;
    },
    drop: async () => {
      try {
        await dropIt();
      } catch (error) {
        throw new LeftBehind(`The temporary database ${name} could not be dropped (${error instanceof Error ? error.message : String(error)}). Drop it by hand: DROP DATABASE ${name} WITH (FORCE); the next dry run of this kind drops it, too.`);
      }
    },
  };
}

/** A connection that aborting ends only while it is made: what is begun on it comes to its end, so that it is known whether it is there. */
async function openUntil(target: ConnectionTarget, password: string | null, signal: AbortSignal | undefined): Promise<Client> {
  const connecting = new AbortController();
  const abort = (): void => connecting.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await openClient(target, password, { signal: connecting.signal });
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** A temporary database is still there; the message says how to drop it. */
export class LeftBehind extends Error {
  override readonly name = 'LeftBehind';
}

/** Recognisable, so that what a crash leaves behind can be found: the moment of its making follows. */
const prefix = 'alembic_review_dry_run_';

function timestamp(moment: Date): string {
  return moment.toISOString().replace(/\D/g, '').slice(0, 14);
}

/** An hour is longer than any dry run. Those that somebody is connected to are left alone. */
async function clearLeftBehind(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT d.datname::text AS name FROM pg_catalog.pg_database d WHERE d.datname ~ '^${prefix}[0-9]{14}_[0-9a-f]{8}$' AND pg_catalog.pg_get_userbyid(d.datdba) = current_user
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)`,
  );
  const limit = timestamp(new Date(Date.now() - 3_600_000));
  const old = rows.map(({ name }) => name).filter((name) => name.slice(prefix.length, prefix.length + 14) < limit);
  for (const name of old) await drop(client, name);
  return old;
}

async function drop(client: Client, name: string): Promise<void> {
  // FORCE is PostgreSQL 13's: nobody but this run has business there.
  await client.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
}
