import { findTable } from '../../schema/lookup';
import { sameName, type ForeignKey, type QualifiedName, type Schema } from '../../schema/schema';
import { message } from '../../text/problem';
import { noHazard, strongestLocks, sumOf, type Hazard, type Work } from './hazard';
import { familyOf, locksOn, plainName, readsOf, referringTo, withRows } from './relations';

export interface Change {
  readonly table: QualifiedName;
  /** `any`: what it does to rows is not known, or is several things. */
  readonly how: 'insert' | 'update' | 'delete' | 'any';
  /** What an update writes; null: any. */
  readonly columns: readonly string[] | null;
}

/**
 * A statement that writes rows, with what foreign keys do then: the rows referred to are locked against going, those that
 * refer are looked for, or go along. Source: PostgreSQL documentation, 13.3; ri_triggers.c.
 */
export function changing(before: Schema, change: Change, done: readonly QualifiedName[] = []): Hazard {
  const { table: name, how, columns } = change;
  const table = findTable(before, name);
  const written = readsOf(before, name);
  const own: Hazard = {
    ...noHazard,
    locks: strongestLocks(locksOn(before, 'RowExclusiveLock', written)),
    work: written.filter((relation) => findTable(before, relation)?.partitionBy === null).map((relation): Work => ({ kind: 'change_rows', table: plainName(relation) })),
    unknown: table?.triggers?.length ? message('The triggers and rules of {table} may do more.', { table: table.name }) : null,
  };
  if (table === undefined) return own;
  const touches = (used: readonly string[]): boolean => how !== 'update' || columns === null || used.some((column) => columns.includes(column));
  const referenced = how === 'delete' ? [] : table.foreignKeys.filter((key) => touches(key.columns)).flatMap((key) => familyOf(before, key.references));
  const incoming = how === 'insert' ? [] : referringTo(before, table).filter(({ key }) => touches(key.references.columns) && !done.some((other) => sameName(other, name)));
  return sumOf([own, { ...noHazard, locks: strongestLocks(locksOn(before, 'RowShareLock', referenced)) }, ...incoming.map((reference) => following(before, reference.table, reference.key, how, [...done, name]))]);
}

/** The rows that refer to those that are deleted, or get another key. */
function following(before: Schema, table: QualifiedName, key: ForeignKey, how: Change['how'], done: readonly QualifiedName[]): Hazard {
  const actions = how === 'delete' ? [key.onDelete] : how === 'update' ? [key.onUpdate] : [key.onDelete, key.onUpdate];
  if (actions.every((action) => action === 'NO ACTION' || action === 'RESTRICT')) return { ...noHazard, locks: locksOn(before, 'RowShareLock', familyOf(before, table)) };
  const further = changing(before, { table, how: how === 'delete' && key.onDelete === 'CASCADE' ? 'delete' : 'update', columns: key.columns }, done);
  return { ...further, work: withRows(before, table).map((member): Work => ({ kind: 'change_rows', table: member, maybe: message('Only where rows refer to those that change.') })) };
}
