import { displayName, sameName, type Column, type ColumnType, type EnumType, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { mentionsIdentifier, quoteIdentifier } from '../sql/identifiers';
import { typeSql } from '../sql/types';
import { formatMessage, message, type Message } from '../text/problem';
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
  const note = obstacles(old, aside, users);
  return [
    { kind: 'rename_enum', schema: old.schema, name: old.name, newName: aside, ...(note === null ? {} : { note }) },
    { kind: 'create_enum', enum: { ...old, labels }, checkFirst: false },
    ...users.flatMap(({ table, column }) => moveColumn(table, column, { ...old, name: aside })),
    { kind: 'drop_enum', schema: old.schema, name: aside, checkFirst: false },
  ];
}

/**
 * What makes the rebuilding fail, where something does: nothing but columns moves over. Source: PostgreSQL documentation, DROP TYPE
 * ("RESTRICT"), ALTER TABLE (a partition key's columns), and `test/alembic/held-enums.test.ts`.
 */
function obstacles(type: EnumType, aside: string, users: readonly EnumUser[]): string | null {
  const sentences: Message[] = [];
  if (type.heldBy !== undefined) {
    const [verb, them] = type.heldBy.length === 1 ? ['stays', 'it'] : ['stay', 'them'];
    sentences.push(message('REVIEW: {objects} {verb} with the old type: dropping {aside} fails (2BP01), the whole revision with it, and nothing is lost. Drop {them} above this, and make {them} again below for the new type; the same in the other direction.', { objects: listed(type.heldBy), verb, them, aside }));
  }
  for (const { table, column } of users.filter(isPartitionKey)) {
    sentences.push(message('REVIEW: {table} is partitioned by {column}, whose type PostgreSQL does not change: this fails (42P16), and loses nothing. A new table, partitioned by the new type, must take the rows over; or the labels stay as they are.', { table: displayName(table), column: column.name }));
  }
  return sentences.length === 0 ? null : sentences.map(formatMessage).join(' ');
}

function listed(objects: readonly string[]): string {
  return [objects.slice(0, -1).join(', '), ...objects.slice(-1)].filter((part) => part !== '').join(' and ');
}

function isPartitionKey({ table, column }: EnumUser): boolean {
  return table.partitionBy !== null && mentionsIdentifier(table.partitionBy.replace(/^\w+/, ''), column.name);
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

interface NamedUser extends EnumUser {
  /** The type's bare name. */
  readonly name: string;
}

/** A table is a value, too, and stays the same in most of the lists that an edit leads to. */
const usersByTable = new WeakMap<Table, readonly NamedUser[]>();

function usersIn(table: Table): readonly NamedUser[] {
  const known = usersByTable.get(table);
  if (known !== undefined) return known;
  const found = table.columns.flatMap((column) => (column.type.kind === 'enum' ? [{ table, column, name: column.type.name }] : []));
  usersByTable.set(table, found);
  return found;
}

function indexUsers(tables: readonly Table[]): ReadonlyMap<string, readonly EnumUser[]> {
  const index = new Map<string, EnumUser[]>();
  for (const table of tables) {
    for (const user of usersIn(table)) {
      const found = index.get(user.name);
      if (found === undefined) index.set(user.name, [user]);
      else found.push(user);
    }
  }
  return index;
}
