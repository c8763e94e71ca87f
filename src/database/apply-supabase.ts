import type { Client } from 'pg';
import { controlsTransaction, needsBlock, opensTransaction, refusesTransaction } from '../engine/sql/supabase-split';
import { clientOf, type Database } from './connect';
import { noTimeouts, timeoutStatements, type Timeouts } from './timeouts';

/** A file of `supabase/migrations`, taken apart as the CLI does it (`splitLikeSupabase`). */
export interface SqlMigration {
  readonly version: string;
  readonly name: string;
  readonly statements: readonly string[];
  /** The file says that it is to run without a transaction (`runsBare`). */
  readonly bare?: boolean;
}

/** The statement at which a file stopped; `index` counts from 0, and is that of none where the bookkeeping failed. */
export class ApplyFailure extends Error {
  override readonly name = 'ApplyFailure';

  constructor(
    readonly migration: SqlMigration,
    readonly index: number,
    readonly sqlstate: string | null,
    readonly reason: string,
    /** What came before it in the file stands: the file commits by itself, or has what refuses a transaction. */
    readonly committed: boolean,
  ) {
    super(reason);
  }
}

/**
 * One of the three exceptions to "databases are only read" (DESIGN, decision 12). Runs migrations as Supabase's CLI does and
 * notes each down as it does, in the very same transaction, so that a project can go to and fro between the two: settings
 * are reset before each file, a file is one transaction, statements that refuse one run by themselves between those before and
 * those behind them, and a file that says BEGIN or COMMIT is sent statement by statement. `timeouts` hold until a file sets its own. Rejects with
 * an ApplyFailure; what the open transaction did is rolled back then. Source: Supabase CLI 3.1; `pkg/migration/apply.go`, `file.go`, `history.go`
 * of those in Go.
 */
export async function applySupabase(database: Database, migrations: readonly SqlMigration[], tell: (index: number, statement: number) => void, timeouts: Timeouts = noTimeouts): Promise<void> {
  const client = clientOf(database);
  const { searchPath } = database.target;
  const run = async (sql: string, values?: readonly unknown[]): Promise<void> => void (await client.query(sql, values === undefined ? undefined : [...values]));
  // Behind a pooler the session's settings are the next client's, too.
  const reset = async (): Promise<void> => {
    if (database.server.pooled) return;
    await run('RESET ALL');
    if (searchPath !== null) await run(`SELECT pg_catalog.set_config('search_path', $1, false)`, [searchPath]);
    // Who waits for a lock would not notice that its client is gone, and stand before everybody else. Since PostgreSQL 14; not on every system.
    await run('SET client_connection_check_interval = 2000').catch(() => undefined);
    for (const setting of timeoutStatements(timeouts)) await run(setting);
  };
  const begin: readonly string[] = ['BEGIN READ WRITE', ...(database.server.pooled ? timeoutStatements(timeouts, true) : [])];
  await reset();
  if (migrations.length > 0) await makeBookkeeping(client);
  for (const [index, migration] of migrations.entries()) {
    await reset();
    await applyFile(run, begin, migration, (statement) => tell(index, statement));
  }
}

/**
 * One more of the same exception: notes files down as applied without running them, and takes versions back, as `supabase migration
 * repair --status applied|reverted` does: all of it in one transaction; a version that is noted down already gets what its file has now.
 * Rejects with the server's error; nothing was changed then. Source: Supabase CLI, `migration repair`.
 */
export async function repairSupabase(database: Database, applied: readonly SqlMigration[], reverted: readonly string[], timeouts: Timeouts = noTimeouts): Promise<void> {
  const client = clientOf(database);
  await makeBookkeeping(client);
  await inTransaction(client, async () => {
    for (const setting of timeoutStatements(timeouts, true)) await client.query(setting);
    for (const { version, name, statements } of applied) await client.query(`${insertRow} ON CONFLICT (version) DO UPDATE SET name = EXCLUDED.name, statements = EXCLUDED.statements`, [version, name, [...statements]]);
    if (reverted.length > 0) await client.query('DELETE FROM supabase_migrations.schema_migrations WHERE version = ANY($1)', [[...reverted]]);
  });
}

const insertRow = 'INSERT INTO supabase_migrations.schema_migrations(version, name, statements) VALUES($1, $2, $3)';

/** As the CLI makes its table, or brings an old one up to date; one that has all of it is left alone, since that takes rights that not every role has. */
async function makeBookkeeping(client: Client): Promise<void> {
  const { rows } = await client.query<{ whole: boolean }>(
    `SELECT count(*) = 3 AS whole FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
     WHERE a.attrelid = pg_catalog.to_regclass('supabase_migrations.schema_migrations') AND c.relkind IN ('r', 'p') AND NOT a.attisdropped AND a.attname IN ('version', 'name', 'statements')`,
  );
  if (rows[0]?.whole === true) return;
  await inTransaction(client, async () => {
    await client.query("SET LOCAL lock_timeout = '4s'");
    await client.query('CREATE SCHEMA IF NOT EXISTS supabase_migrations');
    await client.query('CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY)');
    await client.query('ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[]');
    await client.query('ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text');
  });
}

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN READ WRITE');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

type Run = (sql: string, values?: readonly unknown[]) => Promise<void>;

/** The CLI's transaction of a file is an implicit one, in which PostgreSQL refuses savepoints: what does not run there shall not run here. */
const blockMissing = { code: '25P01', message: 'Supabase’s CLI sends a file as one implicit transaction, in which PostgreSQL refuses savepoints. Write BEGIN and COMMIT into the file.' };

async function applyFile(run: Run, begin: readonly string[], migration: SqlMigration, tell: (statement: number) => void): Promise<void> {
  const { version, name, statements } = migration;
  const byItself = migration.bare === true || statements.some(controlsTransaction);
  let open = false;
  let inside = false;
  let committed = false;
  let current = 0;
  try {
    for (const [index, statement] of statements.entries()) {
      current = index;
      tell(index);
      const alone = byItself || refusesTransaction(statement);
      if (alone && open) {
        await run('COMMIT');
        [open, committed] = [false, true];
      }
      if (!alone && !open) {
        for (const one of begin) await run(one);
        open = true;
      }
      if (!alone && needsBlock(statement)) throw blockMissing;
      await run(statement);
      if (byItself) {
        if (controlsTransaction(statement)) inside = opensTransaction(statement);
        committed ||= !inside;
      } else committed ||= alone;
    }
    current = statements.length;
    if (!open && !byItself) {
      for (const one of begin) await run(one);
      open = true;
    }
    await run(insertRow, [version, name, statements]);
    if (open) await run('COMMIT');
  } catch (error) {
    await run('ROLLBACK').catch(() => undefined);
    const { code, message, detail, hint } = error as { readonly code?: string; readonly message?: string; readonly detail?: string; readonly hint?: string };
    throw new ApplyFailure(migration, current, code ?? null, [message ?? String(error), detail, hint].filter((part) => part !== undefined && part !== '').join(' '), committed);
  }
}

/** The server process that runs the statements; null: a pooler stands between. */
export function backendOf(database: Database): number | null {
  return database.server.pooled ? null : ((clientOf(database) as unknown as { readonly processID: number | null }).processID ?? null);
}
