import type { Operation, OperationOf } from '../operations/operation';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type Column, type QualifiedName } from '../schema/schema';
import { quoteIdentifier, quoteName } from '../sql/identifiers';
import { message } from '../text/problem';
import { destructiveRename } from './destructive-rename';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { isMaybe, isReadInPart } from './support/known';
import { isEmptiedBefore } from './support/losses';
import { originalColumn, originalTable } from './support/origin';
import { at } from './support/places';

/** A column must have a value in every row, and rows that are there have none: NOT NULL fails on the first of them. */
export const notNullWithoutDefault: Rule = {
  meta: { title: 'A column becomes NOT NULL while rows have no value for it.', severity: 'error', sqlstates: ['23502'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const step of pass[direction]) {
        const { operation } = step;
        const found = operation.kind === 'add_column' ? added(pass, direction, step, operation) : operation.kind === 'alter_column' && operation.nullable === false ? required(pass, direction, step, operation) : null;
        if (found !== null && !(direction === 'upgrade' && isRenamed(pass.findingsOf(destructiveRename), found))) yield found;
      }
    }
  },
};

/** A column that is another one under a new name keeps its values once the drop and the add are one rename. */
function isRenamed(renames: readonly Finding[], { data }: Finding): boolean {
  return renames.some((rename) => rename.severity === 'error' && rename.data?.table === data?.table && rename.data?.to === data?.column);
}

type Direction = 'upgrade' | 'downgrade';

function added(pass: Pass, direction: Direction, step: Step, operation: OperationOf<'add_column'>): Finding | null {
  const { column } = operation;
  const name = { schema: operation.schema, name: operation.table };
  if (column.nullable || isFilled(column) || column.type.kind === 'unknown' || isReadInPart(pass[direction], step) || isEmpty(pass, direction, step, name)) return null;
  if (operation.ifNotExists === true && findTable(step.before, name)?.columns.some((other) => other.name === column.name) === true) return null;
  const rows = rowsOf(pass, step, name);
  const args = { table: displayName(name), column: column.name, rows: rows ?? 0, aDefault: pass.form === 'sql' ? 'a DEFAULT' : 'a server_default' };
  return {
    message:
      direction === 'downgrade'
        ? message('{column} comes back as NOT NULL without a default: where {table} has rows the downgrade fails (23502), since they have no value for it. Give it {aDefault}, or make it nullable.', args)
        : rows === 0
          ? message('{column} is NOT NULL without a default: in a database where {table} has rows this fails (23502). In the connected one it has none. Give it {aDefault}, or add it nullable, fill it, then set NOT NULL.', args)
          : rows === null
            ? message('{column} is NOT NULL without a default: if {table} has rows this fails (23502), since they have no value for it. Give it {aDefault}, or add it nullable, fill it, then set NOT NULL.', args)
            : message('{column} is NOT NULL without a default, and the rows of {table} ({rows}) have no value for it: this fails (23502). Give it {aDefault}, or add it nullable, fill it, then set NOT NULL.', args),
    at: at(operation, 'column.name', 'column'),
    // Going back is rare, and may be done on purpose where nothing is left.
    ...(direction === 'downgrade' || rows === 0 ? { severity: 'warning' as const } : {}),
    fixes: () => fixes(pass, operation),
    data: { table: args.table, column: column.name, direction },
  };
}

function isFilled({ default: value, identity, generated, serial }: Column): boolean {
  return value !== null || identity !== null || generated !== null || serial;
}

