import { positionOf, withTableAt } from '../schema/lookup';
import { sameName, type ColumnType, type Policy, type QualifiedName, type Schema, type Table, type View } from '../schema/schema';
import { mentionsIdentifier, quoteName } from '../sql/identifiers';
import type { OperationOf } from './operation';
import { withoutColumn, withoutConstraint } from './without';

/**
 * What DROP takes with it: always what belongs to the object, and with CASCADE what hangs on it, as far as a schema knows.
 * Source: PostgreSQL documentation, 5.15 "Dependency Tracking", and the notes of each DROP.
 */
export function dropTable(schema: Schema, name: QualifiedName, cascade: boolean): Schema {
  // Partitions go with their parent.
  const partitions = schema.tables.filter((table) => table.partitionOf !== null && sameName(table.partitionOf, name));
  let after = partitions.reduce((left, partition) => dropTable(left, partition, cascade), schema);
  const sequences = after.sequences.filter((sequence) => sequence.ownedBy === null || !sameName(sequence.ownedBy, name));
  const gone = after.sequences.filter((sequence) => !sequences.includes(sequence));
  after = { ...after, tables: after.tables.filter((table) => !sameName(table, name)), sequences };
  if (!cascade) return after;
  for (const sequence of gone) after = withoutDefaults(after, sequence);
  after = { ...after, tables: after.tables.map((table) => ({ ...table, foreignKeys: table.foreignKeys.filter((key) => !sameName(key.references, name)) })) };
  return withoutReaders(after, (part) => sameName(part, name));
}

export function dropColumn(schema: Schema, owner: QualifiedName, column: string, cascade: boolean): Schema {
  const at = positionOf(schema.tables, owner);
  const old = schema.tables[at];
  if (old === undefined) return schema;
  // What the column is part of goes; a key that others point at only with CASCADE.
  const keys = [...(old.primaryKey === null ? [] : [old.primaryKey]), ...old.uniques].filter((key) => key.columns.includes(column) || key.include.includes(column));
  const owned = (sequence: Schema['sequences'][number]): boolean => sequence.ownedBy !== null && sameName(sequence.ownedBy, owner) && sequence.ownedBy.column === column;
  let after: Schema = { ...schema, tables: withTableAt(schema.tables, at, withoutColumn(old, column)), ...(schema.sequences.some(owned) ? { sequences: schema.sequences.filter((sequence) => !owned(sequence)) } : {}) };
  if (cascade) {
    for (const key of keys) after = withoutKeysTo(after, owner, key.columns);
    after = withoutReaders(after, (part) => sameName(part, owner) && part.column === column);
  }
  // Up to PostgreSQL 14 they go along in any case; later ones refuse it without CASCADE, so nothing is left to be right about.
  const computed = old.columns.filter((candidate) => candidate.name !== column && candidate.generated !== null && mentionsIdentifier(candidate.generated.expression.sql, column));
  return computed.reduce((left, candidate) => dropColumn(left, owner, candidate.name, cascade), after);
}

export function dropConstraint(schema: Schema, owner: QualifiedName, name: string | null, cascade: boolean): Schema {
  const at = positionOf(schema.tables, owner);
  const old = schema.tables[at];
  if (old === undefined) return schema;
  const after = { ...schema, tables: withTableAt(schema.tables, at, withoutConstraint(old, name)) };
  const key = [...(old.primaryKey === null ? [] : [old.primaryKey]), ...old.uniques].find((candidate) => candidate.name === name);
  return cascade && key !== undefined ? withoutKeysTo(after, owner, key.columns) : after;
}

export function dropView(schema: Schema, name: QualifiedName, cascade: boolean): Schema {
  const after = { ...schema, views: schema.views.filter((view) => !sameName(view, name)) };
  return cascade ? withoutReaders(after, (part) => sameName(part, name)) : after;
}

