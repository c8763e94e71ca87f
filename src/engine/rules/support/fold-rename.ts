import { diffSchemas } from '../../diff/diff';
import { applyOperation } from '../../operations/apply';
import type { DraftEditing } from '../../operations/draft-editing';
import type { Operation, OperationOf } from '../../operations/operation';
import { reverseSteps, stepsOf, type SchemaStep } from '../../operations/steps';
import { defaultConstraintName } from '../../schema/constraint-names';
import { plainTable } from '../../schema/plain';
import { findTable } from '../../schema/lookup';
import { emptySchema, findColumn, sameName, type Column, type QualifiedName, type Schema, type Table } from '../../schema/schema';
import { mentionsIdentifier, quoteIdentifier, quoteName } from '../../sql/identifiers';
import { isWord, placeTokens } from '../../sql/split';
import type { TextEdit } from '../../text/text';
import { compareObjects, createdBy, objectsOf, tableOf, usesColumn, type CreateObject, type TableObject } from './table-objects';

/** A rename in place of a drop and an add. */
export interface Fold {
  /** Null: the operations cannot be edited where they stand (a loop, a helper). */
  readonly edits: readonly TextEdit[] | null;
  /** What takes the rename back, for a downgrade that does not undo the pair in its own words. */
  readonly undo: readonly Operation[];
}

/**
 * The edits that turn `drop_column(from)` and `add_column(to)` of one direction into a rename, with everything that was
 * dropped and made again along with it: an index, key or constraint that is the same but for the column's name is renamed
 * or left alone. What differs in the column itself (type, default, nullability) is altered after the rename.
 * Null: the draft does not hold both halves, or something between them needs both columns.
 */
export function foldRename(steps: readonly SchemaStep[], table: QualifiedName, from: string, to: string, editing: DraftEditing): Fold | null {
  const onTable = (operation: Operation): boolean => 'table' in operation && operation.table === table.name && 'schema' in operation && operation.schema === table.schema;
  const dropAt = steps.findIndex(({ operation }) => operation.kind === 'drop_column' && onTable(operation) && operation.column === from);
  const addAt = steps.findIndex(({ operation }) => operation.kind === 'add_column' && onTable(operation) && operation.column.name === to);
  const [drop, add] = [steps[dropAt], steps[addAt]];
  if (drop === undefined || add?.operation.kind !== 'add_column') return null;
  const tableAtDrop = findTable(drop.before, table);
  const oldColumn = tableAtDrop === undefined ? undefined : findColumn(tableAtDrop, from);
  if (tableAtDrop === undefined || oldColumn === undefined) return null;

  const between = steps.slice(Math.min(dropAt, addAt) + 1, Math.max(dropAt, addAt)).filter(({ operation }) => operation !== drop.operation);
  const early = between.some(({ operation }) => needsColumn(operation, table, from));
  if (early && between.some(({ operation }) => needsColumn(operation, table, to))) return null;
  const [place, other] = early === dropAt > addAt ? [drop, add] : [add, drop];

  const fills = fillsOf(steps, table, from, to);
  if (fills === null) return null;
  const old = hangingOn(steps, tableAtDrop, table, from);
  const made = madeOn(steps, table, to);
  const renames: Operation[] = [renameColumn(table, from, to), ...alterations(add.before, table, { ...oldColumn, name: to }, add.operation.column)];
  const parts: (readonly TextEdit[] | null)[] = [];
  const elsewhere: Operation[] = [];
  const matched = new Set<Dropped>();
  const finalTable = findTable(steps.at(-1)?.after ?? emptySchema, table);
  for (const creation of made) {
    const twin = old.find((object) => !matched.has(object) && object.kind === creation.kind && sameUnderNewName(object, creation, tableAtDrop, from, to));
    const derived = creation.operation.source?.editable !== true;
    const name = creation.object.name ?? defaultName(finalTable, creation);
    if (twin === undefined) {
      // Born with the column (`unique=True`): it has to be said now that the column is not added.
      if (derived) renames.push(withName(creation.operation, name));
      continue;
    }
    matched.add(twin);
    const rename = twin.object.name === null || name === null || twin.object.name === name ? [] : [renameObject(table, twin, name)];
    if (derived) renames.push(...rename);
    else {
      parts.push(editing.replace(creation.operation, rename));
      elsewhere.push(...rename);
    }
    if (twin.droppedBy !== null) parts.push(editing.replace(twin.droppedBy, []));
  }
  // DROP COLUMN took these along without a word; their successors would stand beside them.
  for (const object of old) {
    if (!matched.has(object) && object.droppedBy === null && made.some((creation) => creation.kind === object.kind) && object.object.name !== null) renames.push(dropObject(table, object, object.object.name));
  }
  return {
    edits: editing.combine([editing.replace(place.operation, renames), editing.replace(other.operation, []), ...fills.map(({ fill, gently }) => editing.replace(fill, [gently])), ...parts]),
    undo: reverseSteps(stepsOf(place.before, [...renames, ...elsewhere])),
  };
}