/** The model's own constant fills the rows that are there; else the column stays nullable until a person has filled it. Nothing is made up. */
function fixes(pass: Pass, operation: OperationOf<'add_column'>): readonly Fix[] {
  const { column, schema, table } = operation;
  const { source: _source, ...bare } = operation;
  const model = pass.desired === null ? undefined : findTable(pass.desired, { schema, name: table });
  const wanted = (model === undefined ? undefined : findColumn(model, column.name))?.modelDefault ?? null;
  const filled: readonly Operation[] = wanted === null ? [] : [{ ...bare, column: { ...column, default: wanted } }, { kind: 'alter_column', schema, table, column: column.name, default: null }];
  const withDefault = wanted === null ? null : pass.editing.replace(operation, filled);
  const nullable = pass.editing.replace(operation, [{ ...bare, column: { ...column, nullable: true } }]);
  return [
    ...(withDefault === null || wanted === null ? [] : [{ title: `Give the rows that are there the model's default, ${wanted.sql}`, edits: withDefault, safety: 'safe' as const }]),
    ...(nullable === null ? [] : [{ title: `Add "${column.name}" as nullable`, edits: nullable, safety: 'review' as const }]),
  ];
}

function required(pass: Pass, direction: Direction, step: Step, operation: OperationOf<'alter_column'>): Finding | null {
  const name = { schema: operation.schema, name: operation.table };
  const table = findTable(step.before, name);
  const column = table === undefined ? undefined : findColumn(table, operation.column);
  if (column?.nullable !== true || isMaybe(step.before, name) || isEmpty(pass, direction, step, name) || isWritten(pass, direction, step, name, operation.column)) return null;
  const args = { table: displayName(name), column: operation.column };
  const marked = { at: at(operation, 'nullable'), data: { ...args, direction } };
  const adding = pass[direction].slice(0, pass[direction].indexOf(step)).find(({ operation: other }) => other.kind === 'add_column' && other.column.name === operation.column && other.table === name.name && other.schema === name.schema);
  if (adding !== undefined) {
    if (isFilled(column)) return null;
    return { ...marked, severity: 'warning', message: message('{column} was added above without a value and becomes NOT NULL: where {table} has rows this fails (23502), and loses nothing. Fill it between the two.', args), fixes: [] };
  }
  const origin = originalColumn(pass, step, name, operation.column);
  const nulls = origin === null ? null : pass.ask({ kind: 'null-count', ...origin });
  if (nulls === null || nulls.count === 0) return null;
  return { ...marked, message: message('{nulls} of {rows} rows of {table} have no value in {column}: SET NOT NULL fails on them (23502). Fill them first.', { ...args, nulls: nulls.count, rows: nulls.rows }), fixes: fill(pass, operation, column) };
}

/** The column's own server default is what a row without a value should have had. */
function fill(pass: Pass, operation: OperationOf<'alter_column'>, column: Column): readonly Fix[] {
  if (column.default === null) return [];
  const name = quoteIdentifier(operation.column);
  const table = { schema: operation.schema, name: operation.table };
  const update: Operation = { kind: 'execute', effect: 'data', sql: `UPDATE ${quoteName(table)} SET ${name} = DEFAULT WHERE ${name} IS NULL`, writes: [{ ...table, column: operation.column, from: [] }] };
  const edits = pass.editing.insertBefore(operation, [update]);
  return edits === null ? [] : [{ title: `Fill the rows without a value with the default, ${column.default.sql}`, edits, safety: 'review' }];
}

/** The draft makes the table, or takes all rows out of it before: no row can be in the way. A step back comes to the rows that are there. */
function isEmpty(pass: Pass, direction: Direction, step: Step, table: QualifiedName): boolean {
  const earlier = pass[direction].slice(0, pass[direction].indexOf(step));
  return earlier.some(({ operation }) => operation.kind === 'create_table' && sameName(operation.table, table)) || isEmptiedBefore(pass, step, table, direction);
}

/** The draft writes the column before; SQL that is not understood may. */
function isWritten(pass: Pass, direction: Direction, step: Step, table: QualifiedName, column: string): boolean {
  return pass[direction].slice(0, pass[direction].indexOf(step)).some(({ operation }) => operation.kind === 'execute' && operation.effect === 'data' && (operation.writes === undefined || operation.writes.some((write) => sameName(write, table) && write.column === column)));
}

/** Null: not known. */
function rowsOf(pass: Pass, step: Step, name: QualifiedName): number | null {
  const table = originalTable(pass, step, name);
  const answer = table === null ? null : pass.ask({ kind: 'row-count', table });
  return answer === null ? null : answer.rows;
}
