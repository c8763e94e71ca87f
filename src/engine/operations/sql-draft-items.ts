import type { SqlStatement } from '../sql/parser';
import type { PlacedToken } from '../sql/split';
import type { TextRange } from '../text/text';
import type { OperationBody } from './operation';
import { alterTableCommands } from './sql/alter-table';
import { cutAtCommas, sourceOf } from './sql/tree';

/** A part of a statement that can be taken out, or put elsewhere, by itself: a command of ALTER TABLE, a name of DROP TABLE, else all of it. */
export interface StatementItem {
  readonly tokens: readonly PlacedToken[];
  /** In the statement's text. */
  readonly range: TextRange;
  readonly operations: readonly OperationBody[];
}

/** The parts of a statement in order; what stands before the first and behind the last belongs to all of them. */
export function itemsOf(statement: SqlStatement, operations: readonly OperationBody[]): readonly StatementItem[] {
  const { tokens } = sourceOf(statement);
  const cut = cutAtCommas(tokens);
  const groups = groupsOf(statement, operations);
  const parts = cut.map((part, index) => withoutTail(index === 0 ? withoutHead(part) : part, index === cut.length - 1));
  if (groups === null || groups.length !== parts.length || parts.some((part) => part.length === 0)) return [itemOf(tokens, operations)];
  return groups.map((group, index) => itemOf(parts[index] ?? [], group));
}

function itemOf(tokens: readonly PlacedToken[], operations: readonly OperationBody[]): StatementItem {
  return { tokens, range: { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 }, operations };
}

/** What each part does; null: the statement is not made of such parts. */
function groupsOf(statement: SqlStatement, operations: readonly OperationBody[]): readonly (readonly OperationBody[])[] | null {
  const { tree } = statement;
  if (tree === null) return null;
  if ('AlterTableStmt' in tree) {
    const { objtype, cmds } = tree.AlterTableStmt;
    return objtype !== 'OBJECT_TABLE' ? null : cmds?.length === 1 ? [operations] : alterTableCommands(sourceOf(statement), tree.AlterTableStmt);
  }
  if ('DropStmt' in tree && operations.length > 1 && operations.length === tree.DropStmt.objects?.length) return operations.map((operation) => [operation]);
  return null;
}

const drops = new Set(['table', 'index', 'view', 'materialized', 'sequence', 'type', 'domain', 'schema', 'concurrently', 'if', 'exists']);

/** Without `ALTER TABLE IF EXISTS ONLY s.t *` and `DROP TABLE IF EXISTS`. */
function withoutHead(tokens: readonly PlacedToken[]): readonly PlacedToken[] {
  const word = (index: number): string => (tokens[index]?.kind === 'word' ? tokens[index].text.toLowerCase() : (tokens[index]?.text ?? ''));
  let at = 1;
  if (word(0) === 'drop') {
    while (drops.has(word(at)) && at < tokens.length - 1) at++;
    return tokens.slice(at);
  }
  while (['table', 'if', 'exists', 'only'].includes(word(at)) && word(at + 1) !== '.') at++;
  at++;
  while (word(at) === '.') at += 2;
  if (word(at) === '*') at++;
  return tokens.slice(at);
}

/** Without the CASCADE that a DROP says of all its names. */
function withoutTail(tokens: readonly PlacedToken[], isLast: boolean): readonly PlacedToken[] {
  const isDrop = tokens.every((token) => token.kind === 'word' || token.kind === 'quoted' || token.text === '.') && tokens.length > 1 && /^(?:cascade|restrict)$/i.test(tokens.at(-1)?.text ?? '');
  // A command of ALTER TABLE keeps its own.
  return isLast && isDrop && !/^drop$/i.test(tokens[0]?.text ?? '') ? tokens.slice(0, -1) : tokens;
}