/** A type that is no enum may have columns, too. */
export function dropType(schema: Schema, { schema: namespace, name, cascade = false }: OperationOf<'drop_enum'>): Schema {
  const type = { schema: namespace, name };
  const is = (column: ColumnType): boolean => (column.kind === 'enum' || column.kind === 'named') && sameName(column, type);
  const after: Schema = { ...schema, enums: schema.enums.filter((candidate) => !sameName(candidate, type)) };
  const columns = cascade ? schema.tables.flatMap((table) => table.columns.filter((column) => is(column.type)).map((column) => ({ table, column }))) : [];
  return columns.reduce<Schema>((left, { table, column }) => dropColumn(left, table, column.name, true), after);
}

export function dropSequence(schema: Schema, name: QualifiedName, cascade: boolean): Schema {
  const after = { ...schema, sequences: schema.sequences.filter((sequence) => !sameName(sequence, name)) };
  return cascade ? withoutDefaults(after, name) : after;
}

/** An empty namespace; with CASCADE, everything in it. */
export function dropNamespace(schema: Schema, { name, cascade = false }: OperationOf<'drop_schema'>): Schema {
  let after: Schema = schema.namespaces === undefined ? schema : { ...schema, namespaces: schema.namespaces.filter((other) => other !== name) };
  if (!cascade) return after;
  const own = name === schema.defaultSchema ? null : name;
  const here = <T extends QualifiedName>(objects: readonly T[]): readonly T[] => objects.filter((object) => object.schema === own);
  for (const view of here(after.views)) after = dropView(after, view, true);
  for (const table of here(after.tables)) after = dropTable(after, table, true);
  for (const type of here(after.enums)) after = dropType(after, { kind: 'drop_enum', schema: type.schema, name: type.name, checkFirst: false, cascade: true });
  for (const sequence of here(after.sequences)) after = dropSequence(after, sequence, true);
  const inside = after.tables.flatMap((table) => table.columns.filter(({ type }) => type.kind === 'named' && type.schema === own && own !== null).map((column) => ({ table, column })));
  return inside.reduce<Schema>((left, { table, column }) => dropColumn(left, table, column.name, true), after);
}

function withoutKeysTo(schema: Schema, owner: QualifiedName, columns: readonly string[]): Schema {
  const same = (names: readonly string[]): boolean => names.length === columns.length && names.every((name) => columns.includes(name));
  return { ...schema, tables: schema.tables.map((table) => (table.foreignKeys.some((key) => sameName(key.references, owner) && same(key.references.columns)) ? { ...table, foreignKeys: table.foreignKeys.filter((key) => !sameName(key.references, owner) || !same(key.references.columns)) } : table)) };
}

/** Views that read it, and those that read these; policies, triggers and rules. */
function withoutReaders(schema: Schema, is: (part: View['dependsOn'][number]) => boolean): Schema {
  const views = schema.views.filter((view) => view.dependsOn.some(is));
  const keeps = (table: Table, dependent: Policy): boolean => !dependent.columns.some((column) => is({ schema: table.schema, name: table.name, column })) && dependent.reads?.some(is) !== true;
  const after: Schema = {
    ...schema,
    views: schema.views.filter((view) => !views.includes(view)),
    tables: schema.tables.map((table) => {
      const [policies, triggers] = [table.policies.filter((policy) => keeps(table, policy)), (table.triggers ?? []).filter((trigger) => keeps(table, trigger))];
      if (policies.length === table.policies.length && triggers.length === (table.triggers ?? []).length) return table;
      return { ...table, policies, ...(table.triggers === undefined ? {} : { triggers }) };
    }),
  };
  return views.reduce((left, view) => withoutReaders(left, (part) => sameName(part, view)), after);
}

function withoutDefaults(schema: Schema, sequence: QualifiedName): Schema {
  const names = [quoteName(sequence), ...(sequence.schema === null ? [quoteName({ schema: schema.defaultSchema, name: sequence.name })] : [])].map((name) => `nextval('${name.replaceAll("'", "''")}'`);
  const drawn = (sql: string | undefined): boolean => names.some((name) => sql?.includes(name) === true);
  return { ...schema, tables: schema.tables.map((table) => (table.columns.some((column) => drawn(column.default?.sql)) ? { ...table, columns: table.columns.map((column) => (drawn(column.default?.sql) ? { ...column, default: null } : column)) } : table)) };
}
