import { answerTo, type DataFacts, type FactQuestion } from '../facts';
import { indexUsesColumn } from '../operations/without';
import type { Operation, OperationOf } from '../operations/operation';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type QualifiedName, type Schema } from '../schema/schema';
import { formatMessage, message } from '../text/problem';

/** Rows from which on a table must stay in use while it is changed, when nothing is said. */
export const defaultLargeTableRows = 100_000;

/** A draft in two parts: what runs in its transaction, and after that what must not hold a large table up. */
export interface OnlineSplit {
  readonly operations: readonly Operation[];
  readonly online: readonly Operation[];
  readonly wanted: readonly FactQuestion[];
  /** The tables whose size would have decided, and is not known: they count as small. */
  readonly sizeUnknown: readonly QualifiedName[];
}

export interface OnlineOptions {
  /** Rows from which on a table is large; Infinity: none ever is. */
  readonly largeTableRows: number;
  /** The table's name in the database; null: it is not there yet. */
  readonly originOf: (table: QualifiedName) => QualifiedName | null;
  /** Null: there is no database to ask. */
  readonly facts: DataFacts | null;
}

/**
 * Indexes, keys, CHECKs and NOT NULLs on large tables go into the second part, in their online form (`operations/online.ts`);
 * a foreign key or CHECK holds for new rows at once (NOT VALID) and looks at the old ones there. What another operation of
 * the draft builds on stays where it is, and so does everything on partitioned tables, where CONCURRENTLY and NOT VALID
 * keys fail. `before`: the schema that the operations start from.
 */
export function splitOnline(operations: readonly Operation[], before: Schema, options: OnlineOptions): OnlineSplit {
  if (options.largeTableRows === Infinity) return { operations, online: [], wanted: [], sizeUnknown: [] };
  const wanted: FactQuestion[] = [];
  const sizeUnknown = new Map<string, QualifiedName>();
  const rowsOf = (table: QualifiedName): number => {
    const origin = options.originOf(table);
    if (origin === null) return 0;
    const question: FactQuestion = { kind: 'row-count', table: origin };
    const answer = options.facts === null ? undefined : answerTo(options.facts, question);
    if (options.facts !== null && answer === undefined) wanted.push(question);
    if (answer?.kind === 'row-count') return answer.rows;
    if (answer !== undefined || options.facts === null) sizeUnknown.set(displayName(origin), origin);
    return 0;
  };
  const staying: Operation[] = [];
  const online: Operation[] = [];
  const noted = new Set<string>();
  operations.forEach((operation, index) => {
    const table = tableOf(operation);
    const found = table === null ? undefined : findTable(before, table);
    if (table === null || found === undefined || found.partitionBy !== null || found.partitionOf !== null || !canWait(operation, index, operations, before)) return void staying.push(operation);
    const rows = rowsOf(table);
    if (rows < options.largeTableRows) return void staying.push(operation);
    const size = noted.has(displayName(table)) || operation.kind === 'drop_index' ? '' : formatMessage(message('{table} has {rows} rows.', { table: displayName(table), rows: thousands(rows) }));
    if (size !== '') noted.add(displayName(table));
    const note = [size, operation.note ?? ''].filter((text) => text !== '').join('\n');
    const noting = note === '' ? {} : { note };
    if (operation.kind === 'create_foreign_key' || operation.kind === 'create_check_constraint') {
      const { note: _note, ...bare } = operation;
      staying.push({ ...bare, constraint: { ...operation.constraint, notValid: true } } as Operation);
      online.push({ kind: 'validate_constraint', schema: operation.schema, table: operation.table, name: operation.constraint.name ?? '', online: true, ...noting });
      return;
    }
    online.push({ ...operation, online: true, ...noting });
  });
  // An index that goes serves until what comes in its place is there.
  const isLast = (operation: Operation): boolean => operation.kind === 'drop_index' && !online.some((other) => other.kind === 'create_index' && other.index.name === operation.name);
  return { operations: staying, online: [...online.filter((operation) => !isLast(operation)), ...online.filter(isLast)], wanted, sizeUnknown: [...sizeUnknown.values()] };
}

function tableOf(operation: Operation): QualifiedName | null {
  if (operation.kind === 'execute') return operation.writes?.[0] ?? null;
  return 'table' in operation && typeof operation.table === 'string' && 'schema' in operation ? { schema: operation.schema, name: operation.table } : null;
}

