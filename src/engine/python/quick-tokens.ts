import type { KeptSyntax } from './kept-syntax';
import type { Comment, ExpressionStatement } from './syntax';

/** The tokens of a file side by side: what kind, from where, to where, and the text of names and operators. */
export interface Tokens {
  readonly kinds: readonly TokenKind[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly texts: readonly string[];
  readonly comments: readonly Comment[];
  /** The statements that are known from an earlier text, in the order of their tokens (`known`). */
  readonly known: readonly ExpressionStatement[];
}

export type TokenKind = 'name' | 'keyword' | 'number' | 'string' | 'format' | 'operator' | 'newline' | 'indent' | 'dedent' | 'known' | 'end';

/** Thrown by the quick reader, and caught by it alone: this is for the patient one. */
export class NotPlain extends Error {}

/** One for all: that a file is not plain is no error, and a stack trace would cost more than the whole reading. */
export const notPlain = new NotPlain('not plain Python');

const keywords: ReadonlySet<string> = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield None True False'.split(' '),
);

/** Beyond these, texts are for the reader that knows all of Python. */
const wordStart = new Uint8Array(128);
const wordPart = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const letter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
  wordStart[code] = letter ? 1 : 0;
  wordPart[code] = letter || (code >= 48 && code <= 57) ? 1 : 0;
}

