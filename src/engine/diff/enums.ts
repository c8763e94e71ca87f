import { castUsing } from '../operations/casts';
import type { Operation } from '../operations/operation';
import { sameName, type Column, type ColumnType, type EnumType, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { quoteIdentifier } from '../sql/identifiers';
import { typeSql } from '../sql/types';
import type { Phases } from './phases';

/** Types to create, to give labels to, to build anew, and to drop when the last column that used them has left. */
export function diffEnums(current: Schema, desired: Schema, phases: Phases): void {
  for (const type of desired.enums) {
    const old = current.enums.find((candidate) => sameName(candidate, type));
    if (old === undefined) phases.add('createTypes', { kind: 'create_enum', enum: type, checkFirst: false });
    else if (JSON.stringify(old.labels) !== JSON.stringify(type.labels)) phases.add('createTypes', ...changeLabels(current, desired, old, type));
  }
  for (const type of current.enums) {
    const wasUsed = usersOf(current, type).length > 0;
    if (wasUsed && usersOf(desired, type).length === 0 && !desired.enums.some((candidate) => sameName(candidate, type))) {
      phases.add('dropTypes', { kind: 'drop_enum', schema: type.schema, name: type.name, checkFirst: false });
    }
  }
}

export interface EnumUser {
  readonly table: Table;
  readonly column: Column;
}

/** The columns of an enum type, arrays of it included. */
export function usersOf(schema: Schema, type: QualifiedName): readonly EnumUser[] {
  return schema.tables.flatMap((table) => table.columns.filter((column) => column.type.kind === 'enum' && sameName(column.type, type)).map((column) => ({ table, column })));
}

/**
 * New labels in their place by ADD VALUE, which rewrites nothing. PostgreSQL cannot take labels away or change their
 * order, nor use a new one in the transaction that adds it (a new default): then the type is built anew.
 */
function changeLabels(current: Schema, desired: Schema, old: EnumType, type: EnumType): readonly Operation[] {
  const kept = type.labels.filter((label) => old.labels.includes(label));
  const added = type.labels.filter((label) => !old.labels.includes(label));
  const onlyGrows = JSON.stringify(kept) === JSON.stringify(old.labels);
  const usedAtOnce = usersOf(desired, type).some(({ column }) => added.some((label) => column.default?.sql.includes(`'${label.replaceAll("'", "''")}'`) === true));
  if (!onlyGrows || usedAtOnce) return rebuildEnum(current, old, type.labels);
  return added.map((label): Operation => {
    const at = type.labels.indexOf(label);
    const next = type.labels.slice(at + 1).find((candidate) => old.labels.includes(candidate));
    const previous = type.labels[at - 1];
    const position = next === undefined ? null : previous === undefined ? { before: next } : { after: previous };
    return { kind: 'add_enum_value', schema: type.schema, name: type.name, label, position };
  });
}

/**
 * The type under its name with other labels: the old one steps aside, every column moves over with its default, the old
 * one goes. Rows with a label that is gone make it fail, and lose nothing.
 */
export function rebuildEnum(schema: Schema, old: EnumType, labels: readonly string[]): readonly Operation[] {
  const aside = `${old.name.slice(0, 58)}_old`;
  const users = usersOf(schema, old);
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
