import { findTable } from '../schema/lookup';
import { findColumn, findEnum, sameName, type CheckConstraint, type Column, type ExcludeConstraint, type ForeignKey, type Index, type PrimaryKey, type Schema, type Table, type UniqueConstraint } from '../schema/schema';
import { message, formatMessage } from '../text/problem';
import { mentionsIdentifier, quoteIdentifier, quoteLiteral, quoteName } from '../sql/identifiers';
import { typeSql } from '../sql/types';
import { castUsing } from './casts';
import type { AlterColumn, Operation, OperationOf } from './operation';

/**
 * The operations that lead back from the schema after `operation` to `before`, the schema before it. What was lost with
 * rows (a dropped column's values) cannot come back: the structure does, and a note says what does not.
 * An operation on data has no reverse.
 */
export function reverseOperation(operation: Operation, before: Schema): readonly Operation[] {
  switch (operation.kind) {
    case 'create_schema':
      // Whether it was there before IF NOT EXISTS is not known; then it is left.
      return operation.ifNotExists === true ? [] : [{ kind: 'drop_schema', name: operation.name }];
    case 'drop_schema':
      return [{ kind: 'create_schema', name: operation.name }];
    case 'rename_schema':
      return [{ kind: 'rename_schema', name: operation.newName, newName: operation.name }];
    case 'create_table':
      return [{ kind: 'drop_table', schema: operation.table.schema, name: operation.table.name }];
    case 'drop_table':
      return recreateTable(findTable(before, operation));
    case 'rename_table':
      return [{ kind: 'rename_table', schema: operation.schema, name: operation.newName, newName: operation.name }];
    case 'set_table_schema':
    case 'set_enum_schema':
      return [{ ...operation, schema: operation.newSchema === before.defaultSchema ? null : operation.newSchema, newSchema: operation.schema ?? before.defaultSchema }];
    case 'create_table_comment':
    case 'drop_table_comment': {
      const comment = tableOf(before, operation)?.comment ?? null;
      const { schema, table } = operation;
      return [comment === null ? { kind: 'drop_table_comment', schema, table } : { kind: 'create_table_comment', schema, table, comment }];
    }
    case 'set_row_level_security':
      return [{ ...operation, enabled: tableOf(before, operation)?.rowLevelSecurity ?? !operation.enabled }];
    case 'attach_partition': {
      const { bound: _bound, ...at } = operation;
      return [{ ...at, kind: 'detach_partition' }];
    }
    case 'detach_partition':
      // What rows it holds is not known: it cannot be attached again without its bounds.
      return [];
    case 'add_column':
      return [{ kind: 'drop_column', schema: operation.schema, table: operation.table, column: operation.column.name }];
    case 'drop_column':
      return restoreColumn(operation, tableOf(before, operation));
    case 'alter_column':
      return restoreAlteration(operation, before);
    case 'drop_expression':
      return makeGeneratedAgain(operation, tableOf(before, operation));
    case 'set_expression': {
      const generated = tableOf(before, operation)?.columns.find((column) => column.name === operation.column)?.generated;
      return generated == null ? [] : [{ ...operation, expression: generated.expression }];
    }
    case 'set_numbering':
      return [{ ...operation, from: operation.to, to: operation.from }];
    case 'create_primary_key':
      return [dropConstraint(operation, operation.constraint.name, 'primary'), ...restoreNullability(operation, before)];
    case 'create_foreign_key':
      return [dropConstraint(operation, operation.constraint.name, 'foreignkey')];
    case 'create_unique_constraint':
      return [dropConstraint(operation, operation.constraint.name, 'unique')];
    case 'create_check_constraint':
      return [dropConstraint(operation, operation.constraint.name, 'check')];
    case 'create_exclude_constraint':
      return [dropConstraint(operation, operation.constraint.name, 'exclude')];
    case 'drop_constraint': {
      const table = tableOf(before, operation);
      return table === undefined ? [] : constraintsOf(table).filter((created) => created.constraint.name === operation.name);
    }
    case 'validate_constraint':
      // Rows that were found to be right may stay so.
      return [];
    case 'rename_constraint':
      return [{ ...operation, name: operation.newName, newName: operation.name }];
    case 'alter_constraint': {
      const key = tableOf(before, operation)?.foreignKeys.find((candidate) => candidate.name === operation.name);
      return key === undefined ? [] : [{ ...operation, deferrable: key.deferrable, initiallyDeferred: key.initiallyDeferred }];
    }
    case 'set_constraint_comment': {
      const table = tableOf(before, operation);
      const held = table === undefined ? undefined : constraintsOf(table).find(({ constraint }) => constraint.name === operation.name);
      return held === undefined ? [] : [{ ...operation, comment: held.constraint.comment }];
    }
    case 'create_index':
      return [{ kind: 'drop_index', schema: operation.schema, table: operation.table, name: operation.index.name, ...(operation.concurrently === true ? { concurrently: true } : {}) }];
    case 'drop_index':
      return before.tables
        .filter((table) => table.schema === operation.schema)
        .flatMap((table) => table.indexes.filter((index) => index.name === operation.name).map((index) => createIndex(table, index)));
    case 'rename_index':
      return [{ ...operation, name: operation.newName, newName: operation.name }];
    case 'set_index_options': {
      const index = before.tables.filter((table) => table.schema === operation.schema).flatMap((table) => table.indexes).find((candidate) => candidate.name === operation.name);
      return index === undefined ? [] : [{ ...operation, options: Object.fromEntries(Object.keys(operation.options).map((key) => [key, index.options[key] ?? null])) }];
    }
    case 'create_enum':
      return before.enums.some((type) => sameName(type, operation.enum)) ? [] : [{ kind: 'drop_enum', schema: operation.enum.schema, name: operation.enum.name, checkFirst: operation.checkFirst }];
    case 'drop_enum':
      return before.enums.filter((type) => sameName(type, operation)).map((type) => ({ kind: 'create_enum', enum: type, checkFirst: operation.checkFirst }));
    case 'rename_enum':
      return [{ ...operation, name: operation.newName, newName: operation.name }];
    case 'rename_enum_value':
      return [{ ...operation, label: operation.newLabel, newLabel: operation.label }];
    case 'rename_sequence':
      return [{ ...operation, name: operation.newName, newName: operation.name }];
    case 'create_sequence':
      return [{ kind: 'drop_sequence', schema: operation.sequence.schema, name: operation.sequence.name }];
    case 'drop_sequence':
      return before.sequences.filter((sequence) => sameName(sequence, operation)).map((sequence) => ({ kind: 'create_sequence', sequence }));
    case 'alter_sequence':
      return before.sequences
        .filter((sequence) => sameName(sequence, operation))
        .map((sequence) => ({ ...operation, type: sequence.type, ...(operation.options === undefined ? {} : { options: { from: operation.options.to, to: operation.options.from } }) }));
    case 'add_enum_value':
      // PostgreSQL cannot take a label away; the diff rebuilds a type instead where that matters.
      return [];
    case 'rename_view_column':
      return [{ ...operation, column: operation.newName, newName: operation.column }];
    case 'create_view':
      return [{ kind: 'drop_view', schema: operation.view.schema, name: operation.view.name, materialized: operation.view.materialized }];
    case 'drop_view':
      return before.views.filter((view) => sameName(view, operation)).map((view) => ({ kind: 'create_view', view }));
    case 'create_policy':
      return [{ kind: 'drop_policy', schema: operation.schema, table: operation.table, name: operation.policy.name }];
    case 'drop_policy': {
      const policy = tableOf(before, operation)?.policies.find((candidate) => candidate.name === operation.name);
      return policy === undefined ? [] : [{ kind: 'create_policy', schema: operation.schema, table: operation.table, policy }];
    }
    case 'create_trigger':
      return [{ kind: 'drop_trigger', schema: operation.schema, table: operation.table, name: operation.trigger.name, type: operation.trigger.kind }];
    case 'drop_trigger': {
      const trigger = tableOf(before, operation)?.triggers?.find((candidate) => candidate.name === operation.name && candidate.kind === operation.type);
      return trigger === undefined ? [] : [{ kind: 'create_trigger', schema: operation.schema, table: operation.table, trigger }];
    }
    case 'alter_policy': {
      const policy = tableOf(before, operation)?.policies.find((candidate) => candidate.name === operation.name);
      const at = { schema: operation.schema, table: operation.table };
      return policy === undefined ? [] : [{ kind: 'drop_policy', ...at, name: operation.newName ?? operation.name }, { kind: 'create_policy', ...at, policy }];
    }
    case 'alter_trigger': {
      const at = { schema: operation.schema, table: operation.table };
      const triggers = (tableOf(before, operation)?.triggers ?? []).filter((candidate) => candidate.kind === operation.type && (operation.name === null || candidate.name === operation.name));
      return triggers.flatMap((trigger): readonly Operation[] => [{ kind: 'drop_trigger', ...at, name: operation.newName ?? trigger.name, type: trigger.kind }, { kind: 'create_trigger', ...at, trigger }]);
    }
    case 'set_comment':
      return [{ ...operation, comment: commentBefore(before, operation) }];
    case 'execute':
    case 'unknown':
      return [];
  }
}

