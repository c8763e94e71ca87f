import type { Value } from '../../python/values';
import { sqlText } from '../../sqlalchemy/expressions';
import { plainCheck, plainForeignKey, plainPrimaryKey, plainUnique } from '../../schema/plain';
import type { ReferentialAction } from '../../schema/schema';
import { message } from '../../text/problem';
import { namespace } from '../sql/tree';
import { flagOf, names, one, onlyIfTrue, optional, required, tableOf, text, Unreadable, type OperationCall, type ReadCall } from './call';
import { readElements, withClasses } from './indexes';
import { nameOf, namesOf } from './object-names';
import { dictionary } from './storage-options';

export function readPrimaryKey(call: OperationCall): ReadCall {
  const on = tableOf(call);
  const columns = names(call, 'columns');
  return one({ kind: 'create_primary_key', ...on, constraint: { ...plainPrimaryKey, ...timing(call), name: nameOf(call, 'pk', on, columns), columns, include: namesOf(call, 'postgresql_include') } });
}

export function readUnique(call: OperationCall): ReadCall {
  const on = tableOf(call);
  const columns = names(call, 'columns');
  return one({
    kind: 'create_unique_constraint',
    ...on,
    constraint: {
      ...plainUnique,
      ...timing(call),
      name: nameOf(call, 'uq', on, columns),
      columns,
      include: namesOf(call, 'postgresql_include'),
      nullsNotDistinct: flagOf(call, 'postgresql_nulls_not_distinct') ?? false,
    },
  });
}

export function readForeignKey(call: OperationCall): ReadCall {
  const on = tableOf(call, 'source_table', 'source_schema');
  const columns = names(call, 'local_cols');
  const references = { schema: namespace(optional(call, 'referent_schema')), name: required(call, 'referent_table'), columns: names(call, 'remote_cols') };
  const match = optional(call, 'match')?.toUpperCase();
  return one({
    kind: 'create_foreign_key',
    ...on,
    constraint: {
      ...plainForeignKey,
      ...timing(call),
      name: nameOf(call, 'fk', on, columns, references),
      columns,
      references,
      onDelete: action(call, 'ondelete'),
      onUpdate: action(call, 'onupdate'),
      match: match === 'FULL' || match === 'PARTIAL' ? match : 'SIMPLE',
      notValid: flagOf(call, 'postgresql_not_valid') ?? false,
    },
  });
}

export function readCheck(call: OperationCall): ReadCall {
  const on = tableOf(call);
  const condition = call.arguments.named.get('condition');
  const sql = condition === undefined ? null : sqlText(condition, call.context);
  if (sql === null) throw new Unreadable(message('The condition of this CHECK cannot be read.'), [{ schema: on.schema, name: on.table }]);
  return one({
    kind: 'create_check_constraint',
    ...on,
    constraint: { ...plainCheck, name: nameOf(call, 'ck', on, []), expression: { sql }, notValid: flagOf(call, 'postgresql_not_valid') ?? false, noInherit: flagOf(call, 'postgresql_no_inherit') ?? false },
  });
}

export function readExclude(call: OperationCall): ReadCall {
  const on = tableOf(call);
  const pairs = call.arguments.rest.map((value) => (value.kind === 'tuple' || value.kind === 'list' ? value.items : []));
  const where = call.arguments.named.get('where');
  const predicate = where === undefined || where.kind === 'none' ? undefined : sqlText(where, call.context);
  const operators = pairs.map((pair) => text(pair[1]));
  const expressions = pairs.flatMap((pair): readonly Value[] => pair.slice(0, 1));
  const classes = dictionary(call.arguments.named.get('ops'));
  if (predicate === null || operators.some((operator) => typeof operator !== 'string')) throw new Unreadable(message('This EXCLUDE constraint cannot be read.'), [{ schema: on.schema, name: on.table }]);
  const elements = withClasses(readElements(call, expressions, true), classes, expressions);
  return one({
    kind: 'create_exclude_constraint',
    ...on,
    constraint: {
      ...timing(call),
      name: optional(call, 'constraint_name'),
      method: optional(call, 'using') ?? 'gist',
      elements: elements.map((element, index) => ({ ...element, operator: operators[index] ?? '' })),
      where: predicate === undefined ? null : { sql: predicate },
      comment: null,
    },
  });
}

export function readDropConstraint(call: OperationCall): ReadCall {
  const written = optional(call, 'type_');
  const type = written === 'primary' || written === 'foreignkey' || written === 'unique' || written === 'check' ? written : null;
  const on = tableOf(call);
  // A name without a type is no constraint that a convention speaks of. Source: Alembic, `SchemaObjects.generic_constraint`.
  const name = type === null || optional(call, 'constraint_name') === null ? optional(call, 'constraint_name') : nameOf(call, conventionKinds[type], on, []);
  return one({ kind: 'drop_constraint', ...on, name, type, ...onlyIfTrue('ifExists', flagOf(call, 'if_exists')) });
}

const conventionKinds = { primary: 'pk', foreignkey: 'fk', unique: 'uq', check: 'ck' } as const;

function timing(call: OperationCall): { readonly deferrable: boolean; readonly initiallyDeferred: boolean } {
  const initially = optional(call, 'initially');
  return { deferrable: flagOf(call, 'deferrable') ?? false, initiallyDeferred: initially?.toUpperCase() === 'DEFERRED' };
}

function action(call: OperationCall, parameter: string): ReferentialAction {
  const written = optional(call, parameter)?.toUpperCase().trim().replace(/\s+/g, ' ');
  if (written === undefined || written === 'NO ACTION') return 'NO ACTION';
  if (written === 'CASCADE' || written === 'RESTRICT' || written === 'SET NULL' || written === 'SET DEFAULT') return written;
  throw new Unreadable(message('What happens to the rows of this foreign key ({action}) is not followed.', { action: written }), [{ schema: tableOf(call, 'source_table', 'source_schema').schema, name: tableOf(call, 'source_table', 'source_schema').table }]);
}
