import { readBlockers, type Blocker } from '../database/backends';
import type { Database } from '../database/connect';

/** What a run waits for. */
export type Waiting =
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[]; readonly seconds: number }
  /** It has the lock now. */
  | { readonly kind: 'unblocked' }
  /** The server does not answer any more: the network, or the server itself. */
  | { readonly kind: 'silent'; readonly seconds: number };

export interface LockWatch {
  hasEnded(): boolean;
  /** Who held the lock that was waited for a moment ago; empty: nobody was seen. */
  lastSeen(): readonly Blocker[];
  end(): void;
}

/** A lock that comes within this is not worth a word. */
const patience = 2_000;
const usualPause = 500;
const silence = 5_000;

/**
 * Looks on a connection of its own who stands in the way of the server processes `pids`, which grow as they connect. `lockTimeout`: who
 * waits no longer than that is looked at more often. Never rejects.
 */
export function watchLocks(database: Database, pids: ReadonlySet<number>, tell: (waiting: Waiting) => void, lockTimeout: number | null = null): LockWatch {
  const pause = lockTimeout === null || lockTimeout === 0 ? usualPause : Math.min(usualPause, Math.max(50, lockTimeout / 4));
  let ended = false;
  let seen: { readonly blockers: readonly Blocker[]; readonly at: number } | null = null;
  let since: number | null = null;
  let told = '';
  let asked: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    if (pids.size > 0) {
      asked ??= Date.now();
      // A connection that broke answers no more than a network that is cut.
      const blockers = await readBlockers(database, [...pids]).catch(() => null);
      if (ended || (blockers === null && !database.isOpen())) return;
      if (blockers !== null) asked = null;
      if (blockers !== null && blockers.length > 0) seen = { blockers, at: Date.now() };
      if (blockers === null || blockers.length === 0) {
        if (told !== '') tell({ kind: 'unblocked' });
        [since, told] = [null, ''];
      } else {
        since ??= Date.now();
        const key = blockers.map(({ pid }) => pid).join();
        if (Date.now() - since >= patience && key !== told) {
          told = key;
          tell({ kind: 'blocked', blockers, seconds: Math.round((Date.now() - since) / 1000) });
        }
      }
    }
    if (!ended) timer = setTimeout(() => void look(), pause);
  };
  let wasSilent = false;
  const listening = setInterval(() => {
    const isSilent = asked !== null && Date.now() - asked > silence;
    if (isSilent && !wasSilent && asked !== null) tell({ kind: 'silent', seconds: Math.round((Date.now() - asked) / 1000) });
    if (wasSilent && !isSilent) tell({ kind: 'unblocked' });
    wasSilent = isSilent;
  }, usualPause);
  void look();
  return {
    hasEnded: () => ended,
    lastSeen: () => (seen !== null && Date.now() - seen.at < patience ? seen.blockers : []),
    end: () => {
      ended = true;
      clearTimeout(timer);
      clearInterval(listening);
    },
  };
}
