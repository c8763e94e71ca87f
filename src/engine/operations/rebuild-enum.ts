import { sameName, type Column, type ColumnType, type EnumType, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { quoteIdentifier } from '../sql/identifiers';
import { typeSql } from '../sql/types';
import { castUsing } from './casts';
import type { Operation } from './operation';

/**
 * The type under its name with other labels: the old one steps aside, every column moves over with its default, the old
 * one goes. Rows with a label that is gone make it fail, and lose nothing.
 */
export function rebuildEnum(schema: Schema, old: EnumType, labels: readonly string[]): readonly Operation[] {
  const aside = `${old.name.slice(0, 58)}_old`;
  // PostgreSQL takes the columns of partitions along.
  const users = usersOf(schema, old).filter(({ table }) => table.partitionOf === null);
  return [
    { kind: 'rename_enum', schema: old.schema, name: old.name, newName: aside },
    { kind: 'create_enum', enum: { ...old, labels }, checkFirst: false },
    ...users.flatMap(({ table, column }) => moveColumn(table, column, { ...old, name: aside })),
    { kind: 'drop_enum', schema: old.schema, name: aside, checkFirst: false },
  ];
}

function moveColumn(table: Table, column: Column, aside: QualifiedName): readonly Operation[] {
  const at = { schema: table.schema, table: table.name, column: column.name };
  const type: ColumnType = column.type.kind === 'enum' ? { kind: 'enum', schema: column.type.schema, name: column.type.name, dimensions: column.type.dimensions } : column.type;
  const from: ColumnType = type.kind === 'enum' ? { ...type, name: aside.name } : type;
  // Arrays of enums have no cast of their own: they go through text[].
  const using = type.kind === 'enum' && type.dimensions > 0 ? `${quoteIdentifier(column.name)}::text[]::${typeSql(type)}` : castUsing(column.name, from, type);
  const alter: Operation = { kind: 'alter_column', ...at, type, ...(using === null ? {} : { using }) };
  if (column.default === null) return [alter];
  return [{ kind: 'alter_column', ...at, default: null }, alter, { kind: 'alter_column', ...at, default: { sql: plainDefault(column.default.sql) } }];
}

/** `'NEW'::place_status` names a type that is about to go: the bare constant takes the column's own. */
function plainDefault(sql: string): string {
  return /^('(?:[^']|'')*')::[\w."]+(\[\])?$/.exec(sql)?.[1] ?? sql;
}

export interface EnumUser {
  readonly table: Table;
  readonly column: Column;
}

/** The columns of an enum type, arrays of it included. */
export function usersOf(schema: Schema, type: QualifiedName): readonly EnumUser[] {
  let index = users.get(schema.tables);
  if (index === undefined) {
    index = indexUsers(schema.tables);
    users.set(schema.tables, index);
  }
  return index.get(type.name)?.filter(({ column }) => column.type.kind === 'enum' && sameName(column.type, type)) ?? [];
}

/** The columns of all enum types by the type's bare name. Lists of tables are values that nobody changes. */
const users = new WeakMap<readonly Table[], ReadonlyMap<string, readonly EnumUser[]>>();

function indexUsers(tables: readonly Table[]): ReadonlyMap<string, readonly EnumUser[]> {
  const index = new Map<string, EnumUser[]>();
  for (const table of tables) {
    for (const column of table.columns) {
      if (column.type.kind !== 'enum') continue;
      const found = index.get(column.type.name);
      if (found === undefined) index.set(column.type.name, [{ table, column }]);
      else found.push({ table, column });
    }
  }
  return index;
}
