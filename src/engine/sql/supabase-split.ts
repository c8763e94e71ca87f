/**
 * The statements of a migration as Supabase's CLI takes them apart, which is what it stores in
 * `supabase_migrations.schema_migrations.statements`: comments stay, trailing semicolons and blanks go. Its states are followed
 * one by one, where they differ from PostgreSQL's too: what is stored is compared with what it stored. Source: Supabase CLI,
 * `pkg/parser/token.go` (`SplitAndTrim`) and `state.go`.
 */
export function splitLikeSupabase(sql: string): readonly string[] {
  const statements: string[] = [];
  const emit = (text: string): void => {
    const trimmed = text.replace(/;+$/, '').replace(blanksAround, '');
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

/** Go's `unicode.IsSpace`. */
const blanks = '[\\t\\n\\v\\f\\r \\u0085\\u00A0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const blanksAround = new RegExp(`^${blanks}+|${blanks}+$`, 'gu');

/** Takes the next character and the statement up to and with it; null: the statement ends here. */
type State = (character: string, data: string) => State | null;

const ready: State = (character, data) => {
  switch (character) {
    case '$':
      return inTag(data.length - 1);
    case "'":
    case '"':
      return inQuote(character, false);
    case '-':
      return afterDash;
    case '/':
      return inBlock(0);
    case '\\':
      return () => ready;
    case ';':
      return null;
    case '(':
      return inAtomic(ready, ')');
    case 'c':
    case 'C':
      return beginsAtomic(data) ? inAtomic(ready, 'END') : ready;
    default:
      return ready;
  }
};

function beginsAtomic(data: string): boolean {
  const before = data.slice(0, -6);
  if (data.slice(-6).toLowerCase() !== 'atomic' || endsWithIdentifier(before)) return false;
  const trimmed = before.replace(blanksAround, '');
  return trimmed.slice(-5).toLowerCase() === 'begin' && !endsWithIdentifier(trimmed.slice(0, -5));
}

function endsWithIdentifier(text: string): boolean {
  return /[\p{L}\p{Nd}_$]$/u.test(text);
}

const afterDash: State = (character, data) => (character === '-' ? untilText('\n') : ready(character, data));

function inBlock(depth: number): State {
  return (character, data) => {
    const window = data.slice(-2);
    if (window === '/*') return inBlock(depth + 1);
    if (depth === 0) return ready(character, data);
    if (window === '*/') return depth === 1 ? ready : inBlock(depth - 1);
    return inBlock(depth);
  };
}

function inQuote(delimiter: string, escape: boolean): State {
  return (character, data) => {
    if (escape) return character === delimiter ? inQuote(delimiter, false) : ready(character, data);
    return inQuote(delimiter, character === delimiter);
  };
}

/** Comments to the end of the line, and dollar quotes to their tag. */
function untilText(delimiter: string): State {
  const self: State = (_, data) => (data.endsWith(delimiter) ? ready : self);
  return self;
}

function inTag(offset: number): State {
  const self: State = (character, data) => {
    if (character === '$') return untilText(data.slice(offset));
    return /[\p{L}\p{Nd}_]/u.test(character) ? self : ready(character, data);
  };
  return self;
}

/** Brackets and bodies of BEGIN ATOMIC, in which a semicolon ends nothing. */
function inAtomic(previous: State, delimiter: string): State {
  return (character, data) => {
    const inner = previous(character, data) ?? previous;
    if (inner === ready && data.slice(-delimiter.length).toLowerCase() === delimiter.toLowerCase()) return ready;
    return inAtomic(inner, delimiter);
  };
}

/**
 * Whether the CLI runs a statement by itself, outside of the file's transaction, since PostgreSQL refuses it in one. Source:
 * Supabase CLI from 2.109 on, `isPipelineIncompatible` in `pkg/migration/file.go`.
 */
export function refusesTransaction(statement: string): boolean {
  return /^(?:(?:create\s+(?:unique\s+)?|drop\s+)index\s+concurrently\b|reindex\b[^;]*\bconcurrently\b|vacuum\b|alter\s+system\b|cluster\b)/i.test(withoutComments(statement));
}

/** BEGIN, COMMIT and the like: the file says by itself what stands together. */
export function controlsTransaction(statement: string): boolean {
  return /^(?:begin\b(?!\s+atomic)|start\s+transaction\b|commit\b|end\b|rollback\b(?!\s+to\b)|abort\b)/i.test(withoutComments(statement));
}

export function opensTransaction(statement: string): boolean {
  return /^(?:begin|start)\b/i.test(withoutComments(statement));
}

function withoutComments(statement: string): string {
  return statement.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)+/, '');
}
