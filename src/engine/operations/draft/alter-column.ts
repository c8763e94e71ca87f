import type { Value } from '../../python/values';
import { calleeName } from '../../sqlalchemy/names';
import { serverDefault } from '../../sqlalchemy/expressions';
import { readType } from '../../sqlalchemy/types';
import type { Expression } from '../../schema/schema';
import { message } from '../../text/problem';
import type { AlterColumn } from '../operation';
import { flagOf, one, optional, required, tableOf, Unreadable, type OperationCall, type ReadCall } from './call';

/**
 * `op.alter_column`: only what is given changes. False stands for "not given" in `server_default` and `comment`, None in
 * the others. Source: Alembic, `Operations.alter_column`.
 */
export function readAlterColumn(call: OperationCall): ReadCall {
  const on = tableOf(call);
  const column = required(call, 'column_name');
  const given = (name: string): Value | undefined => {
    const value = call.arguments.named.get(name);
    return value === undefined || value.kind === 'none' ? undefined : value;
  };
  const newName = optional(call, 'new_column_name');
  const type = given('type_');
  const nullable = flagOf(call, 'nullable');
  const using = given('postgresql_using');
  const existingType = given('existing_type');
  const existingNullable = flagOf(call, 'existing_nullable');
  const newDefault = changedDefault(call, 'server_default');
  const existingDefault = call.arguments.named.has('existing_server_default') ? changedDefault(call, 'existing_server_default', true) : undefined;
  const comment = call.arguments.named.get('comment');

  const change: AlterColumn = {
    kind: 'alter_column',
    ...on,
    column,
    ...(newName === null ? {} : { newName }),
    ...(type === undefined ? {} : { type: readType(type, { ...call.context, tableSchema: on.schema }).type }),
    ...(using === undefined ? {} : { using: optional(call, 'postgresql_using') ?? '' }),
    ...(nullable === undefined ? {} : { nullable }),
    ...(newDefault === undefined ? {} : { default: newDefault }),
    ...(comment === undefined || comment.kind === 'bool' ? {} : { comment: optional(call, 'comment') }),
  };
  const existing: AlterColumn['existing'] = {
    ...(existingType === undefined ? {} : { type: readType(existingType, { ...call.context, tableSchema: on.schema, report: () => undefined }).type }),
    ...(existingNullable === undefined ? {} : { nullable: existingNullable }),
    ...(existingDefault === undefined ? {} : { default: existingDefault }),
  };
  return one(Object.keys(existing).length === 0 ? change : { ...change, existing });
}

/** null drops it; undefined leaves it. */
function changedDefault(call: OperationCall, parameter: string, lenient = false): Expression | null | undefined {
  const value = call.arguments.named.get(parameter);
  if (value === undefined || (value.kind === 'bool' && !value.value)) return undefined;
  if (value.kind === 'none') return null;
  const name = calleeName(value);
  if (name === 'sa.Identity' || name === 'sa.Computed') {
    if (lenient) return undefined;
    throw new Unreadable(message('That a column becomes an identity or generated column is not followed.'), [{ schema: tableOf(call).schema, name: tableOf(call).table }]);
  }
  const sql = serverDefault(value, call.context);
  if (sql !== null) return { sql };
  if (lenient) return undefined;
  throw new Unreadable(message('The server default cannot be read.'), [{ schema: tableOf(call).schema, name: tableOf(call).table }]);
}
