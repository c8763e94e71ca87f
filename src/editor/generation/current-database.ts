import { displayTarget } from '../../database/connection-target';
import { answerFacts } from '../../database/facts';
import type { DatabaseContent } from '../../database/kept-database';
import { formatMessage } from '../../engine/text/problem';
import type { CurrentDatabase } from '../../workspace/generate';
import { UserProblem } from '../commands/command';
import { explain } from '../databases';
import type { Kept } from '../kept-databases';

/** The connected database as a generation reads it. `rest` lets go of the connection while a person thinks. */
export interface RestingDatabase extends CurrentDatabase {
  /** The signal of the work at hand; aborting it cancels the running statement on the server. */
  use(signal: AbortSignal): void;
  rest(): Promise<void>;
}

export function openCurrentDatabase(name: string, { target, database }: Kept): RestingDatabase {
  let current: AbortSignal | undefined;
  let content: Promise<DatabaseContent> | null = null;
  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      current?.throwIfAborted();
      throw new UserProblem(explain(error, target).advice);
    }
  };
  // Structure and revisions are of one moment: that at which the work at hand began.
  const read = (): Promise<DatabaseContent> => (content ??= explained(() => database.content(current)));
  return {
    name: `${name} (${displayTarget(target)})`,
    use: (signal) => {
      current = signal;
      content = null;
    },
    readSchema: async () => (await read()).reading,
    readVersions: async () => {
      const { applied, problems } = (await read()).versions;
      const [obstacle] = problems;
      if (obstacle !== undefined) throw new UserProblem(formatMessage(obstacle.message));
      return applied;
    },
    answer: (questions) => explained(() => database.use(async (opened) => (await answerFacts(opened, questions, current === undefined ? {} : { signal: current })).facts, current)),
    rest: () => database.rest(),
  };
}
