import type { Operation } from '../../operations/operation';
import { findTable } from '../../schema/lookup';
import { findColumn, type QualifiedName } from '../../schema/schema';
import type { Pass, Step } from '../rule';

/** A column, or a whole table, under the names that it has before the draft: facts are asked of the database as it is. */
export interface Origin {
  readonly table: QualifiedName;
  readonly column: string;
}

/** The table that `name` is at this step of the upgrade, as it was called before the draft; null: the draft makes it, or `at` is a step of the downgrade, whose rows nobody knows. */
export function originalTable(pass: Pass, at: Step, name: QualifiedName): QualifiedName | null {
  const place = pass.upgrade.indexOf(at);
  if (place < 0) return null;
  const table = earlier(pass.upgrade, place, isMove).reduce(tableBefore, name);
  return findTable(pass.before, table) === undefined ? null : { schema: table.schema, name: table.name };
}

/** The same for a column; null also where the draft adds it, or changes its type before: its values of today are others then. */
export function originalColumn(pass: Pass, at: Step, name: QualifiedName, column: string): Origin | null {
  const place = pass.upgrade.indexOf(at);
  if (place < 0) return null;
  let origin: Origin = { table: { schema: name.schema, name: name.name }, column };
  for (const operation of earlier(pass.upgrade, place, matters)) {
    const isOn = 'table' in operation && operation.table === origin.table.name && 'schema' in operation && operation.schema === origin.table.schema;
    if (isOn && operation.kind === 'alter_column') {
      if (operation.newName === origin.column) origin = { ...origin, column: operation.column };
      if (operation.column === origin.column && operation.type !== undefined) return null;
    }
    if (isOn && operation.kind === 'add_column' && operation.column.name === origin.column) return null;
    if (operation.kind === 'execute' && operation.writes?.some((write) => write.column === origin.column && write.name === origin.table.name && write.schema === origin.table.schema) === true) return null;
    origin = { ...origin, table: tableBefore(origin.table, operation) };
  }
  const table = findTable(pass.before, origin.table);
  return table === undefined || findColumn(table, origin.column) === undefined ? null : origin;
}

/**
 * What the upgrade does before a step to names and values, last first. It is looked for each time: steps are others after each stroke, and what is kept
 * by them is garbage at the next.
 */
function earlier(upgrade: readonly Step[], place: number, counts: (operation: Operation) => boolean): readonly Operation[] {
  const found: Operation[] = [];
  for (let index = place - 1; index >= 0; index--) {
    const operation = upgrade[index]?.operation;
    if (operation !== undefined && counts(operation)) found.push(operation);
  }
  return found;
}

function matters(operation: Operation): boolean {
  return isMove(operation) || operation.kind === 'alter_column' || operation.kind === 'add_column' || operation.kind === 'execute';
}

function isMove({ kind }: Operation): boolean {
  return kind === 'rename_table' || kind === 'set_table_schema';
}

function tableBefore(table: QualifiedName, operation: Operation): QualifiedName {
  if (operation.kind === 'rename_table' && operation.newName === table.name && operation.schema === table.schema) return { schema: operation.schema, name: operation.name };
  if (operation.kind === 'set_table_schema' && operation.name === table.name && (operation.newSchema === 'public' ? null : operation.newSchema) === table.schema) return { schema: operation.schema, name: operation.name };
  return table;
}