/** Null where none was, and where it stood in a statement that is kept as it is. */
function commentBefore(schema: Schema, { on, schema: namespace, name }: OperationOf<'set_comment'>): string | null {
  const here = <T extends { readonly schema: string | null; readonly name: string }>(object: T): boolean => object.schema === namespace && object.name === name;
  if (on === 'view' || on === 'materialized view') return schema.views.find(here)?.comment ?? null;
  if (on === 'type') return schema.enums.find(here)?.comment ?? null;
  if (on !== 'index') return null;
  return schema.tables.filter((table) => table.schema === namespace).flatMap((table) => table.indexes).find((index) => index.name === name)?.comment ?? null;
}

function tableOf(schema: Schema, where: { readonly schema: string | null; readonly table: string }): Table | undefined {
  return findTable(schema, { schema: where.schema, name: where.table });
}

function dropConstraint(where: { readonly schema: string | null; readonly table: string }, name: string | null, type: 'primary' | 'foreignkey' | 'unique' | 'check' | 'exclude'): Operation {
  return { kind: 'drop_constraint', schema: where.schema, table: where.table, name, type };
}

/** CREATE TABLE with its constraints inside; its indexes, policies and triggers after it. */
export function recreateTable(table: Table | undefined): readonly Operation[] {
  if (table === undefined) return [];
  const excludes = table.excludes.map((constraint): Operation => ({ kind: 'create_exclude_constraint', schema: table.schema, table: table.name, constraint }));
  const { triggers = [], ...bare } = table;
  const at = { schema: table.schema, table: table.name };
  const repeated = table.uniques.filter((unique, index) => repeatsKey(unique, [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques.slice(0, index)]));
  return [
    { kind: 'create_table', table: { ...bare, uniques: table.uniques.filter((unique) => !repeated.includes(unique)), indexes: [], excludes: [], policies: [] } },
    ...repeated.map((constraint): Operation => ({ kind: 'create_unique_constraint', ...at, constraint })),
    ...excludes,
    ...table.indexes.map((index) => createIndex(table, index)),
    ...table.policies.map((policy): Operation => ({ kind: 'create_policy', ...at, policy })),
    ...triggers.map((trigger): Operation => ({ kind: 'create_trigger', ...at, trigger })),
  ];
}

