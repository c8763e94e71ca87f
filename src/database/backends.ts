import type { Database } from './connect';

/** A server process that holds what another one waits for. */
export interface Blocker {
  readonly pid: number;
  readonly user: string | null;
  readonly application: string | null;
  /** `active`, `idle in transaction`; null: this user may not see it. */
  readonly state: string | null;
  /** Seconds since its transaction began, or what it runs. */
  readonly seconds: number | null;
  /** The first line of what it runs, or ran last; null: this user may not see it. */
  readonly query: string | null;
}

/**
 * Who the processes wait for; empty: for nobody. Those of the processes themselves are left out. What others run is seen by
 * themselves and by members of pg_read_all_stats (PostgreSQL documentation, "pg_stat_activity"; `pg_blocking_pids`).
 */
export async function readBlockers(database: Database, pids: readonly number[]): Promise<readonly Blocker[]> {
  return database.read(async (queries) => {
    const rows = await queries.query<Blocker>(
      `SELECT a.pid, a.usename::text AS user, nullif(a.application_name, '') AS application, a.state,
         floor(extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.query_start)))::int AS seconds,
         CASE WHEN a.query = '<insufficient privilege>' THEN NULL ELSE a.query END AS query
       FROM pg_catalog.pg_stat_activity a
       WHERE a.pid IN (SELECT pg_catalog.unnest(pg_catalog.pg_blocking_pids(waiting)) FROM pg_catalog.unnest($1::int[]) AS waiting)
         AND a.pid <> ALL ($1::int[])
       ORDER BY a.pid`,
      [pids],
    );
    return rows.map((row) => ({ ...row, query: row.query === null ? null : firstLine(row.query) }));
  }, { statementTimeout: 5_000 });
}

/** `4711 (ada, psql, idle in transaction for 12 s: LOCK TABLE place)` */
export function describeBlocker({ pid, user, application, state, seconds, query }: Blocker): string {
  const since = seconds === null ? '' : ` for ${seconds} s`;
  const words = [user, application, state === null ? null : `${state}${since}`].filter((word) => word !== null && word !== '');
  return `${pid} (${words.join(', ')}${query === null || query === '' ? '' : `: ${query}`})`;
}

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

/** Has the server stop what the processes run; their transactions then fail. A user may do so to sessions of the same user. */
export async function cancelBackends(database: Database, pids: readonly number[]): Promise<void> {
  await database.read((queries) => queries.query('SELECT pg_catalog.pg_cancel_backend(pid) FROM pg_catalog.pg_stat_activity WHERE pid = ANY ($1::int[])', [pids]), { statementTimeout: 5_000 });
}

/** Has the server end the processes, whose transactions are rolled back. */
export async function terminateBackends(database: Database, pids: readonly number[]): Promise<void> {
  await database.read((queries) => queries.query('SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE pid = ANY ($1::int[])', [pids]), { statementTimeout: 5_000 });
}

/** Those of the processes that are still there. */
export async function livingBackends(database: Database, pids: readonly number[]): Promise<readonly number[]> {
  const rows = await database.read((queries) => queries.query<{ pid: number }>('SELECT pid FROM pg_catalog.pg_stat_activity WHERE pid = ANY ($1::int[])', [pids]), { statementTimeout: 5_000 });
  return rows.map(({ pid }) => pid);
}

/** Those of the processes that are still there, and since how many seconds: a number may be another process's by now. */
export async function readBackendAges(database: Database, pids: readonly number[]): Promise<readonly { readonly pid: number; readonly seconds: number }[]> {
  return database.read((queries) => queries.query('SELECT pid, extract(epoch FROM pg_catalog.clock_timestamp() - backend_start)::float8 AS seconds FROM pg_catalog.pg_stat_activity WHERE pid = ANY ($1::int[])', [pids]), { statementTimeout: 5_000 });
}

/** Indexes that a failed CREATE INDEX CONCURRENTLY left behind: they cost writes and serve no query. `schema.name`, in order. */
export async function readInvalidIndexes(database: Database): Promise<readonly string[]> {
  const rows = await database.read((queries) =>
    queries.query<{ name: string }>(
      `SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
       FROM pg_catalog.pg_index i
       JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname NOT LIKE 'pg\\_%'
       ORDER BY 1`,
    ),
  );
  return rows.map(({ name }) => name);
}
