import { findTable, partitionsIn } from '../schema/lookup';
import { sameName, type Column, type ForeignKey, type Index, type PrimaryKey, type QualifiedName, type Schema, type Table, type UniqueConstraint } from '../schema/schema';
import { defaultConstraintName } from '../schema/constraint-names';
import { defaultIndexName } from './apply-indexes';
import type { Operation, OperationOf } from './operation';

/**
 * What PostgreSQL does on the partitions of a table along with the table itself. Source: PostgreSQL documentation, 5.12.2
 * "Declarative Partitioning", and CREATE INDEX, ALTER TABLE (ATTACH PARTITION).
 */
export function followPartitions(before: Schema, after: Schema, operation: Operation, apply: (schema: Schema, operation: Operation) => Schema): Schema {
  if (!('table' in operation) || typeof operation.table !== 'string' || !('schema' in operation) || ('only' in operation && operation.only === true)) return after;
  const name = { schema: operation.schema, name: operation.table };
  const partitions = partitionsIn(after.tables, name);
  const parent = partitions.length === 0 ? undefined : findTable(after, name);
  if (parent === undefined) return after;
  const onEach = (change: (schema: Schema, partition: Table) => Schema): Schema => partitions.reduce((schema, partition) => change(schema, schema.tables.find((table) => sameName(table, partition)) ?? partition), after);
  const at = (partition: QualifiedName): { readonly schema: string | null; readonly table: string } => ({ schema: partition.schema, table: partition.name });
  switch (operation.kind) {
    case 'add_column':
    case 'drop_column':
    case 'drop_expression':
    case 'set_expression':
    case 'create_check_constraint':
    case 'validate_constraint':
      return onEach((schema, partition) => apply(schema, { ...operation, ...at(partition) }));
    case 'alter_column': {
      // A comment is the table's own.
      const { comment: _comment, ...change } = operation;
      return onEach((schema, partition) => apply(schema, { ...change, ...at(partition) }));
    }
    case 'rename_constraint':
      return onEach((schema, partition) => (partition.checks.some((check) => check.name === operation.name) ? apply(schema, { ...operation, ...at(partition) }) : schema));
    case 'create_index':
    case 'create_primary_key':
    case 'create_unique_constraint':
    case 'create_foreign_key':
    case 'create_exclude_constraint':
      return onEach((schema, partition) => asPartition(schema, parent, partition));
    case 'drop_constraint': {
      const old = before.tables.find((table) => sameName(table, name));
      return old === undefined ? after : onEach((schema, partition) => withoutTwin(schema, old, partition, operation));
    }
    default:
      return after;
  }
}

/** A dropped index of a partitioned table takes those of its partitions along. */
export function dropPartitionIndexes(before: Schema, after: Schema, { schema: namespace, name }: OperationOf<'drop_index'>): Schema {
  const parent = before.tables.find((table) => table.schema === namespace && table.partitionBy !== null && table.indexes.some((index) => index.name === name));
  const index = parent?.indexes.find((candidate) => candidate.name === name);
  if (parent === undefined || index === undefined) return after;
  const partitions = after.tables.filter((table) => table.partitionOf !== null && sameName(table.partitionOf, parent));
  return partitions.reduce((schema, partition) => {
    const twin = partition.indexes.find((candidate) => indexKey(candidate) === indexKey(index));
    if (twin === undefined) return schema;
    const without = replace(schema, partition, { ...partition, indexes: partition.indexes.filter((candidate) => candidate !== twin) });
    return dropPartitionIndexes(schema, without, { kind: 'drop_index', schema: partition.schema, table: partition.name, name: twin.name });
  }, after);
}

export function setPartition(schema: Schema, operation: OperationOf<'attach_partition' | 'detach_partition'>): Schema {
  const name = { schema: operation.schema, name: operation.table };
  const parent = schema.tables.find((table) => sameName(table, name));
  const child = schema.tables.find((table) => sameName(table, operation.partition));
  if (child === undefined) return schema;
  if (operation.kind === 'detach_partition') return replace(schema, child, { ...child, partitionOf: null });
  const attached = { ...child, partitionOf: name };
  const after = replace(schema, child, attached);
  return parent === undefined ? after : asPartition(after, parent, attached);
}

