/**
 * The statements of a migration as Supabase's CLI takes them apart, which is what it stores in
 * `supabase_migrations.schema_migrations.statements`: comments stay, trailing semicolons and blanks go. Its states are followed
 * one by one, where they differ from PostgreSQL's too (the first bracket that closes, closes all): what is stored is compared with
 * what it stored, and `test/database/supabase-rows.test.ts` has the CLI itself write the same rows. Source: Supabase CLI 3.1. Those
 * before 2.116, in Go (`pkg/parser/state.go`), cut some texts elsewhere: E'\'' strings, comments and ATOMIC bodies that end oddly.
 */
export function splitLikeSupabase(sql: string): readonly string[] {
  const statements: string[] = [];
  const emit = (text: string): void => {
    const trimmed = text.replace(/;+$/, '').trim();
    if (trimmed !== '') statements.push(trimmed);
  };
  let state: State = ready;
  let start = 0;
  let end = 0;
  for (const character of sql) {
    end += character.length;
    const next: State | null = state(character, sql.slice(start, end));
    if (next === null) {
      emit(sql.slice(start, end));
      start = end;
    }
    state = next ?? ready;
  }
  emit(sql.slice(start));
  return statements;
}

/** Takes the next character and the statement up to and with it; null: the statement ends here. */
type State = (character: string, data: string) => State | null;

const ready: State = (character, data) => {
  switch (character) {
    case '$':
      return isIdentifierPart(lastOf(data.slice(0, -1))) ? ready : inTag(data.length - 1);
    case "'":
      return inQuote("'", endsWithWord(data.slice(0, -1), 'E'));
    case '"':
      return inQuote('"', false);
    case '-':
      return afterDash;
    case '/':
      return inBlock(0, false);
    case '\\':
      return () => ready;
    case ';':
      return null;
    case '(':
      return inBrackets(ready);
    case 'c':
    case 'C':
      return beginsAtomic(data) ? inAtomic(ready, { start: data.length, hasContent: false, mayEnd: false }) : ready;
    default:
      return ready;
  }
};

function beginsAtomic(data: string): boolean {
  return endsWithWord(data, 'ATOMIC') && endsWithWord(data.slice(0, -6).replace(/[ \t\n\r\f\v]+$/, ''), 'BEGIN');
}

/** A word in capitals, in letters of any case. */
function endsWithWord(text: string, word: string): boolean {
  const start = text.length - word.length;
  return start >= 0 && text.slice(start).replace(/[a-z]/g, (letter) => letter.toUpperCase()) === word && !isIdentifierPart(lastOf(text.slice(0, start)));
}

function lastOf(text: string): string {
  return Array.from(text.slice(-2)).at(-1) ?? '';
}

function isIdentifierPart(character: string): boolean {
  return (character.codePointAt(0) ?? 0) >= 128 || /^[A-Za-z0-9_$]/.test(character);
}

function isBlank(character: string): boolean {
  return ' \t\n\r\f\v'.includes(character);
}

function endsLine(character: string): boolean {
  return character === '\n' || character === '\r';
}

const afterDash: State = (character, data) => (character === '-' ? inLineComment : ready(character, data));

const inLineComment: State = (character) => (endsLine(character) ? ready : inLineComment);

/** `afterDelimiter`: the last two characters were one, of which none belongs to the next. */
function inBlock(depth: number, afterDelimiter: boolean): State {
  return (character, data) => {
    const turn = afterDelimiter ? 0 : delimiterAt(data.slice(-2));
    if (depth === 0 && turn === 0) return ready(character, data);
    return depth + turn === 0 ? ready : inBlock(depth + turn, turn !== 0);
  };
}

function delimiterAt(window: string): number {
  return window === '/*' ? 1 : window === '*/' ? -1 : 0;
}

/** `escapes`: E'…', in which a backslash takes the next character along. */
function inQuote(delimiter: string, escapes: boolean): State {
  const inside: State = (character) => (escapes && character === '\\' ? escaped : character === delimiter ? closed : inside);
  const escaped: State = () => inside;
  const closed: State = (character, data) => (character === delimiter ? inside : escapes ? behindEscapes(false, 0)(character, data) : ready(character, data));
  return inside;
}

