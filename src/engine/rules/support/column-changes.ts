import type { Operation, OperationOf } from '../../operations/operation';
import { stepsOf, type SchemaStep } from '../../operations/steps';
import { plainColumn, plainTable } from '../../schema/plain';
import { findTable } from '../../schema/lookup';
import { findColumn, sameName, type Column, type QualifiedName, type Schema, type Table } from '../../schema/schema';
import { unknownType } from '../../schema/types';

/** What one direction of a draft does to the columns of a table that it neither makes nor drops. */
export interface ColumnChanges {
  readonly table: QualifiedName;
  readonly dropped: readonly OperationOf<'drop_column'>[];
  readonly added: readonly OperationOf<'add_column'>[];
  readonly before: Table;
  readonly after: Table;
  /** The steps of the direction, on a schema in which the table is as complete as the draft tells. */
  readonly steps: readonly SchemaStep[];
}

/**
 * The tables of which this direction both drops and adds columns. Where the schema before does not know the table or a
 * column (no history, no database), the other direction of the draft tells: it makes the dropped column again.
 * A name that is dropped and added again is in neither list.
 */
export function columnChanges(start: Schema, operations: readonly Operation[], opposite: readonly Operation[]): readonly ColumnChanges[] {
  const tables: QualifiedName[] = [];
  for (const operation of operations) {
    if (operation.kind !== 'drop_column') continue;
    const table = { schema: operation.schema, name: operation.table };
    if (!tables.some((other) => sameName(other, table))) tables.push(table);
  }
  // Tables that are known as they are, as nearly all of a project are, share one walk.
  let shared: readonly SchemaStep[] | null = null;
  return tables.flatMap((table): readonly ColumnChanges[] => {
    if (operations.some((operation) => (operation.kind === 'create_table' && sameName(operation.table, table)) || (operation.kind === 'drop_table' && sameName(operation, table)))) return [];
    const on = <K extends 'drop_column' | 'add_column'>(kind: K): readonly OperationOf<K>[] =>
      operations.filter((operation): operation is OperationOf<K> => operation.kind === kind && 'table' in operation && operation.table === table.name && 'schema' in operation && operation.schema === table.schema);
    const [drops, adds] = [on('drop_column'), on('add_column')];
    const again = (name: string): boolean => drops.some((drop) => drop.column === name) && adds.some((add) => add.column.name === name);
    const dropped = drops.filter((drop) => !again(drop.column));
    const added = adds.filter((add) => !again(add.column.name));
    if (dropped.length === 0 || added.length === 0) return [];
    const known = findTable(start, table);
    const before = completed(known ?? { ...plainTable, ...table }, dropped, opposite);
    const steps = before === known ? (shared ??= stepsOf(start, operations)) : stepsOf({ ...start, tables: [...start.tables.filter((other) => !sameName(other, table)), before] }, operations);
    const after = findTable(steps.at(-1)?.after ?? start, table);
    return after === undefined ? [] : [{ table, dropped, added, before, after, steps }];
  });
}

/** The table with the dropped columns, and what hangs on them, as far as the opposite direction makes them again. */
function completed(table: Table, dropped: readonly OperationOf<'drop_column'>[], opposite: readonly Operation[]): Table {
  const missing = dropped.map((drop) => drop.column).filter((name) => findColumn(table, name) === undefined);
  if (missing.length === 0) return table;
  let result: Table = { ...table, columns: [...table.columns, ...missing.map((name) => remade(table, name, opposite))] };
  for (const operation of opposite) {
    if (!('table' in operation) || operation.table !== table.name || !('schema' in operation) || operation.schema !== table.schema) continue;
    const hangs = (columns: readonly string[]): boolean => columns.some((name) => missing.includes(name));
    if (operation.kind === 'create_index' && hangs(operation.index.elements.map((element) => element.column ?? ''))) result = { ...result, indexes: [...result.indexes, operation.index] };
    else if (operation.kind === 'create_foreign_key' && hangs(operation.constraint.columns)) result = { ...result, foreignKeys: [...result.foreignKeys, operation.constraint] };
    else if (operation.kind === 'create_unique_constraint' && hangs(operation.constraint.columns)) result = { ...result, uniques: [...result.uniques, operation.constraint] };
    else if (operation.kind === 'create_primary_key' && hangs(operation.constraint.columns)) result = { ...result, primaryKey: operation.constraint };
  }
  return result;
}

function remade(table: QualifiedName, name: string, opposite: readonly Operation[]): Column {
  for (const operation of opposite) {
    if (operation.kind === 'add_column' && operation.table === table.name && operation.schema === table.schema && operation.column.name === name) return operation.column;
  }
  return { ...plainColumn, name, type: unknownType('The draft does not say what the dropped column was.') };
}
