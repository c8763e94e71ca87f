import { utf8Length } from '../schema/constraint-names';
import { nameOf, tokenize } from '../sql/identifiers';
import type { SqlParser, SqlStatement } from '../sql/parser';
import { placeTokens } from '../sql/split';
import { message, type Parsed, type Problem } from '../text/problem';
import type { Place, TextRange } from '../text/text';
import type { Operation, OperationSource } from './operation';
import { argumentsOf } from './sql-draft-arguments';
import { itemsOf } from './sql-draft-items';
import { readTypedSql } from './sql-draft-recovery';

/** A file of SQL as operations: what an Alembic draft is, without a way back. */
export interface SqlDraft {
  readonly path: string;
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  /** SQL has no way back; that is no decision of its author's. */
  readonly downgradeRaises: false;
  /** The file as read, for editing it. */
  readonly text: string;
  readonly statements: readonly SqlDraftStatement[];
  readonly comments: readonly SqlComment[];
}

export interface SqlDraftStatement {
  /** Without its semicolon and the comments around it. */
  readonly range: TextRange;
  /** Behind its semicolon; null: there is none. */
  readonly closed: number | null;
  /** What of it can be taken out by itself (commands of ALTER TABLE, names of a DROP), else all of it. */
  readonly items: readonly TextRange[];
}

export interface SqlComment {
  readonly range: TextRange;
  readonly text: string;
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
  const statements: SqlDraftStatement[] = [];
  const nothing = { path, text, upgrade, downgrade: [], downgradeRaises: false, statements, comments: [] } as const;
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
  for (const { statement, operations } of readTypedSql(readable, parser)) {
    const place: Place = { path, range: statement.range };
    if (statement.error !== null) problems.push({ code: 'sql-syntax', severity: 'error', message: message('PostgreSQL would not parse this: {error}.', { error: statement.error.text }), at: { path, range: { start: statement.error.at, end: statement.range.end } } });
    const isTemplate = statement.error !== null && /\{\{|\{%|\$\{|<%/.test(statement.text);
    const items = itemsOf(statement, operations);
    const inFile = ({ start, end }: TextRange): TextRange => ({ start: statement.range.start + start, end: statement.range.start + end });
    const written = { text: statement.text };
    for (const item of items) {
      for (const operation of item.operations) {
        const source: OperationSource = {
          path,
          range: inFile(item.range),
          editable: item.operations.length === 1,
          statement: place,
          // A history is read without anybody asking for these.
          get arguments() {
            const named = Object.entries(argumentsOf(operation, placeTokens(statement.text), item.tokens)).map(([name, part]) => [name, { path, range: inFile(part) }] as const);
            const stops = statement.error === null ? [] : [['error', { path, range: errorAt(statement) }] as const];
            return Object.fromEntries([...named, ...stops]);
          },
          get longNames() {
            return longNamesIn(text, this.arguments);
          },
          written,
        };
        upgrade.push({ ...operation, ...(isTemplate && operation.kind === 'unknown' ? { tables: null } : {}), source });
      }
    }
    statements.push({ range: statement.range, closed: closedAt(readable, statement.range.end), items: items.map((item) => inFile(item.range)) });
  }
  upgrade.sort((a, b) => (a.source?.range.start ?? 0) - (b.source?.range.start ?? 0));
  return {
    value: {
      ...nothing,
      upgrade,
      get comments() {
        return commentsOf(readable);
      },
    },
    problems,
  };
}

/** Of a name PostgreSQL keeps 63 bytes, and so does its parser. */
function longNamesIn(text: string, places: OperationSource['arguments']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(places).flatMap(([argument, { range }]) => {
      const [token, ...others] = range.end - range.start < 64 ? [] : placeTokens(text.slice(range.start, range.end));
      const name = token === undefined || others.length > 0 ? null : nameOf(token);
      return name === null || utf8Length(name) <= 63 ? [] : [[argument, name]];
    }),
  );
}

/** The word at which PostgreSQL stops; the statement's last one where it ends too soon. */
function errorAt({ text, range, error }: SqlStatement): TextRange {
  const at = (error?.at ?? range.start) - range.start;
  const tokens = placeTokens(text);
  const token = tokens.find(({ start, end }) => start <= at && at < end) ?? tokens.at(-1);
  // What was never closed would be marked to the end of the file.
  const end = token === undefined ? text.length : token.start + (token.text.split('\n')[0]?.length ?? 0);
  return { start: range.start + (token?.start ?? 0), end: range.start + end };
}

/** Behind the semicolon that ends a statement, which ends at `from`; null: another one begins before, or the file ends. */
function closedAt(sql: string, from: number): number | null {
  let at = from;
  for (const token of tokenize(sql.slice(from, from + 2000))) {
    if (token.text === ';') return at + 1;
    if (token.kind !== 'space' && token.kind !== 'comment') return null;
    at += token.text.length;
  }
  return null;
}

/** The comments behind `--`, without the space at their ends. */
export function commentsOf(sql: string): readonly SqlComment[] {
  if (!sql.includes('--')) return [];
  const comments: SqlComment[] = [];
  let start = 0;
  for (const token of tokenize(sql)) {
    const text = token.text.trimEnd();
    if (token.kind === 'comment' && text.startsWith('--')) comments.push({ range: { start, end: start + text.length }, text });
    start += token.text.length;
  }
  return comments;
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
