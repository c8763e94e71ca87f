import type { Operation } from '../operations/operation';
import { constraintsOf } from '../operations/reverse';
import { tableOfOperation } from '../operations/operation-table';
import { findTable, tablesWithIndex } from '../schema/lookup';
import { displayName, findColumn, findEnum, sameName, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { isAnythingMaybe, isFromDatabase, isMaybe, isTableMissing, mayNotRun } from './support/known';
import { nearestName } from './support/nearest';
import { at } from './support/places';

/** An operation names a table, column, constraint, index or label that is not there when it runs. */
export const unknownObject: Rule = {
  meta: { title: 'An operation names something that does not exist when it runs.', severity: 'error', sqlstates: ['42P01', '42703', '42704', '22023'] },
  *check(pass) {
    const said = new Set<string>();
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const step of pass[direction]) {
        // Behind SQL that PostgreSQL cannot parse, nobody knows what is meant to be there.
        if (step.operation.kind === 'unknown' && step.operation.sqlError !== undefined) return;
        for (const missing of missingIn(step)) {
          // Alembic's own table is there, though no schema has it.
          if (sameName(missing.holder, pass.settings.versionTable)) continue;
          // What is missing on the way up is missing on the way back.
          const key = `${missing.what} ${displayName(missing.holder)} ${missing.name}`;
          if (said.has(key)) continue;
          said.add(key);
          yield finding(pass, direction, step, missing);
        }
      }
    }
  },
};

interface Missing {
  readonly what: 'table' | 'column' | 'constraint' | 'index' | 'enum type' | 'label';
  readonly name: string;
  /** The table or type that should have it; for a table itself, the table. */
  readonly holder: QualifiedName;
  readonly argument: string;
  /** What there is of the kind. */
  readonly others: readonly string[];
}

const sqlstate = { table: '42P01', column: '42703', constraint: '42704', index: '42704', 'enum type': '42704', label: '22023' } as const;

function missingIn({ operation, before }: Step): readonly Missing[] {
  if (mayNotRun(operation)) return [];
  if (operation.kind === 'execute') return (operation.writes ?? []).flatMap((write) => columns(before, write, [write.column], 'sqltext'));
  if (operation.kind === 'drop_index' || operation.kind === 'rename_index') return index(before, operation);
  if (operation.kind === 'add_enum_value' || operation.kind === 'rename_enum_value') return label(before, operation);
  if (operation.kind === 'create_table' || operation.kind === 'unknown') return [];
  const name = tableOfOperation(operation);
  if (name === null || ('ifExists' in operation && operation.ifExists === true && operation.kind === 'drop_table')) return [];
  if (isTableMissing(before, name)) {
    const others = before.tables.filter((table) => table.schema === name.schema).map((table) => table.name);
    return [{ what: 'table', name: displayName(name), holder: name, argument: operation.kind === 'rename_table' ? 'old_table_name' : operation.kind === 'create_foreign_key' ? 'source_table' : 'table_name', others }];
  }
  const table = findTable(before, name);
  return table === undefined || isMaybe(before, name) ? [] : missingOn(before, operation, table);
}

function missingOn(schema: Schema, operation: Operation, table: Table): readonly Missing[] {
  switch (operation.kind) {
    case 'drop_column':
      return operation.ifExists === true ? [] : columns(schema, table, [operation.column], 'column_name');
    case 'alter_column':
    case 'drop_expression':
    case 'set_numbering':
      return columns(schema, table, [operation.column], 'column_name');
    case 'create_primary_key':
    case 'create_unique_constraint':
      return operation.usingIndex === undefined ? columns(schema, table, operation.constraint.columns, 'columns') : [];
    case 'create_foreign_key':
      return columns(schema, table, operation.constraint.columns, 'local_cols');
    case 'create_index':
      return columns(schema, table, [...operation.index.elements.flatMap(({ column }) => column ?? []), ...operation.index.include], 'columns');
    case 'drop_constraint':
      return operation.name === null || operation.ifExists === true ? [] : constraint(table, operation.name);
    case 'validate_constraint':
    case 'rename_constraint':
      return constraint(table, operation.name);
    default:
      return [];
  }
}

function columns(schema: Schema, name: QualifiedName, wanted: readonly string[], argument: string): readonly Missing[] {
  const table = findTable(schema, name);
  if (table === undefined || isMaybe(schema, table) || table.partitionOf !== null) return [];
  const system = ['ctid', 'xmin', 'xmax', 'tableoid'];
  return wanted.filter((column) => findColumn(table, column) === undefined && !system.includes(column)).map((column) => ({ what: 'column', name: column, holder: { schema: table.schema, name: table.name }, argument, others: table.columns.map((other) => other.name) }));
}

/** PostgreSQL 18 has NOT NULL among the constraints of a table; their names are not followed. */
function constraint(table: Table, name: string): readonly Missing[] {
  const names = constraintsOf(table).flatMap((created) => created.constraint.name ?? []);
  return names.includes(name) || name.endsWith('_not_null') ? [] : [{ what: 'constraint', name, holder: { schema: table.schema, name: table.name }, argument: 'constraint_name', others: names }];
}

