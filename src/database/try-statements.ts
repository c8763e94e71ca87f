import type { Client } from 'pg';
import type { Database, Queries, Server } from './connect';

/** How a statement went. Times are of this server, whose tables may be empty. */
export type Tried = { readonly kind: 'ran'; readonly milliseconds: number } | { readonly kind: 'failed'; readonly milliseconds: number; readonly error: ServerError };

/** What the server says of a statement that it refuses. */
export interface ServerError {
  /** `42704` */
  readonly sqlstate: string;
  /** PostgreSQL's own words, without the severity. */
  readonly text: string;
  readonly detail: string | null;
  readonly hint: string | null;
  /** Where in the statement, in characters from 0. */
  readonly position: number | null;
}

/** A connection that statements are tried on: one that may write, which only dry runs have. */
export interface Trial {
  readonly server: Server;
  /** Its server process. */
  readonly pid: number;
  /** Runs one statement, in whatever transaction is open. Rejects where the connection broke. */
  run(sql: string): Promise<Tried>;
  /** Reads of the same session, what it has not committed among them. */
  readonly database: Database;
  close(): Promise<void>;
}

/** A trial on a client that is connected. */
export async function openTrial(client: Client, target: Database['target']): Promise<Trial> {
  const { rows } = await client.query<{ version: string; number: number; database: string; user: string; schema: string | null; supabase: boolean; pid: number }>(
    `SELECT pg_catalog.pg_backend_pid() AS pid, current_setting('server_version') AS version, current_setting('server_version_num')::int AS number, pg_catalog.current_database()::text AS database,
            current_user::text AS user, pg_catalog.current_schema()::text AS schema, EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'supabase_admin') AS supabase`,
  );
  const row = rows[0]!;
  const server: Server = { version: /^[\d.]+/.exec(row.version)?.[0] ?? row.version, versionNumber: row.number, database: row.database, user: row.user, defaultSchema: row.schema ?? 'public', pooled: false, supabase: row.supabase };
  return {
    server,
    pid: row.pid,
    run: (sql) => run(client, sql),
    database: readingOn(client, server, target),
    close: () => client.end().catch(() => undefined),
  };
}

async function run(client: Client, sql: string): Promise<Tried> {
  const start = performance.now();
  try {
    await client.query(sql);
    return { kind: 'ran', milliseconds: performance.now() - start };
  } catch (error) {
    const said = error as { readonly code?: unknown; readonly message?: string; readonly detail?: string; readonly hint?: string; readonly position?: string; readonly severity?: string };
    // What has no SQLSTATE is not the server's word on the statement; neither is the end of the session.
    if (typeof said.code !== 'string' || !/^[0-9A-Z]{5}$/.test(said.code) || said.severity === 'FATAL') throw error;
    return { kind: 'failed', milliseconds: performance.now() - start, error: { sqlstate: said.code, text: said.message ?? '', detail: said.detail ?? null, hint: said.hint ?? null, position: said.position === undefined ? null : Number(said.position) - 1 } };
  }
}

/** What reads a database, on this very session and in the transaction that may be open: no snapshot of its own. */
function readingOn(client: Client, server: Server, target: Database['target']): Database {
  const queries: Queries = {
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) => (await client.query<Row>(sql, [...values])).rows,
    batch: async (statements) => {
      const results: unknown = await client.query(statements.join(';\n'));
      return (Array.isArray(results) ? results : [results]).map((result: { rows: object[] }) => result.rows);
    },
  };
  return { target, server, read: (work) => work(queries), readBatch: (statements) => queries.batch(statements), isOpen: () => true, close: () => Promise.resolve() };
}
