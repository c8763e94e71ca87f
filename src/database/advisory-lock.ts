import { randomBytes } from 'node:crypto';
import type { Database } from './connect';

/**
 * Holds an advisory lock on a random key while `work` runs. Advisory locks belong to one database of one server, so
 * somebody else who can't take the lock is connected to the same database, whatever its host is called there
 * (PostgreSQL documentation, "Advisory Locks"). `work` must not use `database` itself: behind a pooler, where a session
 * is nobody's own, a transaction holds the lock all the while.
 */
export async function holdingLock<T>(database: Database, work: (key: string) => Promise<T>): Promise<T> {
  // 62 bits: a positive bigint
  const key = (BigInt(`0x${randomBytes(8).toString('hex')}`) >> 2n).toString();
  if (database.server.pooled) {
    return database.read(async (queries) => {
      // It waits as long as the work takes; a server that ends such sessions would end the proof with it.
      await queries.query("SELECT pg_catalog.set_config('idle_in_transaction_session_timeout', '0', true)");
      await queries.query('SELECT pg_catalog.pg_advisory_xact_lock($1::bigint)', [key]);
      return work(key);
    });
  }
  await database.read((queries) => queries.query('SELECT pg_catalog.pg_advisory_lock($1::bigint)', [key]));
  try {
    return await work(key);
  } finally {
    // A connection that broke has let go already.
    await database.read((queries) => queries.query('SELECT pg_catalog.pg_advisory_unlock($1::bigint)', [key])).catch(() => undefined);
  }
}
