import type { Operation } from '../operations/operation';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, type Column, type QualifiedName } from '../schema/schema';
import { message } from '../text/problem';
import type { Finding, Pass, Rule, Step } from './rule';
import { originalColumn } from './support/origin';
import { at } from './support/places';

/** A unique key is made over rows that share one. */
export const duplicateRows: Rule = {
  meta: { title: 'A unique key is made over rows of which some are alike.', severity: 'error', sqlstates: ['23505'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const step of pass[direction]) {
        const key = keyOf(step);
        if (key === null || key.columns.length === 0 || madeHere(pass, direction, step, key.table)) continue;
        const found = byDefault(pass, direction, step, key) ?? byRows(pass, step, key);
        if (found !== null) yield found;
      }
    }
  },
};

interface Key {
  readonly table: QualifiedName;
  readonly columns: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly argument: string;
}

function keyOf({ operation, before }: Step): Key | null {
  if (operation.kind === 'create_unique_constraint' || operation.kind === 'create_primary_key') {
    const { constraint } = operation;
    const nullsNotDistinct = 'nullsNotDistinct' in constraint && constraint.nullsNotDistinct;
    return operation.usingIndex === undefined ? { table: { schema: operation.schema, name: operation.table }, columns: constraint.columns, nullsNotDistinct, argument: 'columns' } : null;
  }
  if (operation.kind !== 'create_index' || !operation.index.unique || operation.index.where !== null) return null;
  const columns = operation.index.elements.flatMap(({ column }) => column ?? []);
  // What exists already is not looked at again.
  if (operation.ifNotExists === true && before.tables.some((table) => table.indexes.some((index) => index.name === operation.index.name))) return null;
  return columns.length < operation.index.elements.length ? null : { table: { schema: operation.schema, name: operation.table }, columns, nullsNotDistinct: operation.index.nullsNotDistinct, argument: 'columns' };
}

function madeHere(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, table: QualifiedName): boolean {
  return pass[direction].slice(0, pass[direction].indexOf(step)).some(({ operation }) => operation.kind === 'create_table' && operation.table.name === table.name && operation.table.schema === table.schema);
}

/** Columns that this draft adds with a constant default hold the same in every row: without a look at the rows that is plain. */
function byDefault(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, { table: name, columns, argument }: Key): Finding | null {
  const earlier = pass[direction].slice(0, pass[direction].indexOf(step)).map(({ operation }) => operation);
  const table = findTable(step.before, name);
  if (table === undefined || !columns.every((column) => isSameInEveryRow(earlier, name, findColumn(table, column)))) return null;
  return {
    message: message('{columns} of {table} is added by this draft with one default for all rows, and then made unique: as soon as the table has two rows this fails (23505). Give each row a value of its own in between.', { table: displayName(name), columns: columns.join(', ') }),
    at: at(step.operation, argument),
    fixes: [],
    data: { table: displayName(name), columns: columns.join(','), direction },
  };
}

function isSameInEveryRow(earlier: readonly Operation[], table: QualifiedName, column: Column | undefined): boolean {
  if (column === undefined) return false;
  const adding = earlier.findIndex((operation) => operation.kind === 'add_column' && operation.column.name === column.name && operation.table === table.name && operation.schema === table.schema);
  const added = earlier[adding];
  if (added?.kind !== 'add_column' || added.column.default === null) return false;
  const isConstant = /^\s*\(?(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)(?:::[\w\s."[\]()]+)?\)?\s*$/i.test(added.column.default.sql);
  return isConstant && !earlier.slice(adding).some((operation) => operation.kind === 'unknown' || (operation.kind === 'execute' && operation.effect === 'data'));
}

function byRows(pass: Pass, step: Step, { table, columns, nullsNotDistinct, argument }: Key): Finding | null {
  const origins = columns.map((column) => originalColumn(pass, step, table, column));
  const [first] = origins;
  if (first === undefined || first === null || origins.some((origin) => origin === null)) return null;
  const answer = pass.ask({ kind: 'duplicate-count', table: first.table, columns: origins.flatMap((origin) => origin?.column ?? []), ...(nullsNotDistinct ? { nullsNotDistinct: true } : {}) });
  if (answer === null || answer.keys === 0) return null;
  const examples = answer.examples.map(({ values, count }) => `(${values.map((value) => value ?? 'NULL').join(', ')}) in ${count} rows`).join(', ');
  const args = { table: displayName(table), columns: columns.join(', '), count: answer.count, examples };
  return {
    message: message('{columns} of {table} is made unique, and rows share a value in it ({count} too many): {examples}. This fails (23505). Decide before what becomes of these rows.', args),
    at: at(step.operation, argument),
    fixes: [],
    data: { table: args.table, columns: columns.join(','), direction: 'upgrade' },
  };
}