/** CREATE TABLE silently leaves out a key that another one repeats. Source: transformIndexConstraints in parse_utilcmd.c. */
function repeatsKey(unique: UniqueConstraint, keys: readonly (PrimaryKey | UniqueConstraint)[]): boolean {
  return keys.some((key) => JSON.stringify([key.columns, key.deferrable, key.initiallyDeferred]) === JSON.stringify([unique.columns, unique.deferrable, unique.initiallyDeferred]));
}

export function createIndex(table: Table, index: Index): Operation {
  return { kind: 'create_index', schema: table.schema, table: table.name, index };
}

type CreateConstraint = OperationOf<'create_primary_key' | 'create_foreign_key' | 'create_unique_constraint' | 'create_check_constraint' | 'create_exclude_constraint'>;

/** All constraints of a table as the operations that make them. */
export function constraintsOf(table: Table): readonly CreateConstraint[] {
  const at = { schema: table.schema, table: table.name };
  return [
    ...(table.primaryKey === null ? [] : [{ kind: 'create_primary_key' as const, ...at, constraint: table.primaryKey satisfies PrimaryKey }]),
    ...table.uniques.map((constraint: UniqueConstraint) => ({ kind: 'create_unique_constraint' as const, ...at, constraint })),
    ...table.checks.map((constraint: CheckConstraint) => ({ kind: 'create_check_constraint' as const, ...at, constraint })),
    ...table.excludes.map((constraint: ExcludeConstraint) => ({ kind: 'create_exclude_constraint' as const, ...at, constraint })),
    ...table.foreignKeys.map((constraint: ForeignKey) => ({ kind: 'create_foreign_key' as const, ...at, constraint })),
  ];
}

/** The column as it was, and those that were computed from it and went along. */
function restoreColumn(operation: OperationOf<'drop_column'>, table: Table | undefined): readonly Operation[] {
  const column = table === undefined ? undefined : findColumn(table, operation.column);
  if (table === undefined || column === undefined) return [];
  const fillable = column.nullable || column.default !== null || column.identity !== null || column.generated !== null || column.serial;
  const at = { schema: operation.schema, table: operation.table };
  const restored: Operation[] = [{ kind: 'add_column', ...at, column: fillable ? column : { ...column, nullable: true } }];
  if (!fillable) restored.push(backfill(at, column));
  const computed = table.columns.filter((other) => other.name !== column.name && other.generated !== null && mentionsIdentifier(other.generated.expression.sql, column.name));
  return [...restored, ...computed.map((other): Operation => ({ kind: 'add_column', ...at, column: other }))];
}

