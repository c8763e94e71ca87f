import type { Operation, OperationOf } from '../operations/operation';
import { plainTable } from '../schema/plain';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type Column, type QualifiedName, type Table } from '../schema/schema';
import { quoteIdentifier, quoteName } from '../sql/identifiers';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { asideName, isCopiedAway, isEmptiedBefore, isPerhapsKept, lostWords } from './support/losses';
import { isMaybe } from './support/known';
import { originalColumn } from './support/origin';
import { placeOf } from './support/places';

/** A column that is dropped takes its values along. */
export const columnDrop: Rule = {
  meta: { title: 'A column is dropped, with its values.', severity: 'warning', yieldsTo: ['destructive-rename', 'managed-schema', 'drop-blocked'] },
  *check(pass) {
    for (const step of pass.upgrade) {
      if (step.operation.kind !== 'drop_column') continue;
      const found = finding(pass, step, step.operation);
      if (found !== null) yield found;
    }
  },
};

function finding(pass: Pass, step: Step, operation: OperationOf<'drop_column'> & Operation): Finding | null {
  const name: QualifiedName = { schema: operation.schema, name: operation.table };
  const table = findTable(step.before, name);
  const column = table === undefined ? undefined : findColumn(table, operation.column);
  const isNew = pass.upgrade.slice(0, pass.upgrade.indexOf(step)).some(({ operation: earlier }) => (earlier.kind === 'create_table' && sameName(earlier.table, name)) || (earlier.kind === 'add_column' && earlier.table === operation.table && earlier.schema === operation.schema && earlier.column.name === operation.column));
  // Nothing is dropped where nothing is.
  const isGone = operation.ifExists === true && table !== undefined && column === undefined && !isMaybe(step.before, name);
  // What is computed can be computed again.
  if (isNew || isGone || column?.generated != null || isCopiedAway(pass, step, name, operation.column) || isEmptiedBefore(pass, step, name)) return null;
  const origin = originalColumn(pass, step, name, operation.column);
  const answer = origin === null ? null : pass.ask({ kind: 'non-null-count', ...origin });
  if (answer?.count === 0) return null;
  const args = { column: operation.column, table: displayName(name), count: answer?.count ?? 0, rows: answer?.rows ?? 0, lost: lostWords(pass) };
  const isPerhaps = isPerhapsKept(pass, step, name, operation.column);
  return {
    ...(isPerhaps ? { severity: 'info' as const } : {}),
    message: isPerhaps
      ? message('{column} of {table} is dropped. Whether what runs before keeps its values elsewhere is not known; {lost}. Make sure that it does, or keep the column for a while.', args)
      : answer === null
        ? message('{column} of {table} is dropped, with every value in it; {lost}. Set its values aside first, or keep the column for a while.', args)
        : message('{column} of {table} is dropped: {count} of {rows} rows have a value, and {lost}. Set its values aside first, or keep the column for a while.', args),
    at: placeOf(operation, 'column_name') ?? { path: '', range: { start: 0, end: 0 } },
    fixes: table === undefined || column === undefined ? [] : () => [...setAside(pass, operation, table, column), ...keep(pass, operation, column)],
    data: { table: args.table, column: args.column },
  };
}

/** The column stays, and no row needs a value any more. */
function keep(pass: Pass, operation: OperationOf<'drop_column'> & Operation, column: Column): readonly Fix[] {
  const at = { schema: operation.schema, table: operation.table };
  const isFree = column.nullable;
  const alter = (nullable: boolean): Operation => ({ kind: 'alter_column', ...at, column: column.name, nullable, existing: { type: column.type } });
  const back = addedBack(pass, operation);
  const edits = pass.editing.combine([pass.editing.replace(operation, isFree ? [] : [alter(true)]), ...(back === null ? [] : [pass.editing.replace(back, isFree ? [] : [alter(false)])])]);
  return edits === null ? [] : [{ title: `Keep "${column.name}"${isFree ? '' : ', without NOT NULL'}`, edits, safety: 'review' }];
}

/** A table of its own holds the values, by the key of their rows; the downgrade takes them from there. */
function setAside(pass: Pass, operation: OperationOf<'drop_column'> & Operation, table: Table, column: Column): readonly Fix[] {
  const key = table.primaryKey?.columns.map((name) => findColumn(table, name)) ?? [];
  if (key.length === 0 || key.some((part) => part === undefined || part.type.kind === 'unknown' || part.name === column.name) || column.type.kind === 'unknown') return [];
  const at = { schema: operation.schema, table: operation.table };
  const aside: QualifiedName = { schema: table.schema, name: asideName(`${table.name}_${column.name}`) };
  const plain = ({ name, type }: Column): Column => ({ name, type, nullable: true, default: null, identity: null, generated: null, serial: false, collation: null, comment: null, renamedFrom: null, modelDefault: null });
  const keys = key.flatMap((part) => (part === undefined ? [] : [part]));
  const columns = [...keys.map((part) => ({ ...plain(part), nullable: false })), plain(column)];
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const [from, to, value] = [quoteName(table), quoteName(aside), quoteIdentifier(column.name)];
  const up: readonly Operation[] = [
    { kind: 'create_table', table: { ...plainTable, ...aside, columns, primaryKey: { name: null, columns: keys.map(({ name }) => name), include: [], deferrable: false, initiallyDeferred: false, comment: null } } },
    { kind: 'execute', effect: 'data', sql: `INSERT INTO ${to} (${names}) SELECT ${names} FROM ${from} WHERE ${value} IS NOT NULL` },
  ];
  const back = addedBack(pass, operation);
  const isRequired = back !== null && !back.column.nullable && back.column.default === null;
  const down: readonly Operation[] = [
    ...(back === null ? [] : [{ kind: 'add_column' as const, ...at, column: isRequired ? { ...back.column, nullable: true } : back.column }]),
    { kind: 'execute', effect: 'data', sql: `UPDATE ${from} SET ${value} = kept.${value} FROM ${to} AS kept WHERE ${keys.map(({ name }) => `${from}.${quoteIdentifier(name)} = kept.${quoteIdentifier(name)}`).join(' AND ')}`, writes: [{ ...aside, name: table.name, column: column.name }] },
    ...(isRequired ? [{ kind: 'alter_column' as const, ...at, column: column.name, nullable: false, existing: { type: back.column.type } }] : []),
    { kind: 'drop_table', ...aside },
  ];
  const edits = pass.editing.combine([pass.editing.insertBefore(operation, up), ...(back === null ? [] : [pass.editing.replace(back, down)])]);
  return edits === null ? [] : [{ title: `Set the values aside in "${aside.name}" first`, edits, safety: 'review' }];
}

function addedBack(pass: Pass, { schema, table, column }: OperationOf<'drop_column'>): (OperationOf<'add_column'> & Operation) | null {
  for (const { operation } of pass.downgrade) if (operation.kind === 'add_column' && operation.schema === schema && operation.table === table && operation.column.name === column) return operation;
  return null;
}
