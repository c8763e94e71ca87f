import { connect, type Database } from '../../database/connect';
import { displayTarget, type ConnectionTarget } from '../../database/connection-target';
import { answerFacts } from '../../database/facts';
import { readSchema } from '../../database/read-schema';
import { readVersions } from '../../database/versions';
import type { QualifiedName } from '../../engine/schema/schema';
import { formatMessage } from '../../engine/text/problem';
import type { CurrentDatabase } from '../../workspace/generate';
import { explain } from '../databases';
import { UserProblem } from '../commands/command';

/** The connected database as a generation reads it. Connects when first asked; `rest` lets go while a person thinks. */
export interface RestingDatabase extends CurrentDatabase {
  /** The signal of the work at hand; aborting it cancels the running statement on the server. */
  use(signal: AbortSignal): void;
  rest(): Promise<void>;
}

export function openCurrentDatabase(name: string, target: ConnectionTarget, password: string | null, versionTable: QualifiedName): RestingDatabase {
  let open: Promise<Database> | null = null;
  let current: AbortSignal | null = null;
  const database = async (): Promise<Database> => {
    open ??= connect(target, password, current === null ? {} : { signal: current });
    return open;
  };
  const explained = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    try {
      return await work(await database());
    } catch (error) {
      current?.throwIfAborted();
      throw new UserProblem(explain(error, target).advice);
    }
  };
  return {
    name: `${name} (${displayTarget(target)})`,
    use: (signal) => {
      current = signal;
    },
    readSchema: () => explained((opened) => readSchema(opened, { versionTable })),
    readVersions: () =>
      explained(async (opened) => {
        const { applied, problems } = await readVersions(opened, versionTable);
        const [obstacle] = problems;
        if (obstacle !== undefined) throw new UserProblem(formatMessage(obstacle.message));
        return applied;
      }),
    answer: (questions) => explained(async (opened) => (await answerFacts(opened, questions)).facts),
    rest: async () => {
      const closing = open;
      open = null;
      await closing?.then((opened) => opened.close()).catch(() => undefined);
    },
  };
}
