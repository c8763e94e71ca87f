import type { Client, Connection, Submittable } from 'pg';
import { splitStatements } from '../../src/engine/sql/split';

/**
 * Runs a file as Supabase's CLI did before 2.109 (`MigrationFile.ExecBatch` in `pkg/migration/file.go`): each statement a message of
 * its own, all of them and the row that notes the file down in one pipeline, which is one implicit transaction. Answers with the
 * SQLSTATE at which it stops; null: it runs.
 */
export async function pushLikeSupabase(client: Client, file: string): Promise<string | null> {
  await client.query(makeNotes);
  return inPipeline(client, [...statementsOf(file), note]);
}

/**
 * The same since 2.109, as of 2.116 (`execMigrationBatch` in `apps/cli/src/legacy/shared/legacy-migration-apply.ts`): what cannot run in a transaction
 * runs by itself, where it stands; what is before it is committed, what is behind it is another transaction.
 */
export async function pushLikeLaterSupabase(client: Client, file: string): Promise<string | null> {
  await client.query(makeNotes);
  let batch: string[] = [];
  const batches: string[][] = [];
  for (const statement of [...statementsOf(file), note]) {
    if (refusesTransaction(statement)) {
      batches.push(['BEGIN', ...batch, 'COMMIT'], [statement]);
      batch = [];
    } else batch.push(statement);
  }
  for (const statements of [...batches, ['BEGIN', ...batch, 'COMMIT']]) {
    try {
      for (const statement of statements) await client.query(statement);
    } catch (error) {
      await client.query('ROLLBACK');
      return sqlstateOf(error);
    }
  }
  return null;
}

/** What a push locks, reads and writes anew, statement by statement of a file: `test/alembic/locks_env.py` says it of a revision. */
export interface LocksSeen {
  /** The statement commits by itself. */
  readonly outside: boolean;
  readonly locks: Readonly<Record<string, string>>;
  readonly read: number;
  readonly rewritten: readonly string[];
}

/** Runs a file that is known to run, and looks at its transaction while it does; `other` is a second connection. A line for each transaction that others would have waited for. */
export async function locksOfPush(client: Client, other: Client, file: string): Promise<readonly LocksSeen[]> {
  const seen: LocksSeen[] = [];
  let statements = statementsOf(file);
  const known = await factsOf(client);
  if (refusesTransaction(statements[0] ?? '')) {
    const locks = await locksOutside(client, other, statements[0] ?? '', [...known.values()].map(({ name }) => name));
    seen.push({ outside: true, locks, read: 0, rewritten: [] });
    statements = statements.slice(1);
  }
  const locks: Record<string, string> = {};
  let read = 0;
  const rewritten = new Set<string>();
  await client.query('BEGIN');
  for (const statement of statements) {
    const before = await factsOf(client);
    await client.query(statement);
    for (const [oid, { name, file: node, returned, modes }] of await factsOf(client)) {
      const old = known.get(oid);
      if (old === undefined) continue;
      for (const mode of modes) if (lockModes.indexOf(mode) >= Math.max(blocking, lockModes.indexOf(locks[name] ?? ''))) locks[name] = mode;
      if (old.file !== node) rewritten.add(name);
      if (Object.keys(locks).length > 0) read += returned - (before.get(oid)?.returned ?? 0);
    }
  }
  await client.query('COMMIT');
  seen.push({ outside: false, locks, read, rewritten: [...rewritten].sort() });
  return seen.filter((one) => Object.keys(one.locks).length > 0);
}

/** A statement that commits by itself shows no lock afterwards: it is seen to wait for one that somebody else holds. */
async function locksOutside(client: Client, other: Client, statement: string, tables: readonly string[]): Promise<Record<string, string>> {
  const { rows: [own] } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await other.query('BEGIN');
  for (const table of tables) await other.query(`LOCK TABLE ${table} IN SHARE UPDATE EXCLUSIVE MODE`);
  let isDone = false;
  const running = client.query(statement).finally(() => (isDone = true));
  let waits: readonly { readonly name: string; readonly mode: string }[] = [];
  while (!isDone && waits.length === 0) {
    waits = (await other.query<{ name: string; mode: string }>(waiting, [own?.pid])).rows;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await other.query('ROLLBACK');
  await running;
  return Object.fromEntries(waits.map(({ name, mode }) => [name, mode]));
}

interface TableFacts {
  readonly name: string;
  readonly file: string;
  readonly returned: number;
  readonly modes: readonly string[];
}

async function factsOf(client: Client): Promise<ReadonlyMap<string, TableFacts>> {
  const { rows } = await client.query<TableFacts & { oid: string }>(facts);
  return new Map(rows.map(({ oid, ...table }) => [oid, { ...table, returned: Number(table.returned) }]));
}

const lockModes = ['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'];
/** From here on others cannot write. */
const blocking = lockModes.indexOf('ShareLock');

const nameOfTable = `CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS name`;
const facts = `
  SELECT c.oid::text AS oid, ${nameOfTable}, pg_relation_filenode(c.oid)::text AS file, pg_stat_get_xact_tuples_returned(c.oid) AS returned,
    ARRAY(SELECT l.mode FROM pg_locks l WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.relation = c.oid AND l.granted) AS modes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'supabase_migrations')`;
const waiting = `
  SELECT ${nameOfTable}, l.mode
  FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE l.pid = $1 AND l.locktype = 'relation' AND NOT l.granted`;

const makeNotes = 'CREATE SCHEMA IF NOT EXISTS supabase_migrations; CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (pushed integer)';
const note = 'INSERT INTO supabase_migrations.schema_migrations VALUES (1)';

/** In the CLI's way, which keeps the comments before a statement with it. */
function statementsOf(file: string): readonly string[] {
  const ends = splitStatements(file).map(({ end }) => end);
  return ends.map((end, index) => file.slice(ends[index - 1] ?? 0, end).replace(/^\s*;/, '').trim());
}

function refusesTransaction(statement: string): boolean {
  const words = statement.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)+/, '');
  return /^(?:create\s+(?:unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex\b.*\sconcurrently|alter\s+table\b.*\sdetach\s+partition\b.*\s(?:concurrently|finalize)|vacuum|cluster|alter\s+system)\b/is.test(words);
}

/** Parse, Bind and Execute for each statement, and one Sync behind all of them. */
function inPipeline(client: Client, statements: readonly string[]): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let failed: string | null = null;
    const ignore = (): void => undefined;
    const pipeline: Submittable & Record<string, unknown> = {
      submit: (connection: Connection) => {
        for (const text of statements) {
          connection.parse({ name: '', text, types: [] }, true);
          connection.bind({}, true);
          connection.execute({}, true);
        }
        connection.sync();
      },
      handleError: (error: unknown) => {
        try {
          failed = sqlstateOf(error);
        } catch (other) {
          reject(other as Error);
        }
        // The server passes over the rest, up to the Sync.
        resolve(failed);
      },
      handleReadyForQuery: () => resolve(failed),
      handleRowDescription: ignore,
      handleDataRow: ignore,
      handleCommandComplete: ignore,
      handleEmptyQuery: ignore,
      handlePortalSuspended: ignore,
      handleCopyInResponse: ignore,
    };
    client.query(pipeline);
  });
}

function sqlstateOf(error: unknown): string {
  const { code } = error as { readonly code?: string };
  if (code === undefined) throw error;
  return code;
}