function renameColumn(table: QualifiedName, from: string, to: string): Operation {
  return { kind: 'alter_column', schema: table.schema, table: table.name, column: from, newName: to };
}

/** From the old column under its new name to the column as the draft adds it. */
function alterations(schema: Schema, table: QualifiedName, old: Column, wanted: Column): readonly Operation[] {
  const holding = (column: Column): Schema => ({ ...schema, tables: [{ ...plainTable, ...table, columns: [column] }] });
  if (old.type.kind === 'unknown') return [];
  const operations = diffSchemas(holding(old), holding({ ...wanted, modelDefault: null })).operations.filter((operation) => operation.kind === 'alter_column');
  const becomesRequired = old.nullable && !wanted.nullable;
  if (!becomesRequired || wanted.default === null) return operations;
  // The draft's new column had its default in every row: the rows that have no value get it.
  const fill: Operation = {
    kind: 'execute',
    effect: 'data',
    sql: `UPDATE ${quoteName(table)} SET ${quoteIdentifier(wanted.name)} = DEFAULT WHERE ${quoteIdentifier(wanted.name)} IS NULL`,
    writes: [{ ...table, column: wanted.name, from: [] }],
  };
  return operations.flatMap((operation) => (operation.kind === 'alter_column' && operation.nullable === false ? [fill, operation] : [operation]));
}

/**
 * Statements that give every row a value in the new column, which now has values of its own: they keep to the rows that
 * have none. Null: what they do cannot be narrowed down.
 */
function fillsOf(steps: readonly SchemaStep[], table: QualifiedName, from: string, to: string): readonly { readonly fill: Operation; readonly gently: Operation }[] | null {
  const fills: { readonly fill: Operation; readonly gently: Operation }[] = [];
  for (const { operation } of steps) {
    if (operation.kind !== 'execute' || operation.writes?.some((write) => write.column === to && sameName(write, table)) !== true) continue;
    const tokens = placeTokens(operation.sql).filter((token) => token.depth === 0);
    const plainUpdate = isWord(tokens[0], 'update') && !tokens.some((token) => ['where', 'from', 'returning', ';'].includes(token.text.toLowerCase()));
    if (!plainUpdate || operation.writes.some((write) => write.column !== to || write.from?.includes(from) !== false)) return null;
    fills.push({ fill: operation, gently: { kind: 'execute', effect: 'data', sql: `${operation.sql} WHERE ${quoteIdentifier(to)} IS NULL`, writes: operation.writes } });
  }
  return fills;
}

type Dropped = TableObject & { readonly droppedBy: Operation | null };
type Made = TableObject & { readonly operation: CreateObject };

