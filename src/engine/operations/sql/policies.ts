import type { AlterPolicyStmt, CreatePolicyStmt, DropStmt, Node } from 'libpg-query';
import { message } from '../../text/problem';
import type { OperationBody } from '../operation';
import { listName, rangeName, strings, type Source } from './tree';

/** A row level security policy, kept word for word, with the columns that its expressions name. */
export function createPolicy(source: Source, statement: CreatePolicyStmt): readonly OperationBody[] {
  const table = rangeName(statement.table);
  const columns = new Set<string>();
  for (const expression of [statement.qual, statement.with_check]) if (expression !== undefined) collectColumns(expression, columns);
  return [{ kind: 'create_policy', schema: table.schema, table: table.name, policy: { name: statement.policy_name ?? '', definition: source.statement.text, columns: [...columns].sort() } }];
}

/** What the policy says afterwards is not put together: only that it can't be made again from what is known. */
export function alterPolicy(statement: AlterPolicyStmt): readonly OperationBody[] {
  return [{ kind: 'unknown', reason: message('A changed policy is not followed.'), tables: [rangeName(statement.table)] }];
}

export function dropPolicies(statement: DropStmt): readonly OperationBody[] {
  return (statement.objects ?? []).flatMap((node): readonly OperationBody[] => {
    if (!('List' in node)) return [];
    const items = node.List.items ?? [];
    const table = listName(items.slice(0, -1));
    return [{ kind: 'drop_policy', schema: table.schema, table: table.name, name: strings(items).at(-1) ?? '' }];
  });
}

/** Every column reference below a node, by its last name; some may be another table's, which does no harm. */
function collectColumns(node: unknown, found: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  if ('ColumnRef' in node) {
    const column = strings((node as Extract<Node, { ColumnRef: unknown }>).ColumnRef.fields).at(-1);
    if (column !== undefined) found.add(column);
  }
  for (const inner of Object.values(node)) collectColumns(inner, found);
}
