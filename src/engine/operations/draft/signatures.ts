import type { CallValue, Located, Value } from '../../python/values';
import type { Place } from '../../text/text';

/**
 * The parameters of Alembic's operations that can be passed by position, in order; `*name` takes the rest.
 * Source: Alembic documentation, "Operation Reference" (1.18); older versions allowed more by position, in this order.
 */
const parameters: Readonly<Record<string, readonly string[]>> = {
  create_table: ['table_name', '*columns'],
  drop_table: ['table_name', 'schema'],
  rename_table: ['old_table_name', 'new_table_name', 'schema'],
  add_column: ['table_name', 'column', 'schema'],
  drop_column: ['table_name', 'column_name', 'schema'],
  alter_column: ['table_name', 'column_name', 'nullable', 'comment', 'server_default', 'new_column_name', 'type_'],
  create_index: ['index_name', 'table_name', 'columns', 'schema', 'unique'],
  drop_index: ['index_name', 'table_name', 'schema'],
  create_primary_key: ['constraint_name', 'table_name', 'columns', 'schema'],
  create_foreign_key: ['constraint_name', 'source_table', 'referent_table', 'local_cols', 'remote_cols'],
  create_unique_constraint: ['constraint_name', 'table_name', 'columns', 'schema'],
  create_check_constraint: ['constraint_name', 'table_name', 'condition', 'schema'],
  create_exclude_constraint: ['constraint_name', 'table_name', '*elements'],
  drop_constraint: ['constraint_name', 'table_name', 'type_', 'schema'],
  create_table_comment: ['table_name', 'comment'],
  drop_table_comment: ['table_name'],
  execute: ['sqltext'],
  bulk_insert: ['table', 'rows'],
  batch_alter_table: ['table_name', 'schema'],
};

/** In a batch the table is known already. */
const batchOmits: Readonly<Record<string, string>> = { create_foreign_key: 'source_table' };

/** Names that older versions gave parameters. */
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

export function isOperation(name: string): boolean {
  return name in parameters;
}

/** The arguments of `op.name(…)` or `batch_op.name(…)` by their parameters. */
export function bindArguments(name: string, call: CallValue & Located, inBatch: boolean): BoundArguments {
  const omitted = batchOmits[name] ?? 'table_name';
  const order = (parameters[name] ?? []).filter((parameter) => !inBatch || (parameter !== omitted && parameter !== 'schema'));
  const named = new Map<string, Value>();
  const places = new Map<string, Place>();
  const rest: Value[] = [];
  const { syntax } = call;
  const place = (parameter: string, range: Place['range'] | undefined): void => void (range !== undefined && places.set(parameter, { path: call.at.path, range }));
  // `*names` in the call shifts what stands where.
  const written = syntax !== undefined && syntax.args.length === call.args.length && syntax.args.every((argument) => argument.kind !== 'starred') ? syntax.args : [];
  call.args.forEach((value, index) => {
    const parameter = order[Math.min(index, order.length - 1)];
    if (parameter?.startsWith('*') === true) rest.push(value);
    else if (parameter !== undefined && index < order.length) {
      named.set(parameter, value);
      place(parameter, written[index]?.range);
    }
  });
  for (const [key, value] of call.keywords) {
    const parameter = parameterOf(name, key);
    named.set(parameter, value);
    place(parameter, syntax?.keywords.find((keyword) => keyword.name === key)?.value.range);
  }
  return { named, rest, places };
}

function parameterOf(operation: string, key: string): string {
  if ((parameters[operation] ?? []).includes(key)) return key;
  if (key === 'name') return operation === 'alter_column' ? 'new_column_name' : operation.endsWith('_index') ? 'index_name' : 'constraint_name';
  return oldNames[key] ?? key;
}
