import { nameOf } from '../sql/identifiers';
import { isWord, placeTokens, type PlacedToken } from '../sql/split';
import type { TextRange } from '../text/text';
import type { OperationBody } from './operation';

/** Where a constraint stands that ADD COLUMN has at its column: `CONSTRAINT t_c_fkey REFERENCES o (id)`. Null: it is none, or not found for sure. */
export function clauseOf(operation: OperationBody, command: readonly PlacedToken[]): TextRange | null {
  if (!isWord(command[0], 'add') || isWord(command[1], 'constraint')) return null;
  const found = clausesIn(command).filter((clause) => isOf(operation, clause));
  const [clause] = found;
  const [first, last] = [clause?.[0], clause?.at(-1)];
  return found.length !== 1 || first === undefined || last === undefined ? null : { start: first.start, end: last.end };
}

/** What follows the type, cut where a clause begins. Source: PostgreSQL documentation, CREATE TABLE, `column_constraint`. */
function clausesIn(command: readonly PlacedToken[]): readonly (readonly PlacedToken[])[] {
  const level = command[0]?.depth ?? 0;
  const clauses: PlacedToken[][] = [];
  command.forEach((token, index) => {
    const before = command[index - 1];
    const isFirst = token.depth === level && begins(token, command[index + 1]) && !goesOn(token, before, command[index - 2]);
    if (isFirst) clauses.push([token]);
    else clauses.at(-1)?.push(token);
  });
  return clauses;
}

const openings = new Set(['constraint', 'not', 'null', 'default', 'check', 'unique', 'primary', 'references', 'generated', 'collate', 'storage', 'compression']);

function begins(token: PlacedToken, next: PlacedToken | undefined): boolean {
  if (token.kind !== 'word' || !openings.has(token.text.toLowerCase())) return false;
  // NOT DEFERRABLE, NOT VALID and NOT ENFORCED say more of the constraint before; NULLS NOT DISTINCT is one of its words.
  return !isWord(token, 'not') || isWord(next, 'null');
}

/** Behind CONSTRAINT and its name, NOT, DEFAULT, BY and ON DELETE SET. */
function goesOn(token: PlacedToken, before: PlacedToken | undefined, beforeThat: PlacedToken | undefined): boolean {
  if (isWord(before, 'constraint') || isWord(beforeThat, 'constraint')) return true;
  if (isWord(token, 'null')) return isWord(before, 'not') || isWord(before, 'default') || isWord(before, 'set');
  return isWord(token, 'default') && (isWord(before, 'by') || isWord(before, 'set'));
}

function isOf(operation: OperationBody, clause: readonly PlacedToken[]): boolean {
  const named = isWord(clause[0], 'constraint');
  const [name, words] = [named ? clause[1] : undefined, named ? clause.slice(2) : clause];
  if (!('constraint' in operation) || (operation.constraint.name !== null && (name === undefined || nameOf(name) !== operation.constraint.name)) || (operation.constraint.name === null && named)) return false;
  switch (operation.kind) {
    case 'create_primary_key':
      return isWord(words[0], 'primary');
    case 'create_unique_constraint':
      return isWord(words[0], 'unique');
    case 'create_foreign_key':
      return isWord(words[0], 'references');
    case 'create_check_constraint':
      return isWord(words[0], 'check') && textOf(words.slice(1)).startsWith(textOf([...placeTokens(`(${operation.constraint.expression.sql})`)]));
    default:
      return false;
  }
}

function textOf(tokens: readonly PlacedToken[]): string {
  return tokens.map(({ text }) => text).join(' ');
}
