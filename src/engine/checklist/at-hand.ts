import type { DatabaseFacts } from './facts';

/** A migration that may be the one at hand. */
export interface Candidate {
  readonly id: string;
  readonly path: string;
  /** In the active editor. */
  readonly isActive: boolean;
  /** Null: git was not asked, or there is none. */
  readonly isCommitted: boolean | null;
  /** Of the databases that could be read. */
  readonly databases: readonly { readonly environment: DatabaseFacts['environment']; readonly applied: boolean }[];
}

export type AtHand = { readonly kind: 'draft'; readonly id: string } | { readonly kind: 'generate' } | { readonly kind: 'none' };

/**
 * Which migration is at hand. First the draft in the active editor, then the newest that is not committed, then the newest that no
 * development database has; then what the models need and no migration does; then the newest that some database still lacks.
 * `candidates`: newest first. `needsMigration` is asked only where it matters: it is work.
 */
export async function migrationAtHand(candidates: readonly Candidate[], needsMigration: () => Promise<boolean>): Promise<AtHand> {
  const active = candidates.find(({ isActive }) => isActive);
  if (active !== undefined && isOpen(active)) return { kind: 'draft', id: active.id };
  const found = candidates.find(({ isCommitted }) => isCommitted === false) ?? candidates.find(isUntried);
  if (found !== undefined) return { kind: 'draft', id: found.id };
  if (await needsMigration()) return { kind: 'generate' };
  const pending = candidates.find(isPending);
  return pending === undefined ? { kind: 'none' } : { kind: 'draft', id: pending.id };
}

/** Something of it is still to be done; where neither git nor a database tells, a person who has it open means it. */
function isOpen(candidate: Candidate): boolean {
  const knowsNothing = candidate.isCommitted === null && candidate.databases.length === 0;
  return candidate.isCommitted === false || isPending(candidate) || knowsNothing;
}

function isPending({ databases }: Candidate): boolean {
  return databases.some(({ applied }) => !applied);
}

function isUntried({ databases }: Candidate): boolean {
  const trial = databases.filter(({ environment }) => environment !== 'production');
  return trial.length > 0 && trial.every(({ applied }) => !applied);
}
