import { displayName, sameName, type QualifiedName } from '../../schema/schema';
import { message, type Message } from '../../text/problem';
import { blockedBy, type Hazard, type Lock, type LockMode, type Work } from './hazard';

/**
 * A hazard in plain words, a sentence for each relation: `AccessExclusiveLock on orders: blocks reads and writes; rewrites
 * the table`. The last one says what is not known. None where nobody has to wait for anything.
 */
export function describeHazard(hazard: Hazard): readonly Message[] {
  const unlocked = hazard.work.filter(({ table }) => !hazard.locks.some((lock) => lock.relation !== 'index' && sameName(lock, table)));
  return [
    ...hazard.locks.map((lock) => describeLock(lock, hazard.work.filter(({ table }) => lock.relation !== 'index' && sameName(table, lock)))),
    ...tablesOf(unlocked).map((table) => message('{table}: {work}', { table: displayName(table), work: workText(unlocked.filter((work) => sameName(work.table, table))) })),
    ...(hazard.outsideTransaction ? [message('cannot run inside a transaction')] : []),
    ...(hazard.unknown === null ? [] : [message(`locks not known: ${hazard.unknown.text}`, hazard.unknown.args)]),
  ];
}

function describeLock(lock: Lock, work: readonly Work[]): Message {
  const args = { mode: lock.mode, relation: displayName(lock), blocked: blockedText(lock.mode) };
  return work.length === 0 ? message('{mode} on {relation}: {blocked}', args) : message('{mode} on {relation}: {blocked}; {work}', { ...args, work: workText(work) });
}

/** What others wait with: `blocks reads and writes`. */
export function blockedText(mode: LockMode): string {
  const { reads, writes, rowLocks, maintenance } = blockedBy(mode);
  if (reads) return 'blocks reads and writes';
  if (rowLocks) return 'blocks writes and SELECT FOR UPDATE';
  if (writes) return 'blocks writes';
  if (maintenance) return 'blocks only other schema changes and VACUUM';
  return mode === 'RowExclusiveLock' ? 'blocks only schema changes, and writers of the same rows' : 'blocks only schema changes that need the table alone';
}

function workText(work: readonly Work[]): string {
  const said = work.map(({ kind, index, maybe }) => {
    const text = kind === 'rewrite' ? 'rewrites the table' : kind === 'scan' ? 'reads every row' : kind === 'change_rows' ? 'changes rows' : index == null ? 'builds an index' : `builds index ${index}`;
    return maybe === undefined ? text : `perhaps ${text}`;
  });
  return [...new Set(said)].join(', ');
}

function tablesOf(work: readonly Work[]): readonly QualifiedName[] {
  return work.map(({ table }) => table).filter((table, index, all) => all.findIndex((other) => sameName(other, table)) === index);
}
