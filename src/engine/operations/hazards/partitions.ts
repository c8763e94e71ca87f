import { findTable } from '../../schema/lookup';
import { sameName, type Schema } from '../../schema/schema';
import { message } from '../../text/problem';
import type { OperationOf } from '../operation';
import { noHazard, strongestLocks, type Hazard, type Work } from './hazard';
import { familyOf, locksOn, plainName, referringTo, withRows } from './relations';

/**
 * ATTACH lets the partitioned table be used, DETACH does not unless it is CONCURRENTLY. What foreign keys, triggers and a
 * default partition make of it is not followed. Source: PostgreSQL documentation, ALTER TABLE, ATTACH and DETACH PARTITION.
 */
export function partitionHazard(operation: OperationOf<'attach_partition' | 'detach_partition'>, before: Schema): Hazard {
  const parent = { schema: operation.schema, name: operation.table };
  const { partition } = operation;
  const concurrently = operation.concurrently === true;
  const table = findTable(before, parent);
  const siblings = familyOf(before, parent).filter((member) => !sameName(member, parent) && !sameName(member, partition));
  const others = table === undefined || siblings.length > 0 || [parent, partition].some((name) => (findTable(before, name)?.foreignKeys.length ?? 0) > 0 || referringTo(before, name).length > 0);
  const unknown = others ? message('A default partition of {table}, and tables that foreign keys lead to or come from, may be locked, too.', { table: parent.name }) : null;
  if (operation.kind === 'detach_partition') {
    const locks = concurrently ? locksOn(before, 'ShareUpdateExclusiveLock', [parent, partition]) : locksOn(before, 'AccessExclusiveLock', [parent, partition]);
    return { ...noHazard, locks, outsideTransaction: concurrently, unknown };
  }
  const rows = withRows(before, partition);
  const indexes = [...(table?.primaryKey == null ? [] : [table.primaryKey]), ...(table?.uniques ?? []), ...(table?.indexes ?? [])];
  const scan = rows.map((member): Work => ({ kind: 'scan', table: plainName(member), maybe: message('A CHECK that says as much may spare it.') }));
  const builds = indexes.flatMap(() => rows.map((member): Work => ({ kind: 'build_index', table: plainName(member), index: null, maybe: message('An index that is there already may be taken.') })));
  return { ...noHazard, locks: strongestLocks([...locksOn(before, 'ShareUpdateExclusiveLock', [parent]), ...locksOn(before, 'AccessExclusiveLock', familyOf(before, partition))]), work: [...scan, ...builds], unknown };
}
