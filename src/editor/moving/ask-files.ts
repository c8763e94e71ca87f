import { connect, type Database } from '../../database/connect';
import { readApplied } from '../../database/versions';
import { formatMessage } from '../../engine/text/problem';
import { UserProblem, withProgress } from '../commands/command';
import type { Connection } from '../connection-setting';
import type { Reach } from '../connection-source';
import { explain } from '../databases';

/** Which SQL migrations a database has noted down, oldest first, before anything is agreed to. Why that can't be told is said in words. */
export function askFiles(connection: Connection, { target, password }: Extract<Reach, { kind: 'target' }>): Promise<{ readonly heads: readonly string[]; readonly server: Database['server'] }> {
  return withProgress(`Asking where ${connection.name} stands`, async (signal) => {
    const database = await connect(target, password, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new UserProblem(`${connection.name}: ${explain(error, target).advice}`);
    });
    try {
      const { applied, problems } = await readApplied(database, 'supabase');
      const [obstacle] = problems;
      if (obstacle !== undefined) throw new UserProblem(formatMessage(obstacle.message));
      return { heads: applied, server: database.server };
    } finally {
      await database.close();
    }
  });
}
