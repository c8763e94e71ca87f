import type { Operation } from '../operations/operation';
import { tableOfOperation } from '../operations/operation-table';
import { cutTo63 } from '../schema/constraint-names';
import { findTable, tablesWithIndex } from '../schema/lookup';
import { displayName, findColumn, findEnum, sameName, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { message, type Message } from '../text/problem';
import type { Pass, Rule } from './rule';
import { isMaybe, mayNotRun } from './support/known';
import { at } from './support/places';

/** Something is made, or gets a name, that is there already. */
export const duplicateObject: Rule = {
  meta: { title: 'An operation makes what exists already.', severity: 'error', sqlstates: ['42P07', '42701', '42710', '42P06'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const { operation, before } of pass[direction]) {
        const found = duplicate(operation, before, pass.form);
        const table = tableOfOperation(operation);
        if (found === null || mayNotRun(operation) || (table === null ? before.unknown.length > 0 : isMaybe(before, table))) continue;
        yield { message: found.says, at: at(operation, ...found.arguments), fixes: [], data: { name: found.name, direction } };
      }
    }
  },
};

interface Duplicate {
  readonly says: Message;
  readonly name: string;
  readonly arguments: readonly string[];
}

function duplicate(operation: Operation, schema: Schema, form: Pass['form']): Duplicate | null {
  switch (operation.kind) {
    case 'create_schema':
      return operation.ifNotExists !== true && schema.namespaces?.includes(operation.name) === true ? { name: operation.name, arguments: ['sqltext'], says: message('The schema {name} exists already: this fails (42P06). Leave it out, or write IF NOT EXISTS.', { name: operation.name }) } : null;
    case 'create_table':
      return operation.ifNotExists === true ? null : (relation(schema, operation.table, ['table_name']) ?? within(operation.table, form));
    case 'rename_table':
      return relation(schema, { schema: operation.schema, name: operation.newName }, ['new_table_name']);
    case 'add_column':
      return operation.ifNotExists === true ? null : column(schema, operation, operation.column.name, ['column.name', 'column']);
    case 'alter_column':
      return operation.newName === undefined || operation.newName === operation.column ? null : column(schema, operation, operation.newName, ['new_column_name']);
    case 'create_index':
      return operation.ifNotExists === true || operation.index.name === null ? null : relation(schema, { schema: operation.schema, name: operation.index.name }, ['index_name']);
    case 'rename_index':
      return relation(schema, { schema: operation.schema, name: operation.newName }, []);
    case 'create_primary_key':
    case 'create_unique_constraint':
      if (operation.usingIndex !== undefined) return null;
      return constraint(schema, operation, operation.constraint.name) ?? (operation.constraint.name === null ? null : relation(schema, { schema: operation.schema, name: operation.constraint.name }, ['constraint_name']));
    case 'create_foreign_key':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
      return constraint(schema, operation, operation.constraint.name);
    case 'rename_constraint':
      return constraint(schema, operation, operation.newName);
    case 'add_enum_value': {
      const type = findEnum(schema, operation);
      if (type?.labels.includes(operation.label) !== true || operation.ifNotExists === true) return null;
      return { name: operation.label, arguments: ['sqltext'], says: message('The enum type {type} has the label {label} already: this fails (42710). Leave it out, or write IF NOT EXISTS.', { type: displayName(type), label: operation.label }) };
    }
    case 'create_sequence':
      return schema.sequences.some((sequence) => sameName(sequence, operation.sequence)) ? relationFound(operation.sequence, 'sequence', ['sqltext']) : null;
    default:
      return null;
  }
}

/** One statement may say a name twice; of a long one, PostgreSQL keeps the beginning. */
function within(table: Table, form: Pass['form']): Duplicate | null {
  const name = displayName(table);
  const column = repeated(table.columns.map((one) => one.name));
  if (column !== null) return { name: `${name}.${column}`, arguments: [column, 'table_name'], says: message('{table} gets two columns of the name {column}: this fails ({error}). Leave one out, or give it another name.', { table: name, column, error: form === 'alembic' && new Set(table.columns.map((one) => one.name)).size < table.columns.length ? 'DuplicateColumnError, of SQLAlchemy since 2.0' : '42701' }) };
  // Keys share their names with relations besides.
  const key = repeated(keysOf(table));
  if (key !== null) return { name: `${name}.${key}`, arguments: ['table_name'], says: message('{table} gets two keys of the name {name}: this fails (42P07). Give one of them another name.', { table: name, name: key }) };
  const found = repeated([...keysOf(table), ...[...table.foreignKeys, ...table.checks].flatMap((one) => one.name ?? [])]);
  return found === null ? null : { name: `${name}.${found}`, arguments: ['table_name'], says: message('{table} gets two constraints of the name {name}: this fails (42710). Give one of them another name.', { table: name, name: found }) };
}

function repeated(names: readonly string[]): string | null {
  const kept = names.map(cutTo63);
  return names.find((_, index) => kept.indexOf(kept[index] ?? '') < index) ?? null;
}

/** Tables, views, sequences, indexes and the keys that have one share their names in a namespace. */
function relation(schema: Schema, { schema: namespace, name }: QualifiedName, names: readonly string[]): Duplicate | null {
  const wanted = { schema: namespace, name };
  if (findTable(schema, wanted) !== undefined) return relationFound(wanted, 'table', names);
  if (schema.views.some((view) => sameName(view, wanted))) return relationFound(wanted, 'view', names);
  const holder = tablesWithIndex(schema.tables, name).find((table) => table.schema === namespace);
  return holder === undefined ? null : relationFound(wanted, keysOf(holder).includes(name) ? 'key' : 'index', names, displayName(holder));
}

function keysOf(table: Table): readonly string[] {
  return [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques, ...table.excludes].flatMap(({ name }) => name ?? []);
}

function relationFound(object: QualifiedName, what: string, names: readonly string[], table?: string): Duplicate {
  const args = { what, name: displayName(object), table: table ?? '' };
  return {
    name: args.name,
    arguments: names,
    says: table === undefined ? message('The {what} {name} exists already when this runs: this fails (42P07). Leave this out, or take another name.', args) : message('The {what} {name} exists already when this runs, on {table}: this fails (42P07). Leave this out, or take another name.', args),
  };
}

function column(schema: Schema, { schema: namespace, table: name }: { readonly schema: string | null; readonly table: string }, wanted: string, names: readonly string[]): Duplicate | null {
  const table = findTable(schema, { schema: namespace, name });
  if (table === undefined || findColumn(table, wanted) === undefined) return null;
  return { name: `${displayName(table)}.${wanted}`, arguments: names, says: message('{table} has a column {column} already when this runs: this fails (42701). Leave this out, or take another name.', { table: displayName(table), column: wanted }) };
}

function constraint(schema: Schema, { schema: namespace, table: name }: { readonly schema: string | null; readonly table: string }, wanted: string | null): Duplicate | null {
  const table = findTable(schema, { schema: namespace, name });
  if (table === undefined || wanted === null) return null;
  const names = [...keysOf(table), ...[...table.foreignKeys, ...table.checks].flatMap((one) => one.name ?? [])];
  if (!names.includes(wanted)) return null;
  return { name: `${displayName(table)}.${wanted}`, arguments: ['constraint_name'], says: message('{table} has a constraint {name} already when this runs: this fails (42710). Leave this out, or take another name.', { table: displayName(table), name: wanted }) };
}
