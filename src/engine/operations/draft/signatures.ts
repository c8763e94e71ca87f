import type { CallValue, Located, Value } from '../../python/values';
import type { Place } from '../../text/text';

/**
 * The operations of Alembic 1.20 as they are called on `op`, parameters in Python's own notation without types and defaults.
 * A test asks the installed Alembic for the same (`test/alembic/signatures.test.ts`).
 */
export const operations: Readonly<Record<string, string>> = {
  add_column: 'table_name, column, *, schema, if_not_exists, inline_references, inline_primary_key',
  alter_column: 'table_name, column_name, *, nullable, comment, server_default, new_column_name, type_, existing_type, existing_server_default, existing_nullable, existing_comment, schema, **kw',
  batch_alter_table: 'table_name, schema, recreate, partial_reordering, copy_from, table_args, table_kwargs, reflect_args, reflect_kwargs, naming_convention',
  bulk_insert: 'table, rows, *, multiinsert',
  create_check_constraint: 'constraint_name, table_name, condition, *, schema, **kw',
  create_exclude_constraint: 'constraint_name, table_name, *elements, **kw',
  create_foreign_key: 'constraint_name, source_table, referent_table, local_cols, remote_cols, *, onupdate, ondelete, deferrable, initially, match, source_schema, referent_schema, **dialect_kw',
  create_index: 'index_name, table_name, columns, *, schema, unique, if_not_exists, **kw',
  create_primary_key: 'constraint_name, table_name, columns, *, schema',
  create_table: 'table_name, *columns, if_not_exists, **kw',
  create_table_comment: 'table_name, comment, *, existing_comment, schema',
  create_unique_constraint: 'constraint_name, table_name, columns, *, schema, **kw',
  drop_column: 'table_name, column_name, *, schema, **kw',
  drop_constraint: 'constraint_name, table_name, type_, *, schema, if_exists',
  drop_index: 'index_name, table_name, *, schema, if_exists, **kw',
  drop_table: 'table_name, *, schema, if_exists, **kw',
  drop_table_comment: 'table_name, *, existing_comment, schema',
  execute: 'sqltext, *, execution_options',
  f: 'name',
  get_bind: '',
  get_context: '',
  implementation_for: 'op_cls, replace',
  inline_literal: 'value, type_',
  invoke: 'operation',
  register_operation: 'name, sourcename',
  rename_table: 'old_table_name, new_table_name, *, schema',
  run_async: 'async_function, *args, **kw_args',
};

/** The same on what `op.batch_alter_table` gives, where it is another: the table is known already. */
export const batchOperations: Readonly<Record<string, string>> = {
  add_column: 'column, *, insert_before, insert_after, if_not_exists, inline_references, inline_primary_key',
  alter_column: 'column_name, *, nullable, comment, server_default, new_column_name, type_, existing_type, existing_server_default, existing_nullable, existing_comment, insert_before, insert_after, **kw',
  create_check_constraint: 'constraint_name, condition, **kw',
  create_exclude_constraint: 'constraint_name, *elements, **kw',
  create_foreign_key: 'constraint_name, referent_table, local_cols, remote_cols, *, referent_schema, onupdate, ondelete, deferrable, initially, match, **dialect_kw',
  create_index: 'index_name, columns, **kw',
  create_primary_key: 'constraint_name, columns',
  create_table_comment: 'comment, *, existing_comment',
  create_unique_constraint: 'constraint_name, columns, **kw',
  drop_column: 'column_name, **kw',
  drop_constraint: 'constraint_name, type_',
  drop_index: 'index_name, **kw',
  drop_table_comment: '*, existing_comment',
};

/** Those that only `op` has. */
export const notInBatch: ReadonlySet<string> = new Set(['bulk_insert', 'create_table', 'drop_table', 'rename_table']);

/**
 * What alembic-postgresql-enum adds to `op`. `add_enum_value` came with its 1.9; before that, `schema`, `name` and tuples of
 * table and column were the names and forms of what `sync_enum_values` takes, in the same order.
 */
const addedOperations: Readonly<Record<string, string>> = {
  sync_enum_values: 'enum_schema, enum_name, new_values, affected_columns, enum_values_to_rename, indexes_to_recreate',
  add_enum_value: 'enum_schema, enum_name, new_value, before_value',
};

/** Names that older versions gave parameters. Source: Alembic up to 1.3, `_with_legacy_names`; alembic-postgresql-enum up to 0.1. */
const oldNames: Readonly<Record<string, string>> = {
  tablename: 'table_name',
  source: 'source_table',
  referent: 'referent_table',
  cols: 'columns',
  type: 'type_',
};

export interface BoundArguments {
  readonly named: ReadonlyMap<string, Value>;
  /** What `*columns` and `*elements` take. */
  readonly rest: readonly Value[];
  /** Where each is written; absent where the call is not written out. */
  readonly places: ReadonlyMap<string, Place>;
}

export function isOperation(name: string, inBatch: boolean): boolean {
  return inBatch ? (name in operations && !notInBatch.has(name)) : name in operations || name in addedOperations;
}

interface Signature {
  /** In the order in which they are taken by position: today's, and behind them those that older versions took so. */
  readonly order: readonly string[];
  /** `*columns`: what is behind the first of `order` goes there. */
  readonly rest: boolean;
}

const signatures = new Map<string, Signature>();

function signatureOf(name: string, inBatch: boolean): Signature {
  const written = (inBatch ? batchOperations[name] : undefined) ?? operations[name] ?? addedOperations[name] ?? '';
  const known = signatures.get(written);
  if (known !== undefined) return known;
  const parts = written.split(', ').filter((part) => part !== '' && part !== '*' && !part.startsWith('**'));
  const rest = parts.findIndex((part) => part.startsWith('*'));
  const signature = { order: rest < 0 ? parts : parts.slice(0, rest), rest: rest >= 0 };
  signatures.set(written, signature);
  return signature;
}

/** The arguments of `op.name(…)` or `batch_op.name(…)` by their parameters. */
export function bindArguments(name: string, call: CallValue & Located, inBatch: boolean): BoundArguments {
  const { order, rest: takesRest } = signatureOf(name, inBatch);
  const named = new Map<string, Value>();
  const places = new Map<string, Place>();
  const rest: Value[] = [];
  const { syntax } = call;
  const place = (parameter: string, range: Place['range'] | undefined): void => void (range !== undefined && places.set(parameter, { path: call.at.path, range }));
  // `*names` in the call shifts what stands where.
  const written = syntax !== undefined && syntax.args.length === call.args.length && syntax.args.every((argument) => argument.kind !== 'starred') ? syntax.args : [];
  call.args.forEach((value, index) => {
    const parameter = order[index];
    if (parameter !== undefined) {
      named.set(parameter, value);
      place(parameter, written[index]?.range);
    } else if (takesRest) rest.push(value);
  });
  for (const [key, value] of call.keywords) {
    const parameter = parameterOf(name, key);
    named.set(parameter, value);
    place(parameter, syntax?.keywords.find((keyword) => keyword.name === key)?.value.range);
  }
  return { named, rest, places };
}

function parameterOf(operation: string, key: string): string {
  if (operation in addedOperations) return key === 'schema' || key === 'name' ? `enum_${key}` : key;
  if (` ${operations[operation] ?? ''},`.includes(` ${key},`)) return key;
  if (key === 'name') return operation === 'alter_column' ? 'new_column_name' : operation.endsWith('_index') ? 'index_name' : 'constraint_name';
  return oldNames[key] ?? key;
}
