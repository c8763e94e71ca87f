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

/** A string on one line without escapes is taken in one step; most are. */
const interesting = /"""|'''|"[^"\\\r\n]*"|'[^'\\\r\n]*'|"|'|#[^\r\n]*|[[\](){}]|;|\\(?:\r\n|\r|\n)|\r\n|\r|\n/g;
const compound = /(?:async\s|def\s|class\s|if\b|for\s|while\b|try\b|with\b|match\s|@)/y;

export function scanTopLevel(text: string): TopLevel {
  const statements: Statement[] = [];
  const brackets: number[] = [];
  let start = -1;
  let end = 0;
  let firstLine = true;
  /** Behind the last token. */
  let position = 0;

  const finish = (): void => {
    if (start >= 0) statements.push({ start, end });
    start = -1;
  };
  const begin = (at: number): void => {
    start = at;
    firstLine = true;
  };
  /** What stands before the next token: white space between two tokens belongs to the statement, at its end it does not. */
  const takeUntil = (to: number): void => {
    let last = to;
    while (last > position && isBlank(text, last - 1)) last--;
    if (last === position) return;
    if (start < 0) {
      let first = position;
      while (isBlank(text, first)) first++;
      begin(first);
    }
    end = last;
  };

  interesting.lastIndex = 0;
  for (let match = interesting.exec(text); match !== null; match = interesting.exec(text)) {
    const { index } = match;
    const token = match[0];
    if (index > position) takeUntil(index);
    position = index + token.length;
    const code = token.charCodeAt(0);
    if (code === hash || code === backslash) continue;
    if (code === lineFeed || code === carriageReturn) {
      if (brackets.length > 0) continue;
      firstLine = false;
      if (start >= 0 && startsStatement(text, position)) finish();
      continue;
    }
    if (code === semicolon) {
      compound.lastIndex = start < 0 ? 0 : start;
      if (brackets.length === 0 && firstLine && start >= 0 && !compound.test(text)) {
        finish();
        continue;
      }
    } else if (code === doubleQuote || code === singleQuote) {
      if (token.length === 1 || token === '"""' || token === "'''") {
        const close = token.length === 1 ? lineStringEnd(text, position, code) : blockStringEnd(text, position, token);
        position = close ?? text.length;
        if (close === null) {
          if (start < 0) begin(index);
          end = text.trimEnd().length;
          finish();
          return { statements, brokenAt: { offset: index, what: 'string' } };
        }
        interesting.lastIndex = close;
      }
    } else if ('([{'.includes(token)) brackets.push(index);
    else brackets.pop();
    if (start < 0) begin(index);
    end = position;
  }
  takeUntil(text.length);
  finish();
  const open = brackets[0];
  return { statements, brokenAt: open === undefined ? null : { offset: open, what: 'bracket' } };
}

const [lineFeed, carriageReturn, doubleQuote, hash, singleQuote, semicolon, backslash] = [10, 13, 34, 35, 39, 59, 92];

/** As `trim()` has it. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13) || (code > 127 && /\s/.test(text.charAt(at)));
}

/** Whether the line at `offset` begins in column 0 with something that counts. An `else:` there goes on with what stands above it. */
function startsStatement(text: string, offset: number): boolean {
  const first = text[offset];
  if (first === undefined || ' \t\f#\r\n'.includes(first)) return false;
  return !/^(?:else|elif|except|finally)\b/.test(text.slice(offset, offset + 8));
}

/** The offset after the closing quotes, or null. */
function blockStringEnd(text: string, from: number, quotes: string): number | null {
  for (let at = from, escape = -1; ; at = escape + (text.startsWith('\r\n', escape + 1) ? 3 : 2)) {
    const close = text.indexOf(quotes, at);
    if (close < 0) return null;
    escape = text.slice(at, close).indexOf('\\');
    if (escape < 0) return close + quotes.length;
    escape += at;
  }
}

/** The offset after the closing quote, or null: a plain string ends with its line. */
function lineStringEnd(text: string, from: number, quote: number): number | null {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += text.startsWith('\r\n', at + 1) ? 2 : 1;
    else if (code === lineFeed || code === carriageReturn) return null;
    else if (code === quote) return at + 1;
  }
  return null;
}
