import type { Hazard, Work } from '../../../src/engine/operations/hazards/hazard';
import type { Operation } from '../../../src/engine/operations/operation';
import { familyOf } from '../../../src/engine/operations/hazards/relations';
import { findTable } from '../../../src/engine/schema/lookup';
import { displayName, sameName, type Schema } from '../../../src/engine/schema/schema';
import type { Observed } from './observe';

/** What the server did otherwise than `hazardOf` says; what it says that it does not know is left out. */
export function differencesBetween(hazard: Hazard, observed: Observed, operation: Operation, schema: Schema): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, expected: readonly string[], actual: readonly string[], allowed: readonly string[] = []): void => {
    const [missing, more] = [without(expected, actual), without(without(actual, expected), allowed)];
    if (missing.length > 0 || (more.length > 0 && hazard.unknown === null)) found.push(`${what}: said [${expected.join(', ')}], is [${actual.join(', ')}]`);
  };
  const lockText = (lock: Hazard['locks'][number]): string => `${lock.mode} ${lock.relation} ${displayName(lock)}`;
  const isSaid = (lock: Hazard['locks'][number]): boolean => hazard.locks.some((said) => displayName(said) === displayName(lock));
  const above = ancestors(schema);
  const locks = observed.locks.filter((lock) => isSaid(lock) || !(lock.relation === 'sequence' && (lock.mode === 'RowExclusiveLock' || observed.owned.includes(displayName(lock)))) && !(lock.mode === 'AccessShareLock' && above.has(displayName(lock))));
  compare('locks', hazard.locks.filter(({ relation }) => relation !== 'index').map(lockText), locks.map(lockText));

  const named = hazard.locks.filter(({ relation }) => relation === 'index');
  const indexLocks = observed.indexLocks.map((lock) => `${lock.mode} ${lock.index}`);
  compare('named indexes', named.map((lock) => `${lock.mode} ${displayName(lock)}`), indexLocks, indexLocks);
  // An index that is locked against readers locks them out of its table.
  const exclusive = hazard.locks.filter(({ mode }) => mode === 'AccessExclusiveLock').map(displayName);
  compare('indexes locked against readers', [], observed.indexLocks.filter(({ mode, table, index }) => mode === 'AccessExclusiveLock' && !exclusive.includes(table) && !exclusive.includes(index)).map(({ index }) => index));

  const tables = (kind: Work['kind'], maybe: boolean): readonly string[] => hazard.work.filter((work) => work.kind === kind && (work.maybe !== undefined) === maybe).map(({ table }) => displayName(table));
  const emptied = operation.kind === 'execute' ? hazard.losses.map(({ table }) => displayName(table)) : [];
  compare('rewrites', unique(tables('rewrite', false)), observed.rewritten, [...tables('rewrite', true), ...emptied]);
  compare('indexes built', tables('build_index', false), observed.built, [...tables('build_index', true), ...(tables('rewrite', true).length > 0 ? observed.built : [])]);
  // All rows of a foreign key may be read in the order of an index, to be merged with those that they refer to.
  const scans = unique(tables('scan', false)).filter((table) => observed.scanned.includes(table) || operation.kind !== 'create_foreign_key' || !observed.readByIndex.includes(table));
  compare('scans', scans, observed.scanned, [...tables('scan', true), ...lookedUp(operation, schema), ...tables('rewrite', false), ...tables('rewrite', true), ...(operation.kind === 'execute' ? observed.scanned : [])]);
  compare('rows changed', unique(tables('change_rows', false)), observed.changed, [...tables('change_rows', true), ...tables('rewrite', false)]);
  compare('losses', operation.kind === 'execute' ? [] : hazard.losses.map(({ table, column }) => displayName(table) + (column === null ? '' : `.${column}`)), observed.lost);
  return found;
}

/** The rows of a foreign key are looked up in the table that it refers to, by its index or not. */
function lookedUp(operation: Operation, schema: Schema): readonly string[] {
  if (operation.kind === 'create_foreign_key') return familyOf(schema, operation.constraint.references).map(displayName);
  if (operation.kind !== 'validate_constraint' && operation.kind !== 'alter_column') return [];
  const own = findTable(schema, { schema: operation.schema, name: operation.table });
  const keys = own?.foreignKeys.filter((key) => (operation.kind === 'validate_constraint' ? key.name === operation.name : key.columns.includes(operation.column))) ?? [];
  const itself = operation.kind === 'alter_column' && own !== undefined && schema.tables.some((table) => table.foreignKeys.some((key) => sameName(key.references, own))) ? [own] : [];
  return [...keys.map((key) => key.references), ...itself].flatMap((name) => familyOf(schema, name)).map(displayName);
}

/** The partitioned tables that have one above or below. */
function ancestors(schema: Schema): ReadonlySet<string> {
  return new Set(schema.tables.filter((table) => table.partitionBy !== null).map(displayName));
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

/** As a multiset: what stands twice is taken off twice. */
function without(names: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return names.filter((name) => {
    const at = left.indexOf(name);
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
}
