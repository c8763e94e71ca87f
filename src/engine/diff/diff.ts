import type { Operation } from '../operations/operation';
import { usersOf } from '../operations/rebuild-enum';
import { recreateTable } from '../operations/reverse';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type ForeignKey, type PrimaryKey, type QualifiedName, type Schema, type Table, type UniqueConstraint } from '../schema/schema';
import { compareTypes } from '../schema/types';
import { defaultConstraintName, type AnyConstraint } from '../schema/constraint-names';
import { diffColumns, type NotCompared } from './columns';
import { comparePrimaryKeys, compareUniques } from './compare';
import { diffConstraints, foreignKeyOperations } from './constraints';
import { moveDependentsAside } from './dependents';
import { diffEnums } from './enums';
import { remakeGenerated } from './generated';
import { Phases } from './phases';
import { diffSequences } from './sequences';

/** What leads from one schema to another. */
export interface SchemaDiff {
  readonly operations: readonly Operation[];
  readonly notCompared: readonly NotCompared[];
}

/**
 * The operations from `current` to `desired`, in an order that runs. Both schemas speak of the same tables by the same
 * names: renames have been applied to `current`, tables to be left alone have been copied into `desired`.
 */
export function diffSchemas(current: Schema, desired: Schema): SchemaDiff {
  const phases = new Phases();
  const notCompared: NotCompared[] = [];
  createSchemas(current, desired, phases);
  const rebuilt = diffEnums(current, desired, phases);
  diffSequences(current, desired, phases);

  const pairs: { readonly old: Table; readonly table: Table }[] = [];
  for (const table of desired.tables) {
    const old = findTable(current, table);
    if (old !== undefined) pairs.push({ old, table });
  }
  const changed = pairs.filter(({ old, table }) => old !== table);
  const retyped = new Map<string, readonly string[]>();
  for (const { old, table } of changed) {
    const columns = diffColumns(old, table, current.sequences, phases, notCompared);
    if (columns.length > 0) retyped.set(displayName(table), columns);
  }
  for (const { table, column } of rebuilt.flatMap((type) => usersOf(current, type)).filter((user) => user.table.partitionOf === null)) retyped.set(displayName(table), [...(retyped.get(displayName(table)) ?? []), column.name]);

  const remade = new Map<string, readonly string[]>();
  for (const { old, table } of pairs) {
    const retypedHere = columnsOf(retyped, table);
    if (old === table && retypedHere.length === 0) continue;
    const columns = remakeGenerated(old, table, retypedHere, phases, notCompared);
    if (columns.length > 0) remade.set(displayName(table), columns);
  }

  moveDependentsAside(current, desired, withPartitions(current, merged(retyped, remade)), phases);
  const disturbs = disturbedKeys(changed, merged(retyped, remade));
  for (const { old, table } of pairs) {
    const [retypedHere, remadeHere] = [columnsOf(retyped, table), columnsOf(remade, table)];
    if (old === table && retypedHere.length === 0 && remadeHere.length === 0 && !old.foreignKeys.some((key) => disturbs(table, key))) continue;
    diffConstraints(old, table, { retyped: retypedHere, remade: remadeHere, disturbs: (key) => disturbs(table, key) }, phases, notCompared);
    diffComment(old, table, phases);
  }
  createTables(current, desired, phases);
  dropTables(current, desired, disturbs, phases);
  return { operations: phases.inOrder(), notCompared };
}

/**
 * A foreign key must be out of the way while the key that it points at is replaced (2BP01), and while a column on
 * either side changes its type.
 */
