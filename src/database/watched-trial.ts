import { describeBlocker, readBlockers, type Blocker } from './backends';
import { connect } from './connect';
import type { ConnectionTarget } from './connection-target';
import type { Trial, Tried } from './try-statements';

export interface WatchOptions {
  /** Milliseconds that a statement waits for a lock; 0: without end. */
  readonly lockTimeout: number;
  /** Gets who holds the lock that a statement waits for: `server process 4711 (ada, psql, …)`. */
  readonly onBlocked?: ((holders: string) => void) | undefined;
}

/**
 * The trial, with a second connection on which it is looked who holds a lock that a statement waits for. When the lock does not come in
 * time, the error's detail names the holder: the server's own words do not.
 */
export async function watchedTrial(trial: Trial, target: ConnectionTarget, password: string | null, { lockTimeout, onBlocked }: WatchOptions): Promise<Trial> {
  const watcher = await connect(target, password);
  const pause = lockTimeout === 0 ? 500 : Math.min(500, Math.max(50, lockTimeout / 4));
  const watching = async (work: Promise<Tried>): Promise<Tried> => {
    let holders: readonly Blocker[] = [];
    let isOver = false;
    const look = async (): Promise<void> => {
      const found = await readBlockers(watcher, [trial.pid]).catch(() => []);
      if (isOver || found.length === 0) return;
      holders = found;
      onBlocked?.(holderWords(found));
    };
    let timer = setTimeout(function again() {
      void look().finally(() => {
        if (!isOver) timer = setTimeout(again, pause);
      });
    }, pause / 2);
    try {
      const tried = await work;
      if (tried.kind !== 'failed' || tried.error.sqlstate !== lockNotAvailable || holders.length === 0) return tried;
      const detail = `The lock was held by ${holderWords(holders)}`;
      return { ...tried, error: { ...tried.error, detail: tried.error.detail === null ? detail : `${tried.error.detail} ${detail}` } };
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  };
  return {
    ...trial,
    run: (sql) => watching(trial.run(sql)),
    close: async () => {
      await Promise.all([trial.close(), watcher.close()]);
    },
  };
}

const lockNotAvailable = '55P03';

function holderWords(holders: readonly Blocker[]): string {
  return `server ${holders.length === 1 ? 'process' : 'processes'} ${holders.map(describeBlocker).join(', ')}`;
}
