import type { AlterTableStmt, Node } from 'libpg-query';
import { findTable } from '../../schema/lookup';
import { sameName, type QualifiedName, type Schema } from '../../schema/schema';
import { message } from '../../text/problem';
import { rangeName } from '../sql/tree';
import { noHazard, strongestLocks, sumOf, type Hazard, type LockMode } from './hazard';
import { familyOf, isOfRows, locksOn, referringTo } from './relations';

/** Commands of ALTER TABLE that are no operations of their own. Source: `AlterTableGetLockLevel` in tablecmds.c. */
export function alterTableLocks({ relation, cmds = [], objtype }: AlterTableStmt, before: Schema): Hazard {
  const name = rangeName(relation);
  if (objtype !== 'OBJECT_TABLE') return { ...noHazard, unknown: message('What this statement locks is not known.') };
  return sumOf(cmds.flatMap((node) => ('AlterTableCmd' in node ? [commandLocks(before, name, node.AlterTableCmd)] : [])));
}

function commandLocks(before: Schema, name: QualifiedName, { subtype = 'AT_AddColumn', def, name: trigger }: Extract<Node, { AlterTableCmd: unknown }>['AlterTableCmd']): Hazard {
  const mode = modes[subtype];
  if (subtype === 'AT_SetRelOptions' || subtype === 'AT_ResetRelOptions') return taking(before, isWeak(def) ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock', [name]);
  if (mode === undefined) return { ...taking(before, 'AccessExclusiveLock', [name]), unknown: message('What this ALTER TABLE does is not known.') };
  const whole = subtype.includes('Trig') ? hasRowTriggers(before, name, subtype.endsWith('Trig') ? (trigger ?? null) : null, subtype.endsWith('All')) : onPartitions.has(subtype);
  return taking(before, mode, whole ? familyOf(before, name) : [name]);
}

/** Row triggers of a partitioned table stand on its partitions, too; ALL has those of foreign keys among them. */
function hasRowTriggers(before: Schema, name: QualifiedName, trigger: string | null, all: boolean): boolean {
  const table = findTable(before, name);
  const own = table?.triggers?.some((candidate) => candidate.kind === 'trigger' && (trigger === null || candidate.name === trigger) && isOfRows(candidate)) === true;
  return own || (all && table !== undefined && (table.foreignKeys.length > 0 || referringTo(before, table).length > 0));
}

function taking(before: Schema, mode: LockMode, names: readonly QualifiedName[]): Hazard {
  return { ...noHazard, locks: strongestLocks(locksOn(before, mode, names)).filter((lock, index, all) => all.findIndex((other) => sameName(other, lock)) === index) };
}

const modes: Readonly<Record<string, LockMode>> = {
  AT_SetStatistics: 'ShareUpdateExclusiveLock',
  AT_ClusterOn: 'ShareUpdateExclusiveLock',
  AT_DropCluster: 'ShareUpdateExclusiveLock',
  AT_SetOptions: 'ShareUpdateExclusiveLock',
  AT_ResetOptions: 'ShareUpdateExclusiveLock',
  AT_EnableTrig: 'ShareRowExclusiveLock',
  AT_EnableAlwaysTrig: 'ShareRowExclusiveLock',
  AT_EnableReplicaTrig: 'ShareRowExclusiveLock',
  AT_EnableTrigAll: 'ShareRowExclusiveLock',
  AT_EnableTrigUser: 'ShareRowExclusiveLock',
  AT_DisableTrig: 'ShareRowExclusiveLock',
  AT_DisableTrigAll: 'ShareRowExclusiveLock',
  AT_DisableTrigUser: 'ShareRowExclusiveLock',
  AT_EnableRule: 'AccessExclusiveLock',
  AT_EnableAlwaysRule: 'AccessExclusiveLock',
  AT_EnableReplicaRule: 'AccessExclusiveLock',
  AT_DisableRule: 'AccessExclusiveLock',
  AT_ChangeOwner: 'AccessExclusiveLock',
  AT_SetStorage: 'AccessExclusiveLock',
  AT_SetCompression: 'AccessExclusiveLock',
  AT_ReplicaIdentity: 'AccessExclusiveLock',
  AT_EnableRowSecurity: 'AccessExclusiveLock',
  AT_DisableRowSecurity: 'AccessExclusiveLock',
  AT_ForceRowSecurity: 'AccessExclusiveLock',
  AT_NoForceRowSecurity: 'AccessExclusiveLock',
};

const onPartitions = new Set(['AT_SetStorage', 'AT_SetStatistics']);

/** Storage parameters that everyday work may go on under. Source: reloptions.c. */
function isWeak(def: Node | undefined): boolean {
  const options = def !== undefined && 'List' in def ? (def.List.items ?? []) : [];
  return options.length > 0 && options.every((option) => 'DefElem' in option && (/^(toast\.)?(autovacuum_|vacuum_|log_autovacuum)/.test(option.DefElem.defname ?? '') || weak.has(option.DefElem.defname ?? '')));
}

const weak = new Set(['fillfactor', 'toast_tuple_target', 'parallel_workers', 'n_distinct', 'n_distinct_inherited']);