function disturbedKeys(changed: readonly { readonly old: Table; readonly table: Table }[], retyped: ReadonlyMap<string, readonly string[]>): (table: Table, key: ForeignKey) => boolean {
  const lostKeys = changed.flatMap(({ old, table }) => {
    if (old.uniques === table.uniques && old.primaryKey === table.primaryKey) return [];
    const lost: { readonly columns: readonly string[] }[] = old.uniques.filter((key) => !table.uniques.some((other) => compareUniques(key, other).outcome === 'same'));
    const { primaryKey } = old;
    if (primaryKey !== null && (table.primaryKey === null || comparePrimaryKeys(primaryKey, table.primaryKey).outcome !== 'same')) lost.push(primaryKey);
    return lost.map((key) => ({ table: { schema: table.schema, name: table.name }, columns: key.columns }));
  });
  if (lostKeys.length === 0 && retyped.size === 0) return () => false;
  return (table, key) => {
    if (lostKeys.some((lost) => sameName(lost.table, key.references) && sameSet(lost.columns, key.references.columns))) return true;
    const here = retyped.get(displayName(table)) ?? [];
    const there = retyped.get(displayName(key.references)) ?? [];
    return key.columns.some((column) => here.includes(column)) || key.references.columns.some((column) => there.includes(column));
  };
}

/** Namespaces that tables and types are to live in. Which exist is only known from a database. */
function createSchemas(current: Schema, desired: Schema, phases: Phases): void {
  const names = (schema: Schema): readonly string[] => [...schema.tables, ...schema.enums, ...schema.sequences].flatMap((object) => object.schema ?? []);
  const known = new Set([...(current.namespaces ?? []), ...names(current)]);
  for (const name of [...new Set(names(desired))].sort()) {
    if (!known.has(name)) phases.add('createSchemas', { kind: 'create_schema', name, ...(current.namespaces === undefined ? { ifNotExists: true } : {}) });
  }
}

/** Most differences change no type at all. */
function columnsOf(columns: ReadonlyMap<string, readonly string[]>, table: QualifiedName): readonly string[] {
  return columns.size === 0 ? [] : (columns.get(displayName(table)) ?? []);
}

function merged(a: ReadonlyMap<string, readonly string[]>, b: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  return new Map([...a.keys(), ...b.keys()].map((key) => [key, [...(a.get(key) ?? []), ...(b.get(key) ?? [])]]));
}

