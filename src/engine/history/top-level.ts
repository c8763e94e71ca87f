/**
 * The statements of a Python module's top level, found by scanning for strings, comments, brackets and line ends.
 * Reading the heads of a thousand revisions has to be cheap, and a full syntax tree of each is not: a head is a
 * docstring and four assignments of literals. Drafts whose operations count are parsed in full elsewhere.
 */
export interface TopLevel {
  readonly statements: readonly Statement[];
  /** Where scanning had to give up: a string or a bracket that is never closed. Null: the whole file was scanned. */
  readonly brokenAt: { readonly offset: number; readonly what: 'string' | 'bracket' } | null;
}

/** From its first character to its last, a compound statement with its whole body; without trailing comments and blank lines. */
export interface Statement {
  readonly start: number;
  readonly end: number;
}

const interesting = /"""|'''|"|'|#[^\r\n]*|[[\](){}]|;|\\(?:\r\n|\r|\n)|\r\n|\r|\n/g;
const compound = /(?:async\s|def\s|class\s|if\b|for\s|while\b|try\b|with\b|match\s|@)/y;

export function scanTopLevel(text: string): TopLevel {
  const statements: Statement[] = [];
  const brackets: number[] = [];
  let start = -1;
  let end = 0;
  let firstLine = true;
  let position = 0;

  const finish = (): void => {
    if (start >= 0) statements.push({ start, end });
    start = -1;
  };
  const take = (from: number, to: number): void => {
    // White space between two tokens belongs to the statement, at its end it does not.
    const written = text.slice(from, to).trimEnd();
    if (written.trim() === '') return;
    if (start < 0) {
      start = from + written.length - written.trimStart().length;
      firstLine = true;
    }
    end = from + written.length;
  };

  interesting.lastIndex = 0;
  for (let match = interesting.exec(text); match !== null; match = interesting.exec(text)) {
    const token = match[0];
    take(position, match.index);
    position = interesting.lastIndex;
    if (token.startsWith('#') || token.startsWith('\\')) continue;
    if (token === '\n' || token === '\r' || token === '\r\n') {
      if (brackets.length > 0) continue;
      firstLine = false;
      if (start >= 0 && startsStatement(text, position)) finish();
    } else if (token === ';') {
      compound.lastIndex = start < 0 ? 0 : start;
      if (brackets.length === 0 && firstLine && start >= 0 && !compound.test(text)) finish();
      else take(match.index, position);
    } else if ('([{'.includes(token)) {
      take(match.index, position);
      brackets.push(match.index);
    } else if (')]}'.includes(token)) {
      take(match.index, position);
      brackets.pop();
    } else {
      const close = stringEnd(text, position, token);
      if (close === null) {
        take(match.index, text.length);
        finish();
        return { statements, brokenAt: { offset: match.index, what: 'string' } };
      }
      take(match.index, close);
      position = close;
      interesting.lastIndex = close;
    }
  }
  take(position, text.length);
  finish();
  const open = brackets[0];
  return { statements, brokenAt: open === undefined ? null : { offset: open, what: 'bracket' } };
}

/** Whether the line at `offset` begins in column 0 with something that counts. An `else:` there goes on with what stands above it. */
function startsStatement(text: string, offset: number): boolean {
  const first = text[offset];
  if (first === undefined || ' \t\f#\r\n'.includes(first)) return false;
  return !/^(?:else|elif|except|finally)\b/.test(text.slice(offset, offset + 8));
}

/** The offset after the closing quote, or null. A plain string ends with its line. */
function stringEnd(text: string, from: number, quote: string): number | null {
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i += text.startsWith('\r\n', i + 1) ? 2 : 1;
    else if (quote.length === 1 && (character === '\n' || character === '\r')) return null;
    else if (text.startsWith(quote, i)) return i + quote.length;
  }
  return null;
}
