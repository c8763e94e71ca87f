import { displayName, sameName, type QualifiedName } from '../../schema/schema';
import { message, type Message } from '../../text/problem';
import { blockedBy, type Hazard, type Lock, type LockMode, type Work } from './hazard';

/**
 * A hazard in plain words, a sentence for each relation: `AccessExclusiveLock on orders: blocks reads and writes; rewrites
 * the table`. The last ones say that it cannot run inside a transaction, and what is not known. None where nobody has to
 * wait for anything.
 */
export function describeHazard(hazard: Hazard): readonly Message[] {
  const unlocked = hazard.work.filter(({ table }) => !hazard.locks.some((lock) => isLockOn(lock, table)));
  return [
    ...hazard.locks.map((lock) => describeLock(lock, hazard.work.filter(({ table }) => isLockOn(lock, table)))),
    ...tablesOf(unlocked).map((table) => withWork('{relation}: ', { relation: displayName(table) }, unlocked.filter((work) => sameName(work.table, table)), 'table')),
    ...(hazard.outsideTransaction ? [message('cannot run inside a transaction')] : []),
    ...(hazard.unknown === null ? [] : [message(`not all is known: ${hazard.unknown.text}`, hazard.unknown.args)]),
  ];
}

function isLockOn(lock: Lock, table: QualifiedName): boolean {
  return lock.relation !== 'index' && sameName(lock, table);
}

function describeLock(lock: Lock, work: readonly Work[]): Message {
  const text = `{mode} on ${lock.relation === 'table' ? '' : '{kind} '}{relation}: {blocked}`;
  const args = { mode: lock.mode, ...(lock.relation === 'table' ? {} : { kind: lock.relation }), relation: displayName(lock), blocked: blockedText(lock.mode) };
  return work.length === 0 ? message(text, args) : withWork(`${text}; `, args, work, lock.relation);
}

/** What others wait with: `blocks reads and writes`. */
export function blockedText(mode: LockMode): string {
  const { reads, writes, rowLocks, maintenance } = blockedBy(mode);
  if (reads) return 'blocks reads and writes';
  if (rowLocks) return 'blocks writes and SELECT FOR UPDATE';
  if (writes) return 'blocks writes';
  if (maintenance) return 'blocks schema changes and VACUUM, no reads or writes';
  return mode === 'RowExclusiveLock' ? 'blocks schema changes, and writes of the same rows' : 'blocks DROP, TRUNCATE and most of ALTER TABLE, no reads or writes';
}

/** Work that is sure first; the rest with the reason why it may not happen. */
function withWork(text: string, args: Message['args'], work: readonly Work[], relation: Lock['relation']): Message {
  const sure = sentence(work.filter(({ maybe }) => maybe === undefined), relation);
  const unsure = work.filter(({ maybe }) => maybe !== undefined);
  const reason = unsure[0]?.maybe;
  if (reason === undefined) return message(`${text}{work}`, { ...args, work: sure });
  return message(`${text}${sure === '' ? '' : '{work}, '}perhaps {perhaps}: ${reason.text}`, { ...reason.args, ...args, ...(sure === '' ? {} : { work: sure }), perhaps: sentence(unsure, relation) });
}

function sentence(work: readonly Work[], relation: Lock['relation']): string {
  const built = work.filter(({ kind }) => kind === 'build_index').map(({ index }) => index);
  const names = built.filter((name): name is string => name != null);
  const has = (kind: Work['kind']): boolean => work.some((one) => one.kind === kind);
  return [
    ...(has('rewrite') ? [`rewrites ${relation === 'table' ? 'the table' : 'it'}`] : []),
    ...(has('scan') ? ['reads every row'] : []),
    ...(names.length > 0 ? [`builds ${names.length === 1 ? 'index' : 'indexes'} ${names.join(', ')}`] : built.length > 0 ? ['builds an index'] : []),
    ...(has('change_rows') ? ['changes rows'] : []),
  ].join(', ');
}

function tablesOf(work: readonly Work[]): readonly QualifiedName[] {
  return work.map(({ table }) => table).filter((table, index, all) => all.findIndex((other) => sameName(other, table)) === index);
}