/** An index is found by its name and namespace alone; a key's has the name of the key. */
function index(schema: Schema, operation: Extract<Operation, { readonly kind: 'drop_index' | 'rename_index' }>): readonly Missing[] {
  const { name } = operation;
  if (name === null || ('ifExists' in operation && operation.ifExists === true) || isAnythingMaybe(schema)) return [];
  if (tablesWithIndex(schema.tables, name).some((table) => table.schema === operation.schema)) return [];
  const tables = schema.tables.filter((table) => table.schema === operation.schema);
  const names = tables.flatMap((table) => [...table.indexes, ...constraintsOf(table).map(({ constraint: one }) => one)].flatMap((one) => one.name ?? []));
  const views = schema.views.some((view) => view.schema === operation.schema && view.materialized);
  if (names.includes(name) || views || tables.some((table) => isMaybe(schema, table))) return [];
  const on = operation.kind === 'drop_index' && operation.table !== null ? { schema: operation.schema, name: operation.table } : null;
  // On a table of which nothing is known it may well be.
  if (on === null ? tables.length === 0 || !isFromDatabase(schema) : findTable(schema, on) === undefined) return [];
  const held = on === null ? tables : tables.filter((table) => sameName(table, on));
  // PostgreSQL names what the script leaves unnamed (CREATE INDEX ON …).
  if (held.some((table) => table.indexes.some((one) => one.name === null))) return [];
  return [{ what: 'index', name, holder: on ?? { schema: operation.schema, name }, argument: 'index_name', others: held.flatMap((table) => table.indexes.flatMap((one) => one.name ?? [])) }];
}

function label(schema: Schema, operation: Extract<Operation, { readonly kind: 'add_enum_value' | 'rename_enum_value' }>): readonly Missing[] {
  const type = findEnum(schema, operation);
  const holder = { schema: operation.schema, name: operation.name };
  if (isAnythingMaybe(schema)) return [];
  if (type === undefined) return (schema.enums.length === 0 || schema.isPartial === true) && !isFromDatabase(schema) ? [] : [{ what: 'enum type', name: displayName(holder), holder, argument: 'sqltext', others: schema.enums.map((one) => one.name) }];
  const named = operation.kind === 'rename_enum_value' ? operation.label : operation.position === null ? null : 'before' in operation.position ? operation.position.before : operation.position.after;
  return named === null || type.labels.includes(named) ? [] : [{ what: 'label', name: named, holder, argument: 'sqltext', others: type.labels }];
}

function finding(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, missing: Missing): Finding {
  const { what, name, holder, others } = missing;
  const moved = renamedTo(pass, direction, step, missing);
  const near = moved ?? nearestName(name, what === 'table' ? '' : holder.name, others);
  const wasThere = moved !== null || isGone(pass, missing);
  const args = { what, name, holder: displayName(holder), near: near ?? '', code: sqlstate[what], kind: pass.form === 'sql' ? 'migration' : 'revision' };
  // A history may begin on tables that were made without it; then nothing but a near name, or the draft itself, tells that this one is not there.
  const isSure = isFromDatabase(step.before) || near !== null || wasThere || what !== 'table';
  const whose = what === 'table' || what === 'enum type' || (what === 'index' && holder.name === name) ? `The ${what} {name}` : `The ${what} {name} of {holder}`;
  return {
    message: moved !== null
      ? message(`${whose} has another name when this runs, {near}: this fails ({code}). Use the new name.`, args)
      : near !== null
        ? message(`${whose} does not exist when this runs: this fails ({code}). Is {near} meant?`, args)
        : isSure
          ? message(`${whose} does not exist when this runs: this fails ({code}). Correct the name, or leave this out.`, args)
          : message(`${whose} is made by no {kind} before this one. Unless it was made by other means, this fails ({code}). Correct the name, or leave this out.`, args),
    at: at(step.operation, missing.argument),
    ...(isSure ? {} : { severity: 'warning' as const }),
    fixes: near === null ? [] : () => fix(pass, step, missing, near),
    data: { what, name, table: args.holder, direction },
  };
}

/** The name that a rename before this step gave it. */
function renamedTo(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, { what, name, holder }: Missing): string | null {
  const earlier = pass[direction].slice(0, pass[direction].indexOf(step)).map(({ operation }) => operation);
  const found = earlier.findLast((operation) =>
    what === 'table'
      ? operation.kind === 'rename_table' && operation.name === holder.name && operation.schema === holder.schema
      : what === 'column'
        ? operation.kind === 'alter_column' && operation.newName !== undefined && operation.column === name && operation.table === holder.name
        : (operation.kind === 'rename_constraint' || operation.kind === 'rename_index') && operation.name === name,
  );
  return found !== undefined && 'newName' in found && typeof found.newName === 'string' ? found.newName : null;
}

/** It was there before the draft, and the draft took it away. */
function isGone(pass: Pass, { what, name, holder }: Missing): boolean {
  const table = findTable(pass.before, holder);
  return what === 'table' ? table !== undefined : table !== undefined && what === 'column' && findColumn(table, name) !== undefined;
}

function fix(pass: Pass, { operation }: Step, { argument, what }: Missing, near: string): readonly Fix[] {
  if (operation.source?.editable !== true || argument === 'columns' || argument === 'local_cols' || argument === 'sqltext') return [];
  const edits = pass.editing.replaceArgument(operation, argument, what === 'constraint' || what === 'index' ? { finalName: near } : { name: near });
  return edits === null ? [] : [{ title: `Use "${near}"`, edits, safety: 'review' }];
}