const number = /(?:0[xX][\da-fA-F]+|\d+(?:_\d+)*(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)(?![\w.])/y;
const operator = /\*\*=|\/\/=|>>=|<<=|\.\.\.|\*\*|\/\/|>>|<<|<=|>=|==|!=|->|\+=|-=|\*=|\/=|%=|@=|&=|\|=|\^=|[-+*/%@&|^~<>=.,:()[\]{}]/y;

/**
 * Cuts plain Python into tokens, blocks included. Throws `notPlain` for what is rare: tabs before a statement, names beyond ASCII, a
 * semicolon, whatever is broken. A statement that is `kept` from an earlier text is one token. Within braces of an f-string (`inside`), it ends at what ends the expression there.
 */
export function tokenize(text: string, from: number, to: number, inside: boolean, kept: KeptSyntax | null = null): Tokens & { readonly stopped: number } {
  const kinds: TokenKind[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const texts: string[] = [];
  const comments: Comment[] = [];
  const known: ExpressionStatement[] = [];
  const margins = [0];
  let depth = 0;
  let position = from;
  let lineStart = !inside;

  const push = (kind: TokenKind, start: number, end: number, written: string): void => {
    kinds.push(kind);
    starts.push(start);
    ends.push(end);
    texts.push(written);
  };

  while (position < to) {
    if (lineStart) {
      let margin = position;
      while (text.charCodeAt(margin) === 32) margin++;
      const code = margin < to ? text.charCodeAt(margin) : 10;
      if (code === 9 || code === 12) throw notPlain;
      lineStart = false;
      if (code !== 10 && code !== 13 && code !== 35) {
        const width = margin - position;
        const current = margins[margins.length - 1] ?? 0;
        if (width > current) {
          margins.push(width);
          push('indent', margin, margin, '');
        } else if (width < current) {
          while ((margins[margins.length - 1] ?? 0) > width) {
            margins.pop();
            push('dedent', margin, margin, '');
          }
          if (margins[margins.length - 1] !== width) throw notPlain;
        }
        const statement = kept === null ? null : kept.statementAt(margin);
        if (statement !== null) {
          known.push(statement);
          push('known', margin, statement.range.end, '');
          margin = statement.range.end;
        }
      }
      position = margin;
      continue;
    }
    const code = text.charCodeAt(position);
    if (code === 32 || code === 9) {
      position++;
    } else if (code === 10 || code === 13) {
      const end = code === 13 ? position + 2 : position + 1;
      if (code === 13 && text.charCodeAt(position + 1) !== 10) throw notPlain;
      if (depth === 0 && !inside) {
        if (kinds.length > 0 && kinds[kinds.length - 1] !== 'newline' && kinds[kinds.length - 1] !== 'dedent') push('newline', position, position, '');
        lineStart = true;
      }
      position = end;
    } else if (code === 35) {
      if (inside) throw notPlain;
      let end = position;
      while (end < to && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
      comments.push({ text: text.slice(position, end), range: { start: position, end } });
      position = end;
    } else if (code < 128 && wordStart[code] === 1) {
      let end = position + 1;
      for (let part = text.charCodeAt(end); end < to && part < 128 && wordPart[part] === 1; part = text.charCodeAt(end)) end++;
      const next = end < to ? text.charCodeAt(end) : 0;
      if (next > 127) throw notPlain;
      if ((next === 34 || next === 39) && end - position <= 2) {
        const close = stringEnd(text, end, to);
        const prefix = text.slice(position, end).toLowerCase();
        if (!/^(?:r|b|u|br|rb|f|fr|rf)$/.test(prefix)) throw notPlain;
        push(prefix.includes('f') ? 'format' : 'string', position, close, '');
        position = close;
      } else {
        const word = text.slice(position, end);
        push(keywords.has(word) ? 'keyword' : 'name', position, end, word);
        position = end;
      }
    } else if (code === 34 || code === 39) {
      const close = stringEnd(text, position, to);
      push('string', position, close, '');
      position = close;
    } else if ((code >= 48 && code <= 57) || (code === 46 && isDigit(text.charCodeAt(position + 1)))) {
      number.lastIndex = position;
      if (!number.test(text)) throw notPlain;
      push('number', position, number.lastIndex, '');
      position = number.lastIndex;
    } else if (code === 92) {
      const next = continued(text, position + 1, depth);
      const before = kinds[kinds.length - 1];
      // Where nothing goes on, or nothing has begun, only Python itself knows what the line belongs to.
      if (next === null || (depth === 0 && (before === undefined || before === 'newline' || before === 'indent' || before === 'dedent'))) throw notPlain;
      position = next;
    } else {
      // What ends an expression within braces: `}`, `!r`, `:spec`, and `=` of `{x=}`.
      if (inside && depth === 0 && (code === 125 || code === 58 || code === 61 || (code === 33 && text.charCodeAt(position + 1) !== 61))) break;
      operator.lastIndex = position;
      if (!operator.test(text)) throw notPlain;
      const found = text.slice(position, operator.lastIndex);
      if (code === 40 || code === 91 || code === 123) depth++;
      else if (code === 41 || code === 93 || code === 125) depth--;
      if (depth < 0 || (found === ':' && text.charCodeAt(position + 1) === 61)) throw notPlain;
      push('operator', position, position + found.length, found);
      position += found.length;
    }
  }
  if (depth !== 0) throw notPlain;
  if (!inside) {
    if (kinds.length > 0 && kinds[kinds.length - 1] !== 'newline' && kinds[kinds.length - 1] !== 'dedent') push('newline', to, to, '');
    for (let level = margins.length; level > 1; level--) push('dedent', to, to, '');
  }
  push('end', to, to, '');
  return { kinds, starts, ends, texts, comments, known, stopped: position };
}

/** Behind the line end at `at` that a backslash takes away; null: there is none, or the next line is empty or begins with a block's colon. */
function continued(text: string, at: number, depth: number): number | null {
  const next = text.charCodeAt(at) === 10 ? at + 1 : text.startsWith('\r\n', at) ? at + 2 : null;
  if (next === null) return null;
  let first = next;
  while (text.charCodeAt(first) === 32 || text.charCodeAt(first) === 9) first++;
  const code = text.charCodeAt(first);
  return Number.isNaN(code) || code === 10 || code === 13 || code === 35 || (code === 58 && depth === 0) ? null : next;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Behind the closing quote of the string whose opening one stands at `from`. */
function stringEnd(text: string, from: number, to: number): number {
  const quote = text.charCodeAt(from);
  if (text.charCodeAt(from + 1) === quote && text.charCodeAt(from + 2) === quote) {
    for (let at = from + 3; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === 92) at++;
      else if (code === quote && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3;
    }
    throw notPlain;
  }
  for (let at = from + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === 92) at += text.startsWith('\r\n', at + 1) ? 2 : 1;
    else if (code === 10 || code === 13) break;
  }
  throw notPlain;
}
