import { tokenize } from '../sql/identifiers';
import type { SqlParser } from '../sql/parser';
import { message, type Parsed, type Problem } from '../text/problem';
import type { Place } from '../text/text';
import type { Operation } from './operation';
import { readSql } from './read-sql';

/** A file of SQL as operations: what an Alembic draft is, without a way back. */
export interface SqlDraft {
  readonly path: string;
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  /** SQL has no way back; that is no decision of its author's. */
  readonly downgradeRaises: false;
}

/**
 * Reads a file of SQL, a Supabase migration or any other. Each operation stands where its statement does. What PostgreSQL
 * would not parse is an error at the word where it stops (`sql-syntax`), and spoils no other statement; commands of psql
 * and their kin are said for what they are, and a template
 * may become anything. A byte order mark is passed over, as psql and the Supabase CLI do.
 */
export function readSqlDraft(path: string, text: string, parser: SqlParser): Parsed<SqlDraft> {
  const problems: Problem[] = [];
  const upgrade: Operation[] = [];
  const nothing = { path, upgrade, downgrade: [], downgradeRaises: false } as const;
  if (text.includes('\u0000')) {
    problems.push({ code: 'unreadable-file', severity: 'error', message: message('This is no text: it holds bytes that no SQL has.'), at: { path, range: { start: 0, end: 0 } } });
    return { value: nothing, problems };
  }
  const { readable, asides } = setAside(text);
  for (const { start, end, reason } of asides) {
    const at: Place = { path, range: { start, end } };
    problems.push({ code: 'sql-not-read', severity: 'warning', message: message(reason), at });
    upgrade.push({ kind: 'unknown', reason: message(reason), tables: null, source: { ...at, editable: false, statement: at, arguments: {} } });
  }
  for (const { statement, operations } of readSql(readable, parser).value) {
    const place: Place = { path, range: statement.range };
    const written = { text: statement.text };
    if (statement.error !== null) problems.push({ code: 'sql-syntax', severity: 'error', message: message('PostgreSQL would not parse this: {error}.', { error: statement.error.text }), at: { path, range: { start: statement.error.at, end: statement.range.end } } });
    const isTemplate = statement.error !== null && /\{\{|\{%|\$\{|<%/.test(statement.text);
    upgrade.push(...operations.map((operation): Operation => ({ ...operation, ...(isTemplate && operation.kind === 'unknown' ? { tables: null } : {}), source: { ...place, editable: operations.length === 1, statement: place, arguments: {}, written } })));
  }
  upgrade.sort((a, b) => (a.source?.range.start ?? 0) - (b.source?.range.start ?? 0));
  return { value: { ...nothing, upgrade }, problems };
}

interface Aside {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/**
 * What is no SQL of the server's, with spaces in its place so that every other statement stays where it is: commands of
 * psql, which take a line, and the rows of COPY … FROM stdin, up to a line `\.`. Strings, quoted names and comments are left.
 */
function setAside(text: string): { readonly readable: string; readonly asides: readonly Aside[] } {
  const asides: Aside[] = [];
  let readable = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
  const blank = (start: number, end: number): void => {
    readable = readable.slice(0, start) + readable.slice(start, end).replaceAll(/[^\r\n]/g, ' ') + readable.slice(end);
  };
  if (!readable.includes('\\')) return { readable, asides };
  // Rows first: they may hold anything.
  for (const copy of readable.matchAll(/\bcopy\b[^;']*\bfrom\s+stdin\b[^;]*;[^\S\n]*\r?\n/gi)) {
    if (isInside(readable, copy.index)) continue;
    const from = copy.index + copy[0].length;
    const end = /^\\\.[^\S\n]*\r?$/m.exec(readable.slice(from));
    blank(from, end === null ? readable.length : from + end.index + end[0].length);
  }
  for (const command of readable.matchAll(/^[^\S\n]*\\(?:[a-zA-Z]\w*|[!?])[^\n]*/gm)) {
    const start = command.index + command[0].search(/\S/);
    if (isInside(readable, start)) continue;
    const end = command.index + command[0].trimEnd().length;
    blank(start, end);
    // These say nothing to the server; the others read files, set variables, connect elsewhere.
    if (!/^\\(echo|qecho|timing|pset|x|t|a|encoding|conninfo|unset|set\s+(ON_ERROR_STOP|VERBOSITY|QUIET|ECHO)|restrict|unrestrict)\b/i.test(command[0].trim())) asides.push({ start, end, reason: 'This is a command of psql, which the server does not know and this reading does not follow.' });
  }
  return { readable, asides };
}

/** Whether a place is inside of a string, a quoted name or a comment. */
function isInside(sql: string, place: number): boolean {
  let start = 0;
  for (const token of tokenize(sql)) {
    const end = start + token.text.length;
    if (place < end) return place > start && (token.kind === 'string' || token.kind === 'quoted' || token.kind === 'comment');
    start = end;
  }
  return false;
}