/** A change of a partitioned table goes on to its partitions, and to what reads those. */
function withPartitions(schema: Schema, changes: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const changesOf = (table: Table): readonly string[] => {
    const parent = table.partitionOf === null ? undefined : findTable(schema, table.partitionOf);
    return [...(changes.get(displayName(table)) ?? []), ...(parent === undefined ? [] : changesOf(parent))];
  };
  return new Map([...changes, ...schema.tables.filter((table) => table.partitionOf !== null).map((table) => [displayName(table), changesOf(table)] as const)]);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function diffComment(old: Table, table: Table, phases: Phases): void {
  if (old.comment === table.comment) return;
  const at = { schema: table.schema, table: table.name };
  phases.add('comments', table.comment === null ? { kind: 'drop_table_comment', ...at } : { kind: 'create_table_comment', ...at, comment: table.comment });
}

/**
 * New tables, each after those that it refers to. A foreign key stands inside its table where its target is there by
 * then and is not itself being changed; else it is made at the end.
 */
function createTables(current: Schema, desired: Schema, phases: Phases): void {
  const come = desired.tables.filter((table) => findTable(current, table) === undefined);
  const ready = new Set<string>();
  for (const table of inDependencyOrder(come)) {
    const isReady = (key: ForeignKey): boolean => sameName(key.references, table) || ready.has(displayName(key.references)) || isThere(key.references, current, desired);
    const inside: Table = nameAll({ ...table, foreignKeys: table.foreignKeys.filter(isReady) });
    phases.add('createTables', ...recreateTable({ ...inside, indexes: [] }));
    for (const index of table.indexes) phases.add('createTables', { kind: 'create_index', schema: table.schema, table: table.name, index });
    phases.add('createForeignKeys', ...foreignKeyOperations({ ...table, foreignKeys: table.foreignKeys.filter((key) => !isReady(key)) }));
    ready.add(displayName(table));
  }
}

/** The columns that a foreign key points at have their types and their key before and after: it can be made at any time. */
function isThere({ columns, ...name }: ForeignKey['references'], current: Schema, desired: Schema): boolean {
  const [old, table] = [findTable(current, name), findTable(desired, name)];
  if (old === undefined || table === undefined) return false;
  if (old === table) return true;
  const keysOf = (side: Table): readonly UniqueConstraint[] => side.uniques.filter((key) => sameSet(key.columns, columns));
  const primaryKeys = [old.primaryKey, table.primaryKey];
  const hasPrimaryKey = primaryKeys.every((key) => key !== null && sameSet(key.columns, columns)) && comparePrimaryKeys(primaryKeys[0] as PrimaryKey, primaryKeys[1] as PrimaryKey).outcome === 'same';
  const hasKey = hasPrimaryKey || keysOf(old).some((key) => keysOf(table).some((other) => compareUniques(key, other).outcome === 'same'));
  return hasKey && columns.every((column) => {
    const [before, after] = [findColumn(old, column), findColumn(table, column)];
    return before !== undefined && after !== undefined && compareTypes(before.type, after.type).outcome === 'same';
  });
}

function nameAll(table: Table): Table {
  const named = <T extends AnyConstraint>(constraint: T): T => (constraint.name === null ? { ...constraint, name: defaultConstraintName(table, constraint) } : constraint);
  return {
    ...table,
    primaryKey: table.primaryKey === null ? null : named(table.primaryKey),
    foreignKeys: table.foreignKeys.map(named),
    uniques: table.uniques.map(named),
    checks: table.checks.map(named),
    excludes: table.excludes.map(named),
  };
}

/** Tables that go, each before those that it refers to; a cycle is opened by dropping its foreign keys first. */
function dropTables(current: Schema, desired: Schema, disturbs: (table: Table, key: ForeignKey) => boolean, phases: Phases): void {
  const gone = current.tables.filter((table) => findTable(desired, table) === undefined);
  const left = new Set(gone.map(displayName));
  for (const table of [...inDependencyOrder(gone)].reverse()) {
    left.delete(displayName(table));
    for (const other of gone) {
      if (!left.has(displayName(other))) continue;
      for (const key of other.foreignKeys.filter((candidate) => sameName(candidate.references, table))) {
        phases.add('dropForeignKeys', { kind: 'drop_constraint', schema: other.schema, table: other.name, name: key.name, type: 'foreignkey' });
      }
    }
    // What the table's foreign keys point at is replaced before the table goes.
    for (const key of table.foreignKeys.filter((candidate) => !gone.some((other) => sameName(other, candidate.references)) && disturbs(table, candidate))) {
      phases.add('dropForeignKeys', { kind: 'drop_constraint', schema: table.schema, table: table.name, name: key.name, type: 'foreignkey' });
    }
    for (const index of table.indexes) phases.add('dropTables', { kind: 'drop_index', schema: table.schema, table: table.name, name: index.name });
    phases.add('dropTables', { kind: 'drop_table', schema: table.schema, name: table.name });
  }
}

/** Depth first over foreign keys; in a cycle the table met first comes last. Names decide between equals. */
function inDependencyOrder(tables: readonly Table[]): readonly Table[] {
  const sorted = [...tables].sort((a, b) => (displayName(a) < displayName(b) ? -1 : 1));
  const byName = new Map(sorted.map((table) => [displayName(table), table]));
  const done = new Set<string>();
  const order: Table[] = [];
  const visit = (table: Table): void => {
    const name = displayName(table);
    if (done.has(name)) return;
    done.add(name);
    for (const key of table.foreignKeys) {
      const target = byName.get(displayName(key.references));
      if (target !== undefined) visit(target);
    }
    order.push(table);
  };
  sorted.forEach(visit);
  return order;
}
