import type { CreateTrigStmt, DropStmt, RuleStmt } from 'libpg-query';
import { emptySchema, type Trigger } from '../../schema/schema';
import type { OperationBody } from '../operation';
import type { QueryScope } from '../query';
import { readExpressions, readQuery } from './query';
import { ownAndOther } from '../resolve-dependents';
import { onTables } from './policies';
import { ifExists, rangeName, strings, type Source } from './tree';

/** A trigger, kept word for word, with the columns of UPDATE OF and of its condition. */
export function createTrigger(source: Source, statement: CreateTrigStmt): readonly OperationBody[] {
  const table = rangeName(statement.relation);
  const condition = readExpressions(source, table, [statement.whenClause], ['old', 'new']);
  const query = { ...condition, references: [...condition.references, ...strings(statement.columns).map((name) => ({ qualifier: { schema: null, name: 'new' }, name }))] };
  return [create(source, table, { kind: 'trigger', name: statement.trigname ?? '' }, statement.replace, query)];
}

/** A rule, with the columns that its condition and what it does instead read and write. */
export function createRule(source: Source, statement: RuleStmt): readonly OperationBody[] {
  const table = rangeName(statement.relation);
  if (statement.rulename === '_RETURN') return [{ kind: 'unknown', reason: { text: 'A rule that makes a view of a table is not followed.', args: {} }, tables: [table] }];
  const rows = readExpressions(source, table, [statement.whereClause], ['old', 'new']);
  const query = { ...rows, inner: [...rows.inner, ...(statement.actions ?? []).map((action) => readQuery(source, action))] };
  return [create(source, table, { kind: 'rule', name: statement.rulename ?? '' }, statement.replace, query)];
}

function create(source: Source, table: { readonly schema: string | null; readonly name: string }, trigger: Pick<Trigger, 'kind' | 'name'>, replace: boolean | undefined, query: QueryScope): OperationBody {
  return { kind: 'create_trigger', schema: table.schema, table: table.name, trigger: { ...trigger, definition: source.statement.text, ...ownAndOther(emptySchema, table, query) }, ...(replace === true ? { replace } : {}), query };
}

export function dropTriggers(statement: DropStmt, type: Trigger['kind']): readonly OperationBody[] {
  return onTables(statement).map(({ schema, table, name }) => ({ kind: 'drop_trigger', schema, table, name, type, ...ifExists(statement.missing_ok) }));
}