/** Whether the operation has an online form, and no other of the draft needs it to have happened. */
function canWait(operation: Operation, index: number, operations: readonly Operation[], before: Schema): boolean {
  switch (operation.kind) {
    case 'create_index':
      return !(operation.index.unique && isReferredTo(operation, operation.index.elements.map((element) => element.column ?? ''), operations));
    case 'drop_index':
      return operation.table !== null && isFree(operation, operations, before);
    case 'create_unique_constraint':
      return !isReferredTo(operation, operation.constraint.columns, operations);
    case 'create_primary_key':
      return isFirstKey(operation, operations, before) && !isReferredTo(operation, operation.constraint.columns, operations);
    case 'create_foreign_key':
    case 'create_check_constraint':
      return !operation.constraint.notValid;
    case 'alter_column':
      return isNotNullAlone(operation) && !operations.some((other) => needsNotNull(other, operation));
    case 'execute': {
      // The fill of a column goes along with the NOT NULL that it is for.
      const next = operations[index + 1];
      const write = operation.writes?.length === 1 ? operation.writes[0] : undefined;
      return operation.effect === 'data' && write !== undefined && next?.kind === 'alter_column' && sameName(write, { schema: next.schema, name: next.table }) && next.column === write.column && canWait(next, index + 1, operations, before);
    }
    default:
      return false;
  }
}

function isReferredTo(at: { readonly schema: string | null; readonly table: string }, columns: readonly string[], operations: readonly Operation[]): boolean {
  const points = ({ references }: { readonly references: QualifiedName & { readonly columns: readonly string[] } }): boolean =>
    sameName(references, { schema: at.schema, name: at.table }) && references.columns.length === columns.length && references.columns.every((column) => columns.includes(column));
  return operations.some((other) => (other.kind === 'create_foreign_key' && points(other.constraint)) || (other.kind === 'create_table' && other.table.foreignKeys.some(points)));
}

/** Nothing of the draft changes a column that the index holds, nor drops the table. */
function isFree(operation: OperationOf<'drop_index'>, operations: readonly Operation[], before: Schema): boolean {
  const table = findTable(before, { schema: operation.schema, name: operation.table ?? '' });
  const dropped = table?.indexes.find((candidate) => candidate.name === operation.name);
  if (table === undefined || dropped === undefined) return false;
  return !operations.some((other) => {
    if (other.kind === 'drop_table') return sameName(other, table);
    if (other.kind === 'create_unique_constraint' || other.kind === 'create_primary_key') return sameName({ schema: other.schema, name: other.table }, table) && other.constraint.name === operation.name;
    if (other.kind === 'rename_index') return other.schema === table.schema && other.newName === operation.name;
    const changes = other.kind === 'drop_column' || (other.kind === 'alter_column' && other.type !== undefined);
    return changes && sameName({ schema: other.schema, name: other.table }, table) && indexUsesColumn(dropped, other.column);
  });
}

/** Where one stands already, two would have to change at once. */
function isFirstKey(operation: OperationOf<'create_primary_key'>, operations: readonly Operation[], before: Schema): boolean {
  const table = findTable(before, { schema: operation.schema, name: operation.table });
  const isKnown = operation.constraint.columns.every((name) => table !== undefined && findColumn(table, name)?.nullable === false);
  return table?.primaryKey === null && isKnown && !operations.some((other) => other.kind === 'alter_column' && other.table === operation.table && other.schema === operation.schema && operation.constraint.columns.includes(other.column) && other.nullable !== undefined);
}

function isNotNullAlone({ kind: _kind, schema: _schema, table: _table, column: _column, existing: _existing, note: _note, downgradeNote: _downgradeNote, suggestion: _suggestion, source: _source, ...change }: OperationOf<'alter_column'>): boolean {
  return Object.keys(change).join() === 'nullable' && change.nullable === false;
}

function needsNotNull(other: Operation, { schema, table, column }: OperationOf<'alter_column'>): boolean {
  const isHere = (at: { readonly schema: string | null; readonly table: string }): boolean => at.table === table && at.schema === schema;
  if (other.kind === 'set_numbering') return isHere(other) && other.column === column;
  return other.kind === 'create_primary_key' && isHere(other) && other.constraint.columns.includes(column);
}

function thousands(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}
