import { openEmbeddedTrial } from '../../database/embedded-trial';
import { readSchema } from '../../database/read-schema';
import { shadowExtensions, startShadow, type ShadowOptions } from '../../shadow/shadow';
import type { TrialServer } from './trial';

/** The embedded PostgreSQL as a server to try drafts on. Rejects with a ShadowFailure, or with the signal's reason. */
export async function startEmbeddedServer(options: ShadowOptions): Promise<TrialServer> {
  const shadow = await startShadow(options);
  /** Clients only see a broken connection; what ended it is known here. */
  const explained = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      options.signal?.throwIfAborted();
      throw shadow.failure() ?? error;
    }
  };
  const first = await explained(openEmbeddedTrial(shadow));
  await first.close();
  return {
    place: { kind: 'embedded', version: first.server.version },
    extensions: shadowExtensions,
    open: async () => {
      const trial = await explained(openEmbeddedTrial(shadow));
      // As a Supabase project's own sessions have it.
      if (trial.server.supabase) await explained(trial.run('SET search_path = "$user", public, extensions'));
      return {
        run: async (sql) => {
          const tried = await explained(trial.run(sql));
          return { milliseconds: tried.milliseconds, error: tried.kind === 'failed' ? tried.error : null };
        },
        schema: async (versionTable) => (await explained(readSchema(trial.database, { versionTable }))).schema,
        close: () => trial.close(),
      };
    },
    stop: () => shadow.stop(),
  };
}
