import type { DoStmt } from 'libpg-query';
import { message } from '../../text/problem';
import { isWord, placeTokens, type PlacedToken } from '../../sql/split';
import type { OperationBody } from '../operation';

/**
 * A DO block. Its language is not SQL, so it is not read, but for one idiom: PostgreSQL has no CREATE TYPE IF NOT
 * EXISTS, and teams write
 * `DO $$ BEGIN CREATE TYPE … ; EXCEPTION WHEN duplicate_object THEN NULL; END $$`, or
 * `DO $$ BEGIN IF NOT EXISTS (SELECT …) THEN CREATE TYPE …; END IF; END $$`.
 */
export function readDoBlock(statement: DoStmt, read: (sql: string) => readonly OperationBody[]): readonly OperationBody[] {
  for (const node of statement.args ?? []) {
    if (!('DefElem' in node) || node.DefElem.defname !== 'as' || node.DefElem.arg === undefined || !('String' in node.DefElem.arg)) continue;
    const body = node.DefElem.arg.String.sval ?? '';
    const guarded = guardedStatements(body);
    if (guarded === null) break;
    const operations = guarded.flatMap(read);
    if (operations.every((operation) => operation.kind === 'create_enum')) return operations.map((operation) => ({ ...operation, checkFirst: true }));
  }
  return [{ kind: 'unknown', reason: message('What a DO block does is not read.'), tables: null }];
}

/** The statements between BEGIN and END when nothing but the guards of the idiom stands around them; else null. */
function guardedStatements(body: string): readonly string[] | null {
  let clauses = cutAtSemicolons(placeTokens(body));
  const first = clauses[0];
  if (first === undefined || !isWord(first[0], 'begin')) return null;
  clauses = [first.slice(1), ...clauses.slice(1)];
  if (!isWord(clauses.at(-1)?.[0], 'end')) return null;
  clauses = clauses.slice(0, -1);
  const exception = clauses.findIndex((clause) => isWord(clause[0], 'exception'));
  if (exception !== -1) {
    const condition = clauses[exception]?.[2];
    if (!isWord(condition, 'duplicate_object') || clauses.length !== exception + 1) return null;
    clauses = clauses.slice(0, exception);
  }
  const statements: string[] = [];
  let guarded = exception !== -1;
  for (const clause of clauses) {
    let tokens = clause;
    if (isWord(tokens[0], 'if')) {
      const then = tokens.findIndex((token) => isWord(token, 'then'));
      if (then === -1 || !isWord(tokens[1], 'not') || !isWord(tokens[2], 'exists')) return null;
      guarded = true;
      tokens = tokens.slice(then + 1);
    }
    if (isWord(tokens[0], 'end') && isWord(tokens[1], 'if')) continue;
    const [start, end] = [tokens[0], tokens.at(-1)];
    if (start === undefined || end === undefined) continue;
    statements.push(body.slice(start.start, end.end));
  }
  return guarded && statements.length > 0 ? statements : null;
}

function cutAtSemicolons(tokens: readonly PlacedToken[]): PlacedToken[][] {
  const clauses: PlacedToken[][] = [[]];
  for (const token of tokens) {
    if (token.text === ';' && token.depth === 0) clauses.push([]);
    else clauses.at(-1)?.push(token);
  }
  return clauses.filter((clause) => clause.length > 0);
}
