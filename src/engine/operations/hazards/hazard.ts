import { sameName, type QualifiedName } from '../../schema/schema';
import type { Message } from '../../text/problem';

/**
 * What an operation means for a database in use: the locks that it holds until its transaction ends, the work that is done
 * under them, and what is gone afterwards.
 */
export interface Hazard {
  /**
   * The strongest lock on each relation that was there before, as `pg_locks` shows them; of two that do not contain each
   * other, both. What the operation itself makes nobody else can see yet. Indexes, and sequences that belong to a column, are
   * named only where the operation speaks of one: who holds a table's lock holds theirs too. Nor are they where only a
   * number is drawn from a sequence, and the partitioned tables above a partition whose definition is only read.
   */
  readonly locks: readonly Lock[];
  readonly work: readonly Work[];
  readonly losses: readonly Loss[];
  /** PostgreSQL refuses it inside a transaction (CONCURRENTLY). */
  readonly outsideTransaction: boolean;
  /** Why there may be more than is said here; null: this is all. */
  readonly unknown: Message | null;
}

/** PostgreSQL's own names, weakest first. Source: PostgreSQL documentation, 13.3 "Explicit Locking"; `pg_locks.mode`. */
export const lockModes = ['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'] as const;

export type LockMode = (typeof lockModes)[number];

export type RelationKind = 'table' | 'view' | 'materialized view' | 'sequence' | 'index';

export interface Lock extends QualifiedName {
  readonly mode: LockMode;
  readonly relation: RelationKind;
}

/** What takes longer the more rows there are. */
export interface Work {
  /**
   * `rewrite`: every row is written anew, and every index built anew; `scan`: every row is read; `build_index`: every row is
   * read and one index written; `change_rows`: a statement writes rows.
   */
  readonly kind: 'rewrite' | 'scan' | 'build_index' | 'change_rows';
  readonly table: QualifiedName;
  /** Of `build_index`; null where it has no name yet. */
  readonly index?: string | null;
  /** Why it may not happen after all. Absent: it does. */
  readonly maybe?: Message;
}

/** Values that are gone: a column's, or all rows of a table (`column: null`). */
export interface Loss {
  readonly table: QualifiedName;
  readonly column: string | null;
}

export const noHazard: Hazard = { locks: [], work: [], losses: [], outsideTransaction: false, unknown: null };

/** Source: PostgreSQL documentation, table 13.2 "Conflicting Lock Modes". */
const conflicts: Readonly<Record<LockMode, readonly LockMode[]>> = {
  AccessShareLock: ['AccessExclusiveLock'],
  RowShareLock: ['ExclusiveLock', 'AccessExclusiveLock'],
  RowExclusiveLock: ['ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'],
  ShareUpdateExclusiveLock: ['ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'],
  ShareLock: ['RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'],
  ShareRowExclusiveLock: ['RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'],
  ExclusiveLock: ['RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'],
  AccessExclusiveLock: lockModes,
};

/** Whether a holder of `held` makes one who wants `wanted` wait, or the other way round. */
export function conflict(held: LockMode, wanted: LockMode): boolean {
  return conflicts[held].includes(wanted);
}

/** What others wait with while a lock is held. */
export interface Blocked {
  /** SELECT. */
  readonly reads: boolean;
  /** INSERT, UPDATE, DELETE. */
  readonly writes: boolean;
  /** SELECT … FOR UPDATE or FOR SHARE, and with it rows that refer to these by a foreign key. */
  readonly rowLocks: boolean;
  /** VACUUM, ANALYZE, CREATE INDEX CONCURRENTLY, and most of ALTER TABLE. */
  readonly maintenance: boolean;
}

export function blockedBy(mode: LockMode): Blocked {
  return { reads: conflict(mode, 'AccessShareLock'), writes: conflict(mode, 'RowExclusiveLock'), rowLocks: conflict(mode, 'RowShareLock'), maintenance: conflict(mode, 'ShareUpdateExclusiveLock') };
}

/** Whether `a` blocks all that `b` blocks. */
export function contains(a: LockMode, b: LockMode): boolean {
  return conflicts[b].every((mode) => conflicts[a].includes(mode));
}

/** The locks without those that a stronger one on the same relation contains, behind `known`, for which this holds already. */
export function strongestLocks(locks: readonly Lock[], known: readonly Lock[] = []): readonly Lock[] {
  if (locks.length === 1 && known.length === 0) return locks;
  let kept = known;
  for (const lock of locks) {
    const isThere = kept.some((other) => other.name === lock.name && sameRelation(other, lock));
    if (isThere && kept.some((other) => sameRelation(other, lock) && contains(other.mode, lock.mode))) continue;
    kept = (isThere ? kept.filter((other) => !(sameRelation(other, lock) && contains(lock.mode, other.mode))) : kept).concat(lock);
  }
  return kept;
}

function sameRelation(a: Lock, b: Lock): boolean {
  return sameName(a, b) && (a.relation === 'index') === (b.relation === 'index');
}

/** All of them together, as of an operation that is several statements. */
export function sumOf(hazards: readonly Hazard[]): Hazard {
  const [first, ...others] = hazards;
  if (first === undefined) return noHazard;
  if (others.length === 0) return first;
  return {
    locks: strongestLocks(hazards.flatMap(({ locks }) => locks)),
    work: hazards.flatMap(({ work }) => work),
    losses: hazards.flatMap(({ losses }) => losses),
    outsideTransaction: hazards.some(({ outsideTransaction }) => outsideTransaction),
    unknown: hazards.find(({ unknown }) => unknown !== null)?.unknown ?? null,
  };
}