/** PostgreSQL cannot make a plain column a generated one: it is made anew and computed, with the indexes and constraints that go along. */
function makeGeneratedAgain(operation: OperationOf<'drop_expression'>, table: Table | undefined): readonly Operation[] {
  const column = table === undefined ? undefined : findColumn(table, operation.column);
  if (table === undefined || column === undefined) return [];
  const at = { schema: operation.schema, table: operation.table };
  const uses = (names: readonly string[]): boolean => names.includes(column.name);
  return [
    { kind: 'drop_column', ...at, column: column.name },
    { kind: 'add_column', ...at, column },
    ...constraintsOf(table).filter(({ constraint }) => 'columns' in constraint && uses(constraint.columns)),
    ...table.indexes.filter((index) => uses(index.elements.map((element) => element.column ?? ''))).map((index) => createIndex(table, index)),
  ];
}

/** SET NOT NULL that says above itself what has to be filled before; it fails, and loses nothing, while rows are empty. */
export function backfill(at: { readonly schema: string | null; readonly table: string }, column: Column): Operation {
  return {
    kind: 'alter_column',
    ...at,
    column: column.name,
    nullable: false,
    existing: { type: column.type },
    note: formatMessage(
      message('REVIEW: rows that exist have no value for {table}.{column}, and none is known. Fill them here, before NOT NULL:', {
        table: at.table,
        column: column.name,
      }),
    ),
    suggestion: `UPDATE ${quoteName({ schema: at.schema, name: at.table })} SET ${quoteIdentifier(column.name)} = … WHERE ${quoteIdentifier(column.name)} IS NULL`,
  };
}

function restoreAlteration(operation: AlterColumn, before: Schema): readonly Operation[] {
  const table = tableOf(before, operation);
  const column = table === undefined ? undefined : findColumn(table, operation.column);
  if (column === undefined) return [];
  const using = operation.type === undefined ? undefined : (labelsBack(operation, column, before) ?? castUsing(operation.newName ?? column.name, operation.type, column.type));
  return [
    {
      kind: 'alter_column',
      schema: operation.schema,
      table: operation.table,
      column: operation.newName ?? operation.column,
      ...(operation.newName === undefined ? {} : { newName: operation.column }),
      ...(operation.type === undefined ? {} : { type: column.type }),
      ...(operation.collation === undefined ? {} : { collation: column.collation }),
      ...(using === undefined || using === null ? {} : { using }),
      ...(operation.nullable === undefined ? {} : { nullable: column.nullable }),
      ...(operation.default === undefined ? {} : { default: column.default }),
      ...(operation.comment === undefined ? {} : { comment: column.comment }),
    },
  ];
}

/**
 * The USING that leads from one enum type back to another where the labels differ: what was mapped alone to a label comes
 * back from it. Null where nothing has to be mapped. A label that the old type never had is left to fail, and loses nothing.
 */
function labelsBack(operation: AlterColumn, column: Column, before: Schema): string | null {
  if (column.type.kind !== 'enum' || operation.type?.kind !== 'enum' || operation.type.dimensions > 0) return null;
  const labels = findEnum(before, column.type)?.labels ?? [];
  const back = takenBack(operation.values ?? {}, labels);
  if (back.length === 0) return null;
  const name = `${quoteIdentifier(operation.newName ?? column.name)}::text`;
  const isUpper = labels.every((label) => label === label.toUpperCase()) && back.every(([from, to]) => from === to.toUpperCase());
  if (isUpper) return `upper(${name})::${typeSql(column.type)}`;
  return `(CASE ${name} ${back.map(([from, to]) => `WHEN ${quoteLiteral(to)} THEN ${quoteLiteral(from)}`).join(' ')} ELSE ${name} END)::${typeSql(column.type)}`;
}

/** The values that come back from what was made of them: labels of the old type, each alone with a label that it never had. */
export function takenBack(values: Readonly<Record<string, string | null>>, labels: readonly string[]): readonly (readonly [from: string, to: string])[] {
  const pairs = Object.entries(values).flatMap(([from, to]) => (to === null || !labels.includes(from) ? [] : [[from, to] as const]));
  return pairs.filter(([, to], index) => !labels.includes(to) && !pairs.some((other, at) => at !== index && other[1] === to));
}

/** Dropping a primary key leaves its columns NOT NULL (ALTER TABLE, notes). */
function restoreNullability(operation: OperationOf<'create_primary_key'>, before: Schema): readonly Operation[] {
  const table = tableOf(before, operation);
  if (table === undefined) return [];
  return table.columns
    .filter((column) => column.nullable && operation.constraint.columns.includes(column.name))
    .map((column): Operation => ({ kind: 'alter_column', schema: operation.schema, table: operation.table, column: column.name, nullable: true, existing: { type: column.type } }));
}
