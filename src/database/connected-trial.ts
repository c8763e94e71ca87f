import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { openClient } from './connect';
import type { ConnectionTarget } from './connection-target';
import { quoteIdentifier } from '../engine/sql/identifiers';
import { openTrial, type Trial } from './try-statements';

/**
 * Two of the three ways in which anything is written to a database (DESIGN: the third is an explicit apply). Neither is for production:
 * who calls sees to that.
 */
export interface TrialOptions {
  /** Milliseconds that a statement waits for a lock, while others wait behind it. */
  readonly lockTimeout?: number;
  /** Milliseconds that a statement may take, and so hold its locks. */
  readonly statementTimeout?: number;
  /** Aborting cancels the running statement on the server and ends the session, and with it whatever it has done (`connect`). */
  readonly signal?: AbortSignal | undefined;
}

/** A transaction on the database itself. Closing it, losing the connection and aborting all roll it back: COMMIT is never sent. */
export async function openRolledBackTrial(target: ConnectionTarget, password: string | null, { lockTimeout = 2_000, statementTimeout = 30_000, signal }: TrialOptions = {}): Promise<Trial> {
  const client = await openClient(target, password, { ...(signal && { signal }) });
  try {
    await client.query(`BEGIN; ${noticeGoneClient('transaction')}; SET LOCAL lock_timeout = ${Math.round(lockTimeout)}; SET LOCAL statement_timeout = ${Math.round(statementTimeout)}; SET LOCAL idle_in_transaction_session_timeout = 60000`);
    if (target.searchPath !== null) await client.query("SELECT pg_catalog.set_config('search_path', $1, true)", [target.searchPath]);
    const trial = await openTrial(client, target);
    return {
      ...trial,
      close: async () => {
        await client.query('ROLLBACK').catch(() => undefined);
        await trial.close();
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
export async function createTemporaryDatabase(target: ConnectionTarget, password: string | null, { statementTimeout = 60_000, signal }: TrialOptions = {}): Promise<TemporaryDatabase> {
  const admin = await openClient(target, password, { ...(signal && { signal }) });
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
  return {
    name,
    version,
    cleared,
    open: async () => {
      const client = await openClient({ ...target, database: name }, password, { ...(signal && { signal }) });
      await client.query(`${noticeGoneClient('session')}; SET statement_timeout = ${Math.round(statementTimeout)}`);
      const trial = await openTrial(client, { ...target, database: name });
      return trial;
    },
    drop: async () => {
      try {
        // The signal may be what ends it: dropping is not to be aborted by it.
        const again = await openClient(target, password, {});
        try {
          await drop(again, name);
        } finally {
          await again.end().catch(() => undefined);
        }
      } catch (error) {
        throw new LeftBehind(`The temporary database ${name} could not be dropped (${error instanceof Error ? error.message : String(error)}). Drop it by hand: DROP DATABASE ${name} WITH (FORCE); the next dry run of this kind drops it, too.`);
      }
    },
  };
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
