import { findTable, tablesReferringTo } from '../../schema/lookup';
import { sameName, type QualifiedName, type Schema, type Table, type Trigger } from '../../schema/schema';
import type { Lock, LockMode, RelationKind } from './hazard';

/** What reading a relation locks: it, its partitions, and what a view stands on. */
export function readsOf(schema: Schema, name: QualifiedName, seen: readonly QualifiedName[] = []): readonly QualifiedName[] {
  const view = schema.views.find((candidate) => sameName(candidate, name));
  if (view === undefined) return familyOf(schema, name);
  if (view.materialized || seen.some((other) => sameName(other, name))) return [plainName(name)];
  return unique([plainName(name), ...view.dependsOn.flatMap((part) => readsOf(schema, part, [...seen, name]))]);
}

function unique(names: readonly QualifiedName[]): readonly QualifiedName[] {
  return names.filter((name, index) => names.findIndex((other) => sameName(other, name)) === index);
}

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
  return tablesReferringTo(schema.tables, table).flatMap((other) => other.foreignKeys.filter((key) => sameName(key.references, table)).map((key) => ({ table: other, key })));
}

/**
 * What is locked where a foreign key goes: its triggers go from the table that it refers to. Up to PostgreSQL 14, those of a
 * partitioned one stood on the partitions that hold rows alone.
 */
export function unreferencedBy(schema: Schema, references: QualifiedName, postgresVersion: number): readonly QualifiedName[] {
  return postgresVersion >= 15 ? familyOf(schema, references) : withRows(schema, references);
}

/** A trigger for each row; of a partitioned table, it stands on the partitions, too. */
export function isOfRows({ kind, definition }: Pick<Trigger, 'kind' | 'definition'>): boolean {
  return kind === 'trigger' && /\bFOR EACH ROW\b/i.test(definition);
}

export function plainName({ schema, name }: QualifiedName): QualifiedName {
  return { schema, name };
}