/** Behind E'…' a string that begins on a later line is its continuation, comments between them or not. */
function behindEscapes(newLine: boolean, dashes: number): State {
  return (character, data) => {
    if (dashes === 2) return endsLine(character) ? behindEscapes(true, 0) : behindEscapes(newLine, 2);
    if (character === '-') return behindEscapes(newLine, dashes + 1);
    if (dashes === 0 && isBlank(character)) return behindEscapes(newLine || endsLine(character), 0);
    return dashes === 0 && newLine && character === "'" ? inQuote("'", true) : ready(character, data);
  };
}

/** Dollar quotes to their tag. */
function untilTag(tag: string): State {
  const self: State = (_, data) => (data.endsWith(tag) ? ready : self);
  return self;
}

function inTag(offset: number): State {
  const self: State = (character, data) => {
    if (character === '$') return untilTag(data.slice(offset));
    return isIdentifierPart(character) ? self : ready(character, data);
  };
  return self;
}

/** A semicolon in them ends nothing. */
function inBrackets(inner: State): State {
  return (character, data) => {
    const next = inner(character, data) ?? ready;
    return next === ready && character === ')' ? ready : inBrackets(next);
  };
}

interface AtomicBody {
  /** Where its current statement starts. */
  readonly start: number;
  readonly hasContent: boolean;
  /** END was read, which is the word only if nothing of an identifier follows. */
  readonly mayEnd: boolean;
}

/** A body from BEGIN ATOMIC to the END that begins a statement: a semicolon ends one of the body's own statements. */
function inAtomic(inner: State, { start, hasContent, mayEnd }: AtomicBody): State {
  return (character, data) => {
    if (mayEnd && !isIdentifierPart(character)) return ready(character, data);
    const next = inner(character, data);
    if (next === null) return inAtomic(ready, { start: data.length, hasContent: false, mayEnd: false });
    if (next !== ready || hasContent || !endsWithWord(data, 'END')) return inAtomic(next, { start, hasContent, mayEnd: false });
    const isFirst = withoutComments(data.slice(start, -3)) === '';
    return inAtomic(next, { start, hasContent: !isFirst, mayEnd: isFirst });
  };
}

/**
 * Whether the CLI runs a statement by itself, outside of the file's transaction, since PostgreSQL refuses it in one. Source:
 * Supabase CLI from 2.109 on.
 */
export function refusesTransaction(statement: string): boolean {
  return /^(?:(?:create\s+(?:unique\s+)?|drop\s+)index\s+concurrently\b|reindex\b[^;]*\bconcurrently\b|vacuum\b|alter\s+system\b|cluster\b)/i.test(withoutComments(statement));
}

/** BEGIN, COMMIT and the like: the file says by itself what stands together. */
export function controlsTransaction(statement: string): boolean {
  return /^(?:begin\b(?!\s+atomic)|start\s+transaction\b|commit\b|end\b|rollback\b(?!(?:\s+(?:work|transaction))?\s+to\b)|abort\b|prepare\s+transaction\b)/i.test(withoutComments(statement));
}

export function opensTransaction(statement: string): boolean {
  return /^(?:begin|start)\b/i.test(withoutComments(statement));
}

/** What PostgreSQL takes only between a BEGIN and a COMMIT that stand there, and not in an implicit transaction. */
export function needsBlock(statement: string): boolean {
  return /^(?:savepoint\b|release\b|rollback\s+(?:(?:work|transaction)\s+)?to\b)/i.test(withoutComments(statement));
}

/** Whether a file says in its first line that it is to run without a transaction, as `supabase db diff` writes it there. Source: Supabase CLI from 2.116 on. */
export function runsBare(sql: string): boolean {
  return /^\ufeff?-- pg-delta: transaction=false\r?(?:\n|$)/.test(sql);
}

function withoutComments(statement: string): string {
  for (let rest = statement; ; ) {
    rest = rest.replace(/^[ \t\n\r\f\v]+/, '');
    if (rest.startsWith('--')) rest = rest.replace(/^--[^\n\r]*/, '');
    else if (rest.startsWith('/*')) rest = rest.slice(endOfBlock(rest));
    else return rest;
  }
}

function endOfBlock(text: string): number {
  let depth = 1;
  for (let at = 2; at < text.length; ) {
    const turn = delimiterAt(text.slice(at, at + 2));
    depth += turn;
    at += turn === 0 ? 1 : 2;
    if (depth === 0) return at;
  }
  return text.length;
}
