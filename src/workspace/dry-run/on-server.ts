import type { ConnectionTarget } from '../../database/connection-target';
import { displayTarget } from '../../database/connection-target';
import { createTemporaryDatabase, openRolledBackTrial, trialTimeouts, type TrialOptions } from '../../database/connected-trial';
import { readSchema } from '../../database/read-schema';
import type { Trial } from '../../database/try-statements';
import { watchedTrial } from '../../database/watched-trial';
import type { TrialServer, TrialSession } from './trial';

/** A database of its own beside the connected one. Stopping drops it. Rejects with the server's error. */
export async function startTemporaryServer(target: ConnectionTarget, password: string | null, options: TrialOptions): Promise<TrialServer> {
  const database = await createTemporaryDatabase(target, password, options);
  return {
    place: { kind: 'temporary', version: database.version, database: displayTarget(target) },
    extensions: null,
    address: null,
    open: async () => sessionOn(await database.open()),
    stop: () => database.drop(),
  };
}

export interface RolledBackOptions extends TrialOptions {
  /** Gets who holds the lock that a statement waits for. */
  readonly onBlocked?: ((holders: string) => void) | undefined;
}

/** A transaction on the database itself, which is rolled back. Who holds a lock that does not come stands in the statement's error. */
export async function openRolledBackServer(target: ConnectionTarget, password: string | null, options: RolledBackOptions): Promise<TrialServer> {
  const opened = await openRolledBackTrial(target, password, options);
  const trial = await watchedTrial(opened, target, password, { lockTimeout: options.timeouts?.lock ?? trialTimeouts.lock, onBlocked: options.onBlocked }).catch(async (error: unknown) => {
    await opened.close();
    throw error;
  });
  return {
    place: { kind: 'rolled back', version: trial.server.version, database: displayTarget(target) },
    extensions: null,
    address: null,
    open: () => Promise.resolve({ ...sessionOn(trial), close: () => Promise.resolve() }),
    stop: () => trial.close(),
  };
}

function sessionOn(trial: Trial): TrialSession {
  return {
    run: async (sql) => {
      const tried = await trial.run(sql);
      return { milliseconds: tried.milliseconds, error: tried.kind === 'failed' ? tried.error : null };
    },
    schema: async (versionTable) => (await readSchema(trial.database, { versionTable })).schema,
    close: () => trial.close(),
  };
}
