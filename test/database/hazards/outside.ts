/** Locks of what runs outside of a transaction: seen from a second connection, while a third holds it up. */
import { Client } from 'pg';
import { strongestLocks, type Lock, type LockMode } from '../../../src/engine/operations/hazards/hazard';

/**
 * Runs a statement that must wait for a transaction that reads `blocker`, and looks at what it holds meanwhile. Rejects where
 * PostgreSQL refuses it.
 */
export async function observeOutside(url: string, statement: string, blocker: string): Promise<readonly Lock[]> {
  const [runner, holder, watcher] = [new Client({ connectionString: url }), new Client({ connectionString: url }), new Client({ connectionString: url })];
  await Promise.all([runner, holder, watcher].map((client) => client.connect()));
  try {
    const pid = Number((await runner.query('SELECT pg_backend_pid() AS pid')).rows[0].pid);
    await holder.query('BEGIN');
    // A writer: it has a lock that CONCURRENTLY waits for, and a snapshot.
    await holder.query(`LOCK TABLE ${blocker} IN ROW EXCLUSIVE MODE`);
    let isDone = false;
    const running = runner.query(statement).finally(() => (isDone = true));
    running.catch(() => undefined);
    for (let tries = 0; tries < 200 && !isDone; tries++) {
      const waiting = await watcher.query('SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = $2', [pid, 'Lock']);
      if (waiting.rowCount === 1) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const { rows } = await watcher.query<{ schema: string; name: string; kind: string; mode: LockMode }>(
      "SELECT n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace WHERE l.pid = $1 AND l.granted AND n.nspname NOT LIKE 'pg\\_%'",
      [pid],
    );
    await holder.query('COMMIT');
    await running;
    return strongestLocks(rows.map(({ schema, name, kind, mode }) => ({ schema: schema === 'public' ? null : schema, name, mode, relation: kind === 'i' ? 'index' : 'table' })));
  } finally {
    await Promise.all([runner, holder, watcher].map((client) => client.end()));
  }
}
