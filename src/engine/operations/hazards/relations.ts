import { findTable, sameName, type QualifiedName, type Schema, type Table } from '../../schema/schema';
import type { Lock, LockMode, RelationKind } from './hazard';

/** The table and its partitions, and theirs: what ALTER TABLE locks and works on. */
export function familyOf(schema: Schema, table: QualifiedName): readonly QualifiedName[] {
  const found = findTable(schema, table);
  if (found === undefined || found.partitionBy === null) return [plainName(table)];
  return [plainName(table), ...schema.tables.filter((child) => child.partitionOf !== null && sameName(child.partitionOf, table)).flatMap((child) => familyOf(schema, child))];
}

/** The members of a family that hold rows: a partitioned table itself has none. */
export function withRows(schema: Schema, table: QualifiedName): readonly QualifiedName[] {
  return familyOf(schema, table).filter((member) => (findTable(schema, member)?.partitionBy ?? null) === null);
}

/** The same lock on each of these. */
export function locksOn(schema: Schema, mode: LockMode, names: readonly QualifiedName[]): readonly Lock[] {
  return names.map((name) => ({ ...plainName(name), mode, relation: relationKind(schema, name) }));
}

/** Tables, views and sequences share their names. What is not known is taken for a table. */
export function relationKind(schema: Schema, name: QualifiedName): RelationKind {
  if (findTable(schema, name) !== undefined) return 'table';
  const view = schema.views.find((candidate) => sameName(candidate, name));
  if (view !== undefined) return view.materialized ? 'materialized view' : 'view';
  return schema.sequences.some((sequence) => sameName(sequence, name)) ? 'sequence' : 'table';
}

/** The tables that have a foreign key to one of these, with the key; those of the table to itself included. */
export function referringTo(schema: Schema, table: QualifiedName): readonly { readonly table: Table; readonly key: Table['foreignKeys'][number] }[] {
  return schema.tables.flatMap((other) => other.foreignKeys.filter((key) => sameName(key.references, table)).map((key) => ({ table: other, key })));
}

export function plainName({ schema, name }: QualifiedName): QualifiedName {
  return { schema, name };
}
