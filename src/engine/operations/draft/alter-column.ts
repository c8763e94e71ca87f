import type { Value } from '../../python/values';
import { readDefaults } from '../../sqlalchemy/column';
import { calleeName } from '../../sqlalchemy/names';
import { serverDefault } from '../../sqlalchemy/expressions';
import { constraintName } from '../../sqlalchemy/naming';
import { readType, type TypeReading } from '../../sqlalchemy/types';
import { plainCheck } from '../../schema/plain';
import type { Expression, Identity } from '../../schema/schema';
import { quoteIdentifier, quoteLiteral } from '../../sql/identifiers';
import { message } from '../../text/problem';
import type { AlterColumn, OperationBody, OperationOf, SetNumbering } from '../operation';
import { flagOf, optional, required, tableOf, Unreadable, type OperationCall, type ReadCall } from './call';

/**
 * `op.alter_column`: only what is given changes. False stands for "not given" in `server_default` and `comment`, None in
 * the others. Source: Alembic, `Operations.alter_column` and `toimpl.alter_column`.
 */
export function readAlterColumn(call: OperationCall): ReadCall {
  const on = tableOf(call);
  const column = required(call, 'column_name');
  const given = (name: string): Value | undefined => {
    const value = call.arguments.named.get(name);
    return value === undefined || value.kind === 'none' ? undefined : value;
  };
  const newName = optional(call, 'new_column_name');
  const type = typeFrom(call, given('type_'));
  const nullable = flagOf(call, 'nullable');
  const using = given('postgresql_using');
  const existingType = typeFrom(call, given('existing_type'), true);
  const existingNullable = flagOf(call, 'existing_nullable');
  const numbering = changedNumbering(call, on, column);
  const newDefault = numbering === null ? changedDefault(call, 'server_default') : undefined;
  const existingDefault = call.arguments.named.has('existing_server_default') ? changedDefault(call, 'existing_server_default', true) : undefined;
  const comment = call.arguments.named.get('comment');

  const existing: AlterColumn['existing'] = {
    ...(existingType === undefined ? {} : { type: existingType.type }),
    ...(existingNullable === undefined ? {} : { nullable: existingNullable }),
    ...(existingDefault === undefined ? {} : { default: existingDefault }),
  };
  const at = { kind: 'alter_column' as const, ...on, column };
  const first = {
    ...(type === undefined ? {} : { type: type.type, ...(type.collation === null ? {} : { collation: type.collation }) }),
    ...(using === undefined ? {} : { using: optional(call, 'postgresql_using') ?? '' }),
    ...(nullable === undefined ? {} : { nullable }),
  };
  const last = {
    ...(comment === undefined || comment.kind === 'bool' ? {} : { comment: optional(call, 'comment') }),
    ...(newName === null ? {} : { newName }),
  };
  const known = Object.keys(existing).length === 0 ? {} : { existing };
  const changes: readonly OperationBody[] =
    numbering === null
      ? [{ ...at, ...first, ...(newDefault === undefined ? {} : { default: newDefault }), ...last, ...known }]
      : [...(Object.keys(first).length === 0 ? [] : [{ ...at, ...first, ...known }]), numbering, ...(Object.keys(last).length === 0 ? [] : [{ ...at, ...last }])];
  const dropped = type === undefined || existingType === undefined ? [] : checkOf(call, existingType, column).map((check): OperationBody => ({ kind: 'drop_constraint', ...on, name: check.name, type: 'check' }));
  const added = type === undefined ? [] : checkOf(call, type, column).map((constraint): OperationBody => ({ kind: 'create_check_constraint', ...on, constraint }));
  return { operations: [...dropped, ...changes, ...added], written: dropped.length };
}

function typeFrom(call: OperationCall, value: Value | undefined, silent = false): TypeReading | undefined {
  if (value === undefined) return undefined;
  return readType(value, { ...call.context, tableSchema: tableOf(call).schema, ...(silent ? { report: () => undefined } : {}) });
}

/** The CHECK that a type brings along (`create_constraint=True`): Alembic drops and makes it with the type. */
function checkOf(call: OperationCall, type: TypeReading, column: string): readonly OperationOf<'create_check_constraint'>['constraint'][] {
  const use = type.labels;
  if (use === undefined || use.check === null) return [];
  const on = tableOf(call);
  const made = use.check.name === null ? { name: null } : constraintName(call.context.convention, 'ck', { ...on, columns: [{ name: column, key: column }], given: use.check.name }, false);
  const name = 'name' in made ? made.name : use.check.name;
  return [{ ...plainCheck, name, expression: { sql: `${quoteIdentifier(column)} IN (${use.labels.map(quoteLiteral).join(', ')})` } }];
}

/** An identity that comes, goes or changes; null: none does. Source: Alembic, `ddl/postgresql.py`, `visit_identity_column`. */
function changedNumbering(call: OperationCall, on: { readonly schema: string | null; readonly table: string }, column: string): SetNumbering | null {
  const [to, from] = [identityOf(call, 'server_default'), identityOf(call, 'existing_server_default')];
  const written = call.arguments.named.get('server_default');
  if (written === undefined || (written.kind === 'bool' && !written.value) || (to === null && from === null)) return null;
  const before = call.arguments.named.get('existing_server_default');
  // Source: Alembic, `ddl/postgresql.py`: `visit_identity_column` asserts that an identity is on both sides, or none.
  const refused = (to !== null && from === null && before !== undefined && before.kind !== 'none' && before.kind !== 'bool') || (to === null && written.kind !== 'none');
  const numbered = (identity: Identity | null): SetNumbering['to'] => (identity === null ? { by: 'nobody' } : { by: 'identity', identity });
  return { kind: 'set_numbering', ...on, column, from: numbered(from), to: numbered(to), goesOn: false, ...(refused ? { refused } : {}) };
}

function identityOf(call: OperationCall, parameter: string): Identity | null {
  const value = call.arguments.named.get(parameter);
  return value === undefined || calleeName(value) !== 'sa.Identity' ? null : readDefaults(null, [value], call.context).identity;
}

/** null drops it; undefined leaves it. */
function changedDefault(call: OperationCall, parameter: string, lenient = false): Expression | null | undefined {
  const value = call.arguments.named.get(parameter);
  if (value === undefined || (value.kind === 'bool' && !value.value)) return undefined;
  if (value.kind === 'none') return null;
  const name = calleeName(value);
  if (lenient && name === 'sa.Identity') return undefined;
  if (name === 'sa.Computed') {
    if (lenient) return undefined;
    throw new Unreadable(message('Alembic cannot make a plain column a generated one (it refuses to).'), [{ schema: tableOf(call).schema, name: tableOf(call).table }]);
  }
  const sql = serverDefault(value, call.context);
  if (sql !== null) return { sql };
  if (lenient) return undefined;
  throw new Unreadable(value.kind === 'unknown' ? value.reason : message('The server default cannot be read.'), [{ schema: tableOf(call).schema, name: tableOf(call).table }]);
}
