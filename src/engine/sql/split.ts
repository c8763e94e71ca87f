import type { TextRange } from '../text/text';
import { endOf, kindAt, type Token } from './identifiers';

/** A token with its place in the text and how many parentheses and brackets are open around it. */
export interface PlacedToken extends Token, TextRange {
  readonly depth: number;
}

/**
 * The ranges of the statements of a script, without their semicolons and the space and comments around them. Semicolons
 * in strings, comments, parentheses and in function bodies of the SQL standard (`BEGIN ATOMIC … END`) do not end one.
 */
export function splitStatements(sql: string): readonly TextRange[] {
  const statements: TextRange[] = [];
  let tokens: PlacedToken[] = [];
  let body = 0;
  const close = (): void => {
    const first = tokens[0];
    const last = tokens.at(-1);
    if (first !== undefined && last !== undefined) statements.push({ start: first.start, end: last.end });
    tokens = [];
    body = 0;
  };
  for (const token of placeTokens(sql)) {
    if (token.text === ';' && body === 0 && token.depth === 0) {
      close();
      continue;
    }
    tokens.push(token);
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    if (word === 'atomic' && isWord(tokens.at(-2), 'begin')) body = 1;
    else if (body > 0 && word === 'case') body++;
    else if (body > 0 && word === 'end') body--;
  }
  close();
  return statements;
}

/** The tokens that carry meaning: without space and comments. A closing bracket has the depth of its opening one. */
export function placeTokens(sql: string): readonly PlacedToken[] {
  const placed: PlacedToken[] = [];
  let depth = 0;
  for (let start = 0; start < sql.length; ) {
    const kind = kindAt(sql, start);
    const end = endOf(kind, sql, start);
    if (kind !== 'space' && kind !== 'comment') {
      const text = sql.slice(start, end);
      if (text === ')' || text === ']') depth = Math.max(0, depth - 1);
      placed.push({ kind, text, start, end, depth });
      if (text === '(' || text === '[') depth++;
    }
    start = end;
  }
  return placed;
}

export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}