/** What uses the column when it goes: dropped by an operation of its own, or taken along. */
function hangingOn(steps: readonly SchemaStep[], atDrop: Table, table: QualifiedName, column: string): readonly Dropped[] {
  const explicit: Dropped[] = [];
  for (const { operation, before } of steps) {
    if (operation.kind !== 'drop_index' && operation.kind !== 'drop_constraint') continue;
    if (operation.kind === 'drop_constraint' && (operation.table !== table.name || operation.schema !== table.schema)) continue;
    const now = findTable(before, table);
    const object = now === undefined ? undefined : objectsOf(now).find((candidate) => isDroppedBy(candidate, operation) && usesColumn(candidate, column) && !explicit.some((other) => other.object === candidate.object));
    if (object !== undefined) explicit.push({ ...object, droppedBy: operation });
  }
  return [
    ...explicit,
    ...objectsOf(atDrop)
      .filter((object) => usesColumn(object, column) && !explicit.some((other) => other.kind === object.kind && other.object.name === object.object.name))
      .map((object): Dropped => ({ ...object, droppedBy: null })),
  ];
}

/** `drop_constraint(None, …)`, as Alembic writes it for what it left unnamed, means the one of its type. */
function isDroppedBy(object: TableObject, operation: OperationOf<'drop_index' | 'drop_constraint'>): boolean {
  if (operation.kind === 'drop_index') return object.kind === 'index' && object.object.name === operation.name;
  return object.kind !== 'index' && (operation.name === null ? object.kind === operation.type : object.object.name === operation.name);
}

/** What the draft makes with the new column. */
function madeOn(steps: readonly SchemaStep[], table: QualifiedName, column: string): readonly Made[] {
  return steps.flatMap(({ operation }): readonly Made[] => {
    if (!('table' in operation) || !('schema' in operation) || operation.table !== table.name || operation.schema !== table.schema) return [];
    const created = createdBy(operation);
    return created !== null && usesColumn(created.object, column) ? [{ ...created.object, operation: created.operation }] : [];
  });
}

function sameUnderNewName(old: Dropped, made: Made, table: Table, from: string, to: string): boolean {
  // Renaming inside of a schema follows expressions and predicates too.
  const alone: Table = { ...plainTable, schema: table.schema, name: table.name, ...tableOf(old) };
  const renamed = findTable(applyOperation({ ...emptySchema, tables: [alone] }, renameColumn(table, from, to)), table);
  const object = renamed === undefined ? undefined : objectsOf(renamed)[0];
  return object !== undefined && compareObjects(object, made).outcome === 'same';
}

/** The name PostgreSQL gives what the draft leaves unnamed (`create_foreign_key(None, …)`). */
function defaultName(table: Table | undefined, creation: Made): string | null {
  if (table === undefined || creation.kind === 'index') return null;
  const without: Table = { ...table, foreignKeys: [], uniques: [], checks: [], excludes: [], primaryKey: null };
  return defaultConstraintName(creation.kind === 'primary' ? { ...without, primaryKey: table.primaryKey } : without, creation.kind === 'primary' ? (table.primaryKey ?? creation.object) : creation.object);
}

function withName(operation: CreateObject, name: string | null): Operation {
  const { source: _source, ...bare } = operation;
  if (bare.kind === 'create_index') return { ...bare, index: { ...bare.index, name: bare.index.name ?? name } };
  return { ...bare, constraint: { ...bare.constraint, name: bare.constraint.name ?? name } } as Operation;
}

function renameObject(table: QualifiedName, object: Dropped, newName: string): Operation {
  const name = object.object.name ?? '';
  return object.kind === 'index' ? { kind: 'rename_index', schema: table.schema, name, newName } : { kind: 'rename_constraint', schema: table.schema, table: table.name, name, newName };
}

function dropObject(table: QualifiedName, object: Dropped, name: string): Operation {
  const { schema, name: tableName } = table;
  return object.kind === 'index' ? { kind: 'drop_index', schema, table: tableName, name } : { kind: 'drop_constraint', schema, table: tableName, name, type: object.kind };
}

/** The operation cannot run unless the column is there under this name. */
function needsColumn(operation: Operation, table: QualifiedName, column: string): boolean {
  if (operation.kind === 'execute') return mentionsIdentifier(operation.sql, column) || operation.writes?.some((write) => write.column === column && write.name === table.name) === true;
  if (!('table' in operation) || !('schema' in operation) || operation.table !== table.name || operation.schema !== table.schema) return false;
  if (operation.kind === 'alter_column') return operation.column === column;
  const created = createdBy(operation);
  return created !== null && usesColumn(created.object, column);
}

