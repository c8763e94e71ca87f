import { findTable } from '../schema/lookup';
import { findColumn, sameName, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { mentionsIdentifier } from '../sql/identifiers';
import type { SqlParser } from '../sql/parser';
import { message, type Message } from '../text/problem';
import { applyOperation } from './apply';
import { addColumnWork } from './hazards/add-column';
import { alterColumnHazard } from './hazards/alter-column';
import { noHazard, strongestLocks, sumOf, type Hazard, type LockMode, type Loss, type Work } from './hazards/hazard';
import { looksForNulls } from './hazards/not-null';
import { partitionHazard } from './hazards/partitions';
import { familyOf, isOfRows, locksOn, plainName, referringTo, relationKind, unreferencedBy, withRows } from './hazards/relations';
import { statementHazard } from './hazards/statements';
import { onlineForm } from './online';
import type { Operation, OperationOf } from './operation';

export interface HazardOptions {
  /** The major version: 14 to 18. */
  readonly postgresVersion: number;
  /** Reads what `op.execute` is given. Without one, what a statement locks is known only as far as the operation says it. */
  readonly sql?: SqlParser | null;
  /** The TimeZone of the session that runs the migration, where it is known. */
  readonly timeZone?: string | null;
}

/**
 * The locks that an operation takes on the schema before it, the work that it does under them, and what is gone after it.
 * An operation of several statements has the sum of theirs. What is not understood has a reason in `unknown`, never nothing.
 * Source: PostgreSQL documentation, 13.3 and the pages of each statement; `AlterTableGetLockLevel` in tablecmds.c. Proven on
 * servers by test/database/hazards.test.ts.
 */
export function hazardOf(operation: Operation, before: Schema, options: HazardOptions): Hazard {
  if (operation.online !== true) return plainHazard(operation, before, options);
  const hazards: Hazard[] = [];
  let schema = before;
  for (const step of onlineForm(operation)) {
    hazards.push(plainHazard(step, schema, options));
    schema = applyOperation(schema, step);
  }
  return sumOf(hazards);
}

function plainHazard(operation: Operation, before: Schema, options: HazardOptions): Hazard {
  switch (operation.kind) {
    case 'drop_schema':
      return operation.cascade === true ? { ...noHazard, unknown: message('All that is in the schema {name} goes with it, and is locked.', { name: operation.name }) } : noHazard;
    case 'create_schema':
    case 'rename_schema':
    case 'create_enum':
    case 'drop_enum':
    case 'rename_enum':
    case 'set_enum_schema':
    case 'add_enum_value':
    case 'rename_enum_value':
      return noHazard;
    case 'create_table':
      return createTable(operation, before);
    case 'drop_table':
      return dropTable(operation, before, options);
    case 'rename_table':
    case 'set_table_schema':
      return taking(before, 'AccessExclusiveLock', [operation]);
    case 'set_row_level_security':
      return taking(before, 'AccessExclusiveLock', [tableOf(operation)]);
    case 'attach_partition':
    case 'detach_partition':
      return partitionHazard(operation, before);
    case 'create_table_comment':
    case 'drop_table_comment':
      return taking(before, 'ShareUpdateExclusiveLock', [tableOf(operation)]);
    case 'set_constraint_comment':
      return taking(before, 'AccessShareLock', [tableOf(operation)]);
    case 'add_column': {
      const isThere = operation.ifNotExists === true && columnOf(before, operation, operation.column.name) !== undefined;
      return isThere ? taking(before, 'AccessExclusiveLock', [tableOf(operation)]) : alterTable(before, operation, addColumnWork(before, tableOf(operation), operation.column));
    }
    case 'drop_column':
      return dropColumn(operation, before, options);
    case 'alter_column':
      return alterColumnHazard(operation, before, options);
    case 'drop_expression':
      return alterTable(before, operation);
    case 'set_expression': {
      const isStored = columnOf(before, operation, operation.column)?.generated?.stored !== false;
      const checks = findTable(before, tableOf(operation))?.checks.some((check) => !check.notValid && mentionsIdentifier(check.expression.sql, operation.column)) === true;
      return alterTable(before, operation, isStored ? onRows(before, operation, { kind: 'rewrite' }) : checks ? onRows(before, operation, { kind: 'scan' }) : []);
    }
    case 'set_numbering':
      return setNumbering(operation, before, options);
    case 'create_primary_key': {
      const table = findTable(before, tableOf(operation));
      const columns = operation.constraint.columns.length > 0 ? operation.constraint.columns : (table?.indexes.find((index) => index.name === operation.usingIndex)?.elements.flatMap((element) => element.column ?? []) ?? []);
      const scans = table === undefined || columns.some((column) => looksForNulls(table, column));
      return alterTable(before, operation, [...(scans ? onRows(before, operation, { kind: 'scan' }) : []), ...(operation.usingIndex === undefined ? onRows(before, operation, { kind: 'build_index', index: operation.constraint.name }) : [])]);
    }
    case 'create_unique_constraint':
      return addIndex(before, operation, options, operation.usingIndex === undefined ? onRows(before, operation, { kind: 'build_index', index: operation.constraint.name }) : []);
    case 'create_exclude_constraint':
      // Once it is built, every row is looked up in it.
      return addIndex(before, operation, options, [...onRows(before, operation, { kind: 'build_index', index: operation.constraint.name }), ...onRows(before, operation, { kind: 'scan' })]);
    case 'create_check_constraint':
      return alterTable(before, operation, operation.constraint.notValid ? [] : onRows(before, operation, { kind: 'scan' }));
    case 'create_foreign_key': {
      const tables = [...familyFor(before, operation), ...familyOf(before, operation.constraint.references)];
      // In ADD COLUMN, a column without a default has nothing to look up.
      const isEmpty = operation.inline === true && operation.constraint.columns.every((column) => columnOf(before, operation, column)?.default === null);
      return { ...taking(before, 'ShareRowExclusiveLock', tables), work: operation.constraint.notValid || isEmpty ? [] : onRows(before, operation, { kind: 'scan' }) };
    }
    case 'drop_constraint':
      return dropConstraint(operation, before, options);
    case 'alter_constraint':
      return alterConstraint(operation, before);
    case 'validate_constraint':
      return validateConstraint(operation, before);
    case 'rename_constraint': {
      // A CHECK has the same name on the partitions.
      const isCheck = findTable(before, tableOf(operation))?.checks.some((check) => check.name === operation.name) === true;
      return taking(before, 'AccessExclusiveLock', isCheck ? familyOf(before, tableOf(operation)) : [tableOf(operation)]);
    }
    case 'create_index':
      return createIndex(operation, before);
    case 'drop_index':
      return dropIndex(operation, before);
    case 'rename_index':
      return { ...noHazard, locks: [{ ...plainName(operation), mode: 'ShareUpdateExclusiveLock', relation: 'index' }] };
    case 'set_index_options':
      return { ...noHazard, locks: [{ ...plainName(operation), mode: Object.keys(operation.options).every((option) => option === 'fillfactor' || option === 'deduplicate_items') ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock', relation: 'index' }] };
    case 'create_sequence':
      if (operation.ifNotExists === true && before.sequences.some((sequence) => sameName(sequence, operation.sequence))) return noHazard;
      return operation.sequence.ownedBy === null ? noHazard : taking(before, 'AccessShareLock', [operation.sequence.ownedBy]);
    case 'rename_sequence':
    case 'drop_sequence':
      return { ...noHazard, locks: [{ ...plainName(operation), mode: 'AccessExclusiveLock', relation: 'sequence' }] };
    case 'alter_sequence':
      return { ...noHazard, locks: [{ ...plainName(operation), mode: 'ShareRowExclusiveLock', relation: 'sequence' }] };
    case 'create_view':
      return createView(operation, before);
    case 'drop_view':
      if (operation.ifExists === true && before.unknown.length === 0 && !before.views.some((view) => sameName(view, operation))) return noHazard;
      return { ...taking(before, 'AccessExclusiveLock', [operation]), unknown: cascading(operation, operation.name) };
    case 'rename_view_column':
      return taking(before, 'AccessExclusiveLock', [operation]);
    case 'create_policy':
      return sumOf([taking(before, 'AccessExclusiveLock', [tableOf(operation)]), taking(before, 'AccessShareLock', operation.policy.reads ?? [])]);
    case 'alter_policy':
      return sumOf([taking(before, 'AccessExclusiveLock', [tableOf(operation)]), taking(before, 'AccessShareLock', operation.reading?.reads ?? [])]);
    case 'drop_policy':
      return taking(before, 'AccessExclusiveLock', [tableOf(operation)]);
    case 'create_trigger':
      if (operation.trigger.kind === 'rule') return sumOf([taking(before, 'AccessExclusiveLock', [tableOf(operation)]), taking(before, 'AccessShareLock', operation.trigger.reads ?? [])]);
      return taking(before, 'ShareRowExclusiveLock', isOfRows(operation.trigger) ? familyOf(before, tableOf(operation)) : [tableOf(operation)]);
    case 'drop_trigger': {
      const trigger = findTable(before, tableOf(operation))?.triggers?.find((candidate) => candidate.name === operation.name && candidate.kind === operation.type);
      return taking(before, 'AccessExclusiveLock', trigger !== undefined && isOfRows(trigger) ? familyOf(before, tableOf(operation)) : [tableOf(operation)]);
    }
    case 'alter_trigger':
      return alterTrigger(operation, before, options);
    case 'set_comment':
      if (operation.on === 'type') return noHazard;
      if (operation.table !== null) return taking(before, 'AccessShareLock', [{ schema: operation.schema, name: operation.table }]);
      return { ...noHazard, locks: [{ ...plainName(operation), mode: 'ShareUpdateExclusiveLock', relation: operation.on === 'index' ? 'index' : relationKind(before, operation) }] };
    case 'execute':
      return statementHazard(operation, before, options.sql ?? null);
    case 'unknown':
      return { ...noHazard, unknown: operation.reason };
    default:
      // A kind that this does not know yet is not safe.
      return { ...noHazard, unknown: message('What {operation} locks is not known.', { operation: (operation as Operation).kind }) };
  }
}

interface At {
  readonly schema: string | null;
  readonly table: string;
  readonly only?: boolean;
}

/** The table and its partitions, unless the statement says ONLY. */
function familyFor(before: Schema, at: At): readonly QualifiedName[] {
  return at.only === true ? [tableOf(at)] : familyOf(before, tableOf(at));
}

/** CASCADE: views, foreign keys and the like go with it. */
function cascading({ cascade }: { readonly cascade?: boolean }, name: string): Message | null {
  return cascade === true ? message('What hangs on {name} goes with it, and is locked, too.', { name }) : null;
}

function tableOf({ schema, table }: At): QualifiedName {
  return { schema, name: table };
}

function columnOf(before: Schema, at: At, name: string): Table['columns'][number] | undefined {
  const table = findTable(before, tableOf(at));
  return table === undefined ? undefined : findColumn(table, name);
}

function taking(before: Schema, mode: LockMode, names: readonly QualifiedName[]): Hazard {
  return { ...noHazard, locks: strongestLocks(locksOn(before, mode, names)) };
}

/** Most of ALTER TABLE. */
function alterTable(before: Schema, at: At, work: readonly Work[] = []): Hazard {
  return { ...taking(before, 'AccessExclusiveLock', familyFor(before, at)), work };
}

function onRows(before: Schema, at: At, work: Omit<Work, 'table'>): readonly Work[] {
  const rows = withRows(before, tableOf(at)).map((table) => ({ ...work, table }));
  return at.only === true ? rows.filter(({ table }) => sameName(table, tableOf(at))) : rows;
}

/** ADD UNIQUE and the like: up to PostgreSQL 17, partitions are locked as by CREATE INDEX, and for triggers. */
function addIndex(before: Schema, operation: OperationOf<'create_unique_constraint' | 'create_exclude_constraint'>, { postgresVersion }: HazardOptions, work: readonly Work[]): Hazard {
  if (postgresVersion >= 18) return alterTable(before, operation, work);
  const [table, ...partitions] = familyOf(before, tableOf(operation));
  return { ...sumOf([taking(before, 'AccessExclusiveLock', table === undefined ? [] : [table]), taking(before, operation.constraint.deferrable ? 'ShareRowExclusiveLock' : 'ShareLock', partitions)]), work };
}

/** Partitions have an identity of their own from PostgreSQL 17 on. The largest number is read to go on behind it. */
function setNumbering(operation: OperationOf<'set_numbering'>, before: Schema, { postgresVersion }: HazardOptions): Hazard {
  const { from, to } = operation;
  if (from.by === 'nobody' && to.by === 'nobody') return noHazard;
  const name = tableOf(operation);
  const whole = from.by === 'serial' || to.by === 'serial' || postgresVersion >= 17;
  const altered = taking(before, 'AccessExclusiveLock', whole ? familyOf(before, name) : [name]);
  if (operation.goesOn === false || to.by === 'nobody' || (from.by === 'identity' && to.by === 'identity')) return altered;
  return { ...sumOf([altered, taking(before, 'AccessShareLock', familyOf(before, name))]), work: largestLookedFor(before, operation) };
}

/** An index that begins with the column has its largest value at its end. */
function largestLookedFor(before: Schema, at: At & { readonly column: string }): readonly Work[] {
  const table = findTable(before, tableOf(at));
  const leads = [...(table?.primaryKey == null ? [] : [table.primaryKey]), ...(table?.uniques ?? [])].some((key) => key.columns[0] === at.column);
  const isIndexed = leads || table?.indexes.some((index) => index.method === 'btree' && index.where === null && index.valid && index.elements[0]?.column === at.column) === true;
  if (isIndexed && table?.partitionBy === null) return [];
  return onRows(before, at, { kind: 'scan', ...(isIndexed ? { maybe: message('An index may spare it.') } : {}) });
}

/** A materialized view runs its query at once. */
function createView({ view }: OperationOf<'create_view'>, before: Schema): Hazard {
  const replaced = before.views.some((other) => sameName(other, view)) && !view.materialized ? taking(before, 'AccessExclusiveLock', [view]) : noHazard;
  const read = view.dependsOn.filter((part, index, all) => all.findIndex((other) => sameName(other, part)) === index);
  if (!view.materialized) return sumOf([replaced, taking(before, 'AccessShareLock', read)]);
  return { ...taking(before, 'AccessShareLock', read.flatMap((name) => familyOf(before, name))), work: read.flatMap((name) => withRows(before, name)).map((table): Work => ({ kind: 'scan', table })) };
}

/** Row triggers stand on partitions, too; from PostgreSQL 15 on, they get the new name with the partitioned table's. */
function alterTrigger({ name, type, newName, ...at }: OperationOf<'alter_trigger'>, before: Schema, { postgresVersion }: HazardOptions): Hazard {
  const table = findTable(before, tableOf(at));
  if (newName !== undefined) return taking(before, 'AccessExclusiveLock', type === 'trigger' && postgresVersion >= 15 ? familyOf(before, tableOf(at)) : [tableOf(at)]);
  if (type === 'rule') return taking(before, 'AccessExclusiveLock', [tableOf(at)]);
  const ofRows = table?.triggers?.some((trigger) => trigger.kind === type && (name === null || trigger.name === name) && isOfRows(trigger)) === true;
  const ofKeys = name === null && table !== undefined && (table.foreignKeys.length > 0 || referringTo(before, table).length > 0);
  return taking(before, 'ShareRowExclusiveLock', ofRows || ofKeys ? familyOf(before, tableOf(at)) : [tableOf(at)]);
}

function alterConstraint(operation: OperationOf<'alter_constraint'>, before: Schema): Hazard {
  const key = findTable(before, tableOf(operation))?.foreignKeys.find((candidate) => candidate.name === operation.name);
  return { ...alterTable(before, operation), unknown: key === undefined ? message('Which table the constraint {name} of {table} refers to, is not known.', { name: operation.name, table: operation.table }) : null };
}

/** Nobody sees the new table yet; a foreign key of it sets triggers on the table that it refers to. */
function createTable({ table, ifNotExists, like = [], parents = [], query }: OperationOf<'create_table'>, before: Schema): Hazard {
  if (ifNotExists === true && findTable(before, table) !== undefined) return noHazard;
  if (query !== undefined) return { ...noHazard, unknown: message('What the query reads is locked against being dropped.') };
  if (like.length > 0 || parents.length > 0) {
    const { like: _like, parents: _parents, ...rest } = { kind: 'create_table' as const, table, like, parents };
    return sumOf([createTable(rest, before), taking(before, 'AccessShareLock', like.map((source) => source.table)), taking(before, 'ShareUpdateExclusiveLock', parents)]);
  }
  const referenced = table.foreignKeys.map((key) => key.references).filter((name) => !sameName(name, table));
  return sumOf([taking(before, 'ShareRowExclusiveLock', referenced.flatMap((name) => familyOf(before, name))), table.partitionOf === null ? noHazard : taking(before, 'AccessExclusiveLock', [table.partitionOf])]);
}

function dropTable(operation: OperationOf<'drop_table'>, before: Schema, { postgresVersion }: HazardOptions): Hazard {
  const table = findTable(before, operation);
  if (table === undefined && operation.ifExists === true && before.unknown.length === 0) return noHazard;
  const family = familyOf(before, operation);
  const referenced = family.flatMap((name) => findTable(before, name)?.foreignKeys.map((key) => key.references) ?? []);
  const parent = table?.partitionOf ?? null;
  return {
    ...taking(before, 'AccessExclusiveLock', [...family, ...referenced.flatMap((name) => unreferencedBy(before, name, postgresVersion)), ...(parent === null ? [] : [parent])]),
    losses: family.map((name): Loss => ({ table: name, column: null })),
    unknown: table === undefined ? notKnown(operation) : operation.cascade === true ? cascading(operation, operation.name) : parent !== null && familyOf(before, parent).length > 2 ? message('A default partition of {table} is locked, too.', { table: parent.name }) : null,
  };
}

function dropColumn(operation: OperationOf<'drop_column'>, before: Schema, { postgresVersion }: HazardOptions): Hazard {
  const name = tableOf(operation);
  const table = findTable(before, name);
  const column = table === undefined ? undefined : findColumn(table, operation.column);
  if (table !== undefined && column === undefined && operation.ifExists === true) return taking(before, 'AccessExclusiveLock', [name]);
  const referenced = table?.foreignKeys.filter((key) => key.columns.includes(operation.column)).flatMap((key) => unreferencedBy(before, key.references, postgresVersion)) ?? [];
  // Up to PostgreSQL 14, columns that are generated from it go with it.
  const generated = postgresVersion >= 15 ? [] : (table?.columns.filter((other) => other.generated !== null && mentionsIdentifier(other.generated.expression.sql, operation.column)) ?? []);
  return {
    ...taking(before, 'AccessExclusiveLock', [...familyOf(before, name), ...referenced]),
    losses: familyOf(before, name).flatMap((member) => [operation.column, ...generated.map((other) => other.name)].map((lost): Loss => ({ table: member, column: lost }))),
    unknown: table === undefined ? notKnown(name) : cascading(operation, operation.column),
  };
}

/** The triggers of a foreign key go from both tables. */
function dropConstraint(operation: OperationOf<'drop_constraint'>, before: Schema, { postgresVersion }: HazardOptions): Hazard {
  const name = tableOf(operation);
  const table = findTable(before, name);
  const key = table?.foreignKeys.find((candidate) => candidate.name === operation.name);
  if (key !== undefined) return taking(before, 'AccessExclusiveLock', [...familyOf(before, name), key.references, ...unreferencedBy(before, key.references, postgresVersion)]);
  const known = table !== undefined && [table.primaryKey, ...table.uniques, ...table.checks, ...table.excludes].some((constraint) => constraint?.name === operation.name);
  const harmless = known || (operation.type !== null && operation.type !== 'foreignkey') || (table !== undefined && operation.ifExists === true);
  return { ...alterTable(before, operation), unknown: harmless ? cascading(operation, operation.name ?? '') : message('Which table the constraint {name} of {table} refers to, is not known.', { name: operation.name ?? '', table: operation.table }) };
}

function validateConstraint(operation: OperationOf<'validate_constraint'>, before: Schema): Hazard {
  const table = findTable(before, tableOf(operation));
  const key = table?.foreignKeys.find((candidate) => candidate.name === operation.name);
  const check = table?.checks.find((candidate) => candidate.name === operation.name);
  const known = key ?? check;
  // PostgreSQL looks no further where it is valid already.
  if (known?.notValid === false) return taking(before, 'ShareUpdateExclusiveLock', [tableOf(operation)]);
  const own = taking(before, 'ShareUpdateExclusiveLock', familyOf(before, tableOf(operation)));
  const referenced = key === undefined ? noHazard : taking(before, 'RowShareLock', familyOf(before, key.references));
  return { ...sumOf([own, referenced]), work: onRows(before, operation, { kind: 'scan' }), unknown: known === undefined ? message('What the constraint {name} of {table} asks is not known.', { name: operation.name, table: operation.table }) : null };
}

function createIndex(operation: OperationOf<'create_index'>, before: Schema): Hazard {
  const view = before.views.find((candidate) => sameName(candidate, tableOf(operation)));
  const table = findTable(before, tableOf(operation));
  const isThere = operation.ifNotExists === true && (table ?? view)?.indexes?.some((index) => index.name === operation.index.name) === true;
  const locked = operation.concurrently === true ? taking(before, 'ShareUpdateExclusiveLock', [tableOf(operation)]) : taking(before, 'ShareLock', familyFor(before, operation));
  return { ...locked, work: isThere ? [] : onRows(before, operation, { kind: 'build_index', index: operation.index.name }), outsideTransaction: operation.concurrently === true, ...perhaps(operation) };
}

function dropIndex(operation: OperationOf<'drop_index'>, before: Schema): Hazard {
  const outsideTransaction = operation.concurrently === true;
  const owner = before.tables.find((table) => table.schema === operation.schema && table.indexes.some((index) => index.name === operation.name)) ?? before.views.find((view) => view.schema === operation.schema && view.indexes?.some((index) => index.name === operation.name) === true);
  if (owner === undefined && operation.ifExists === true && before.unknown.length === 0) return { ...noHazard, outsideTransaction };
  const name = owner === undefined ? (operation.table === null ? null : { schema: operation.schema, name: operation.table }) : plainName(owner);
  if (name === null) return { ...noHazard, outsideTransaction, unknown: message('Which table the index {name} belongs to is not known.', { name: operation.name ?? '' }) };
  return { ...taking(before, operation.concurrently === true ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock', operation.concurrently === true ? [name] : familyOf(before, name)), outsideTransaction, ...perhaps(operation) };
}

/** The stronger lock is said, and that it is not certain. */
function perhaps({ perhapsConcurrently }: OperationOf<'create_index' | 'drop_index'>): Partial<Hazard> {
  return perhapsConcurrently === true ? { unknown: message('Whether CONCURRENTLY is used hangs on something that is not known.') } : {};
}

function notKnown(table: QualifiedName): Message {
  return message('What {table} is like is not known: it may lock tables that it refers to.', { table: table.name });
}
