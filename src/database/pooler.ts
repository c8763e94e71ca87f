import type { Database } from './connect';

/** What stands between us and the server: nothing, or a pooler that lends a server for a session, or for a transaction only. */
export type Pooling = 'none' | 'session' | 'transaction';

/**
 * Which it is, by watching: where somebody else is lent the very server that we worked on while we are still connected, it was ours for a
 * transaction only. `openAnother` opens the same connection a second time, with little patience: a full session pool makes it wait.
 * Rejects when the first connection breaks.
 */
export async function findPooling(database: Database, openAnother: () => Promise<Database>): Promise<Pooling> {
  if (!database.server.pooled) return 'none';
  const before = await processOf(database);
  let between: number | null = null;
  try {
    const other = await openAnother();
    between = await processOf(other).finally(() => other.close());
  } catch {
    return 'session';
  }
  return between === before || between === (await processOf(database)) ? 'transaction' : 'session';
}

async function processOf(database: Database): Promise<number> {
  const [row] = await database.read((queries) => queries.query<{ pid: number }>('SELECT pg_catalog.pg_backend_pid() AS pid'));
  return row?.pid ?? 0;
}
