import type { CallValue, Located, Value } from '../../python/values';

/** The constructors of Alembic's operations, and what does the same on `op`. Source: Alembic, `operations/ops.py`. */
const constructors: Readonly<Record<string, string>> = {
  AddColumnOp: 'add_column',
  AlterColumnOp: 'alter_column',
  BulkInsertOp: 'bulk_insert',
  CreateCheckConstraintOp: 'create_check_constraint',
  CreateForeignKeyOp: 'create_foreign_key',
  CreateIndexOp: 'create_index',
  CreatePrimaryKeyOp: 'create_primary_key',
  CreateTableCommentOp: 'create_table_comment',
  CreateTableOp: 'create_table',
  CreateUniqueConstraintOp: 'create_unique_constraint',
  DropColumnOp: 'drop_column',
  DropConstraintOp: 'drop_constraint',
  DropIndexOp: 'drop_index',
  DropTableCommentOp: 'drop_table_comment',
  DropTableOp: 'drop_table',
  ExecuteSQLOp: 'execute',
  RenameTableOp: 'rename_table',
};

/** Their arguments that `op` calls by another name. */
const renamed: Readonly<Record<string, string>> = { modify_nullable: 'nullable', modify_comment: 'comment', modify_server_default: 'server_default', modify_name: 'new_column_name', modify_type: 'type_' };

/** `ops.AddColumnOp("t", column)` as the call of `op.add_column` that does the same; null: it is no operation of Alembic's own, or not known. */
export function invoked(value: Value | undefined): { readonly name: string; readonly call: CallValue & Located } | null {
  if (value?.kind !== 'call' || value.callee.kind !== 'symbol' || !/^alembic\.operations\.(ops\.)?\w+$/.test(value.callee.name)) return null;
  const name = constructors[value.callee.name.slice(value.callee.name.lastIndexOf('.') + 1)];
  if (name === undefined) return null;
  if (name === 'create_table') return withColumns(value);
  const keywords = new Map([...value.keywords].map(([key, argument]) => [renamed[key] ?? key, argument] as const));
  return { name, call: { ...value, keywords } };
}

/** CreateTableOp takes the columns as a list. */
function withColumns(value: CallValue & Located): ReturnType<typeof invoked> {
  const [table, columns] = [value.args[0] ?? value.keywords.get('table_name'), value.args[1] ?? value.keywords.get('columns')];
  if (table === undefined || (columns?.kind !== 'list' && columns?.kind !== 'tuple')) return null;
  const { syntax: _syntax, ...bare } = value;
  const keywords = new Map([...value.keywords].filter(([key]) => key !== 'table_name' && key !== 'columns'));
  return { name: 'create_table', call: { ...bare, args: [table, ...columns.items], keywords } };
}
