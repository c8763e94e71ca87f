import { compareExcludes } from '../../diff/compare';
import { checkSql, excludeSql, foreignKeySql, primaryKeySql, uniqueSql } from '../../render/table-sql';
import { findTable } from '../../schema/lookup';
import type { ExcludeConstraint, QualifiedName, Schema, Table } from '../../schema/schema';
import { mentionsIdentifier } from '../../sql/identifiers';
import type { Place } from '../../text/text';
import { compareObjects, objectsOf, type TableObject } from './table-objects';

/** A key or constraint of a table, with the columns that it is about. */
export type Key = (Exclude<TableObject, { readonly kind: 'index' }> | { readonly kind: 'exclude'; readonly object: ExcludeConstraint }) & { readonly columns: readonly string[] };

export type KeyKind = Key['kind'];

export function keysOf(table: Table): readonly Key[] {
  const keys = objectsOf(table).flatMap((object): readonly Key[] => {
    if (object.kind === 'index') return [];
    if (object.kind !== 'check') return [{ ...object, columns: object.object.columns }];
    const { sql } = object.object.expression;
    return [{ ...object, columns: table.columns.map(({ name }) => name).filter((name) => mentionsIdentifier(sql, name)) }];
  });
  return [...keys, ...table.excludes.map((object): Key => ({ kind: 'exclude', object, columns: object.elements.flatMap(({ column }) => column ?? []) }))];
}

/** As a sentence calls it. */
export function nounOf(kind: KeyKind): string {
  return { primary: 'primary key', foreignkey: 'foreign key', unique: 'unique constraint', check: 'check constraint', exclude: 'exclusion constraint' }[kind];
}

/** As SQL says it: `CONSTRAINT place_pkey PRIMARY KEY (id)`. */
export function definitionOf(key: Key): string {
  switch (key.kind) {
    case 'primary':
      return primaryKeySql(key.object);
    case 'foreignkey':
      return foreignKeySql(key.object);
    case 'unique':
      return uniqueSql(key.object);
    case 'check':
      return checkSql(key.object);
    case 'exclude':
      return excludeSql(key.object);
  }
}

/** Whether they say the same, whatever they are called. What cannot be told is not the same. */
export function saysTheSame(a: Key, b: Key): boolean {
  if (a.kind === 'exclude' || b.kind === 'exclude') return a.kind === 'exclude' && b.kind === 'exclude' && compareExcludes(a.object, b.object).outcome === 'same';
  return compareObjects(a, b).outcome === 'same';
}

/** The key of two lists that is about the same: of the same name, the table's one primary key, or over the same columns. */
export function counterpart(key: Key, others: readonly Key[]): Key | undefined {
  const alike = others.filter(({ kind }) => kind === key.kind);
  return alike.find((other) => key.kind === 'primary' || (other.object.name !== null && other.object.name === key.object.name)) ?? alike.find((other) => saysTheSame(other, key)) ?? alike.find((other) => other.columns.length > 0 && [...other.columns].sort().join() === [...key.columns].sort().join());
}

/** Where the models say it, or, where they have no such key, the table that lacks it. Null: they do not have the table, or nothing says where. */
export function modelKey(models: Schema, name: QualifiedName, kind: KeyKind, key: Key | null): { readonly key: Key | null; readonly at: Place } | null {
  const table = findTable(models, name);
  if (table === undefined) return null;
  const found = kind === 'primary' ? keysOf(table).find((other) => other.kind === 'primary') : key === null ? undefined : counterpart(key, keysOf(table));
  const column = found === undefined ? undefined : table.columns.find((one) => one.name === found.columns[0]);
  const at = found?.object.at ?? column?.at ?? table.at;
  return at === undefined ? null : { key: found ?? null, at };
}
