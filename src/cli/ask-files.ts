import type { Database } from '../database/connect';
import { readApplied } from '../database/versions';
import type { OpenDatabase } from './database';
import { unavailable } from './failure';

/** Which SQL migrations a database has noted down, oldest first; that they can't be read ends the command in words. */
export async function askFiles(database: OpenDatabase): Promise<{ readonly heads: readonly string[]; readonly server: Database['server'] }> {
  const { versions, server } = await database.use(async (open) => ({ versions: await readApplied(open, 'supabase'), server: open.server }));
  const [obstacle] = versions.problems;
  if (obstacle !== undefined) throw unavailable(obstacle.message);
  return { heads: versions.applied, server };
}