/** The table that CREATE TABLE … PARTITION OF makes: its parent's columns and CHECKs, and what is written for it. */
export function partitionOf(parent: Table, written: Table): Table {
  const own = (column: Column): Partial<Column> => {
    const here = written.columns.find((candidate) => candidate.name === column.name);
    return { comment: null, ...(here?.default === undefined || here.default === null ? {} : { default: here.default }), ...(here?.nullable === false ? { nullable: false } : {}) };
  };
  return { ...written, columns: parent.columns.map((column) => ({ ...column, ...own(column) })), checks: [...parent.checks.filter((check) => !check.noInherit && !written.checks.some((other) => other.name === check.name)).map((check) => ({ ...check, comment: null })), ...written.checks] };
}

/** The partition gets what its parent has and it lacks: indexes, keys, foreign keys. */
export function asPartition(schema: Schema, parent: Table, partition: Table): Schema {
  let child = partition;
  const named = <T extends PrimaryKey | UniqueConstraint | ForeignKey>(make: (name: string | null) => T, put: (table: Table, constraint: T) => Table): void => {
    const draft = make(null);
    child = put(child, make(defaultConstraintName(put(child, draft), draft)));
  };
  const { primaryKey } = parent;
  if (primaryKey !== null && child.primaryKey === null) {
    named((name) => ({ ...primaryKey, name, comment: null }), (table, key) => ({ ...table, primaryKey: key, columns: table.columns.map((column) => (key.columns.includes(column.name) ? { ...column, nullable: false } : column)) }));
  }
  for (const unique of parent.uniques) {
    if (!child.uniques.some((own) => keyOf(own) === keyOf(unique))) named((name) => ({ ...unique, name, comment: null }), (table, key) => ({ ...table, uniques: [...table.uniques, key] }));
  }
  for (const key of parent.foreignKeys) {
    if (child.foreignKeys.some((own) => foreignKey(own) === foreignKey(key))) continue;
    const isTaken = [...child.foreignKeys, ...child.checks, ...child.uniques].some((own) => own.name === key.name);
    if (isTaken) named((name) => ({ ...key, name, comment: null }), (table, own) => ({ ...table, foreignKeys: [...table.foreignKeys, own] }));
    else child = { ...child, foreignKeys: [...child.foreignKeys, { ...key, comment: null }] };
  }
  let after = replace(schema, partition, child);
  for (const index of parent.indexes) {
    if (child.indexes.some((own) => indexKey(own) === indexKey(index))) continue;
    const copy = { ...index, comment: null };
    const grown = { ...child, indexes: [...child.indexes, { ...copy, name: defaultIndexName(after, child, copy) }] };
    after = replace(after, child, grown);
    child = grown;
  }
  const grandchildren = after.tables.filter((table) => table.partitionOf !== null && sameName(table.partitionOf, child));
  return grandchildren.reduce((left, grandchild) => asPartition(left, child, grandchild), after);
}

/** Without the constraint that came from this one of the parent. */
function withoutTwin(schema: Schema, parent: Table, partition: Table, { name }: OperationOf<'drop_constraint'>): Schema {
  const unique = parent.uniques.find((constraint) => constraint.name === name);
  const key = parent.foreignKeys.find((constraint) => constraint.name === name);
  const isCheck = parent.checks.some((constraint) => constraint.name === name);
  return replace(schema, partition, {
    ...partition,
    primaryKey: parent.primaryKey?.name === name ? null : partition.primaryKey,
    uniques: unique === undefined ? partition.uniques : partition.uniques.filter((own) => keyOf(own) !== keyOf(unique)),
    foreignKeys: key === undefined ? partition.foreignKeys : partition.foreignKeys.filter((own) => foreignKey(own) !== foreignKey(key)),
    checks: isCheck ? partition.checks.filter((own) => own.name !== name) : partition.checks,
  });
}

function replace(schema: Schema, old: Table, table: Table): Schema {
  return { ...schema, tables: schema.tables.map((candidate) => (sameName(candidate, old) ? table : candidate)) };
}

function keyOf({ columns, include, nullsNotDistinct, deferrable, initiallyDeferred }: UniqueConstraint): string {
  return JSON.stringify([columns, include, nullsNotDistinct, deferrable, initiallyDeferred]);
}

function foreignKey({ name: _name, comment: _comment, notValid: _notValid, at: _at, ...rest }: ForeignKey): string {
  return JSON.stringify(rest);
}

function indexKey({ unique, method, elements, include, where, nullsNotDistinct }: Index): string {
  return JSON.stringify([unique, method, elements, include, where, nullsNotDistinct]);
}
