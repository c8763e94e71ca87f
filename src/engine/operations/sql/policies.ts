import type { AlterPolicyStmt, CreatePolicyStmt, DropStmt } from 'libpg-query';
import type { OperationBody } from '../operation';
import { ownAndOther } from '../resolve-dependents';
import { readExpressions } from './query';
import { emptySchema, type Expression } from '../../schema/schema';
import { isWord } from '../../sql/split';
import { ifExists, listName, parenthesised, rangeName, strings, textOf, type Source } from './tree';

/** A row level security policy, kept word for word, with the columns that its expressions name. */
export function createPolicy(source: Source, statement: CreatePolicyStmt): readonly OperationBody[] {
  const table = rangeName(statement.table);
  const query = readExpressions(source, table, [statement.qual, statement.with_check]);
  const policy = { name: statement.policy_name ?? '', definition: source.statement.text, ...ownAndOther(emptySchema, table, query) };
  return [{ kind: 'create_policy', schema: table.schema, table: table.name, policy, query }];
}

/** ALTER POLICY … TO … USING … WITH CHECK …: each clause that is there replaces the old one. */
export function alterPolicy(source: Source, statement: AlterPolicyStmt): readonly OperationBody[] {
  const table = rangeName(statement.table);
  const using = clause(source, 'using');
  const check = clause(source, 'check');
  const query = readExpressions(source, table, [statement.qual, statement.with_check]);
  return [
    {
      kind: 'alter_policy',
      schema: table.schema,
      table: table.name,
      name: statement.policy_name ?? '',
      ...(statement.roles === undefined ? {} : { roles: rolesOf(source) }),
      ...(using === null ? {} : { using }),
      ...(check === null ? {} : { check }),
      query,
    },
  ];
}

export function dropPolicies(statement: DropStmt): readonly OperationBody[] {
  return onTables(statement).map(({ schema, table, name }) => ({ kind: 'drop_policy', schema, table, name, ...ifExists(statement.missing_ok) }));
}

/** What goes by its table's name and its own. */
export function onTables(statement: DropStmt): readonly { readonly schema: string | null; readonly table: string; readonly name: string }[] {
  return (statement.objects ?? []).flatMap((node) => {
    if (!('List' in node)) return [];
    const items = node.List.items ?? [];
    const table = listName(items.slice(0, -1));
    return [{ schema: table.schema, table: table.name, name: strings(items).at(-1) ?? '' }];
  });
}

/** The parentheses behind USING, or behind CHECK. */
function clause(source: Source, word: string): Expression | null {
  const at = source.tokens.findIndex((token) => token.depth === 0 && isWord(token, word));
  const list = at === -1 ? null : parenthesised(source, at);
  return list === null ? null : { sql: textOf(source, list.inner) };
}

/** Between TO and the next clause. */
function rolesOf(source: Source): string {
  const to = source.tokens.findIndex((token) => token.depth === 0 && isWord(token, 'to'));
  const end = source.tokens.findIndex((token, index) => index > to && token.depth === 0 && (isWord(token, 'using') || isWord(token, 'with')));
  return textOf(source, source.tokens.slice(to + 1, end === -1 ? undefined : end));
}
