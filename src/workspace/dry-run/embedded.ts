import { randomBytes } from 'node:crypto';
import { openEmbeddedTrial } from '../../database/embedded-trial';
import { readSchema } from '../../database/read-schema';
import { outOfMemoryAt, outOfMemoryState } from '../../shadow/failure';
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
  /** As a Supabase project's own sessions have it. */
  const settingsOf = (isSupabase: boolean): readonly string[] => (isSupabase ? ['SET search_path = "$user", public, extensions'] : []);
  const first = await explained(openEmbeddedTrial(shadow));
  await first.close();
  return {
    place: { kind: 'embedded', version: first.server.version },
    extensions: shadowExtensions,
    address: async () => {
      const trial = await explained(openEmbeddedTrial(shadow));
      const token = `dry run ${randomBytes(16).toString('hex')}`;
      await explained(trial.run(`COMMENT ON DATABASE ${shadow.database} IS '${token}'`));
      await trial.close();
      const { host, port, user, database } = shadow;
      return { host, port, user, database, token, settings: settingsOf(trial.server.supabase) };
    },
    open: async () => {
      const trial = await explained(openEmbeddedTrial(shadow));
      for (const setting of settingsOf(trial.server.supabase)) await explained(trial.run(setting));
      return {
        run: async (sql) => {
          const tried = await explained(trial.run(sql));
          if (tried.kind === 'failed' && tried.error.sqlstate === outOfMemoryState) throw outOfMemoryAt(sql);
          return { milliseconds: tried.milliseconds, error: tried.kind === 'failed' ? tried.error : null };
        },
        schema: async (versionTable) => (await explained(readSchema(trial.database, { versionTable }))).schema,
        close: () => trial.close(),
      };
    },
    stop: () => shadow.stop(),
  };
}
