import type { Node, ParseResult } from 'libpg-query';
import { message, type Parsed, type Problem } from '../text/problem';
import type { TextRange } from '../text/text';
import { splitStatements } from './split';

/**
 * Reads SQL as PostgreSQL itself does. The parser is WASM, which loads asynchronously: who starts the program loads it
 * once (`workspace/load-sql-parser.ts`) and hands it over, so that the engine stays synchronous.
 */
export interface SqlParser {
  /**
   * The statements of a script in order. One that PostgreSQL would not parse has `tree: null` and a problem with code
   * `sql-syntax`; the others are not spoilt by it. Problems have no place, since a script may stand inside of Python:
   * the statement's `error` says where in the script it is.
   */
  parse(sql: string): Parsed<readonly SqlStatement[]>;
  /** The statements of a DO block in PL/pgSQL as its own parser gives them; null where it would not parse. */
  block?(statement: string): readonly PlPgSqlStatement[] | null;
}

/** A statement of PL/pgSQL: an object with one key, its kind. */
export type PlPgSqlStatement = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface SqlStatement {
  /** Without the semicolon and the comments around it. */
  readonly text: string;
  /** Where it stands in the script. */
  readonly range: TextRange;
  /** PostgreSQL's parse tree; null where it could not be parsed. */
  readonly tree: Node | null;
  readonly error: SqlError | null;
  /** The position in `text` of a parse tree's `location`, which counts bytes of UTF-8; the start when it has none. */
  offset(location: number | undefined): number;
}

export interface SqlError {
  /** PostgreSQL's own words: `syntax error at or near "FORM"`. */
  readonly text: string;
  /** Where in the whole script. */
  readonly at: number;
}

/** What is injected: PostgreSQL's parser on one statement. It throws where PostgreSQL reports an error. */
export type ParseRaw = (sql: string) => ParseResult;
/** The same for PL/pgSQL: a whole DO statement. */
export type ParsePlPgSql = (statement: string) => unknown;

export function createSqlParser(parseRaw: ParseRaw, parsePlPgSql?: ParsePlPgSql): SqlParser {
  return {
    block: (statement) => readBlock(statement, parsePlPgSql),
    parse(sql) {
      const problems: Problem[] = [];
      const value = splitStatements(sql).map((range) => {
        const statement = parseStatement(parseRaw, sql.slice(range.start, range.end), range);
        if (statement.error !== null) {
          problems.push({ code: 'sql-syntax', severity: 'error', message: message('PostgreSQL would not parse this: {error}.', { error: statement.error.text }) });
        }
        return statement;
      });
      return { value, problems };
    },
  };
}

function readBlock(statement: string, parsePlPgSql: ParsePlPgSql | undefined): readonly PlPgSqlStatement[] | null {
  try {
    const parsed = parsePlPgSql?.(statement) as { readonly plpgsql_funcs?: readonly { readonly PLpgSQL_function?: { readonly action?: PlPgSqlStatement } }[] } | undefined;
    const action = parsed?.plpgsql_funcs?.[0]?.PLpgSQL_function?.action;
    return action === undefined ? null : [action];
  } catch {
    return null;
  }
}

function parseStatement(parseRaw: ParseRaw, text: string, range: TextRange): SqlStatement {
  const offset = offsets(text);
  try {
    const tree = parseRaw(text).stmts?.[0]?.stmt ?? null;
    return { text, range, tree, error: null, offset };
  } catch (thrown) {
    const { text: error, position } = describe(thrown);
    return { text, range, tree: null, error: { text: error, at: range.start + Math.min(position, text.length) }, offset };
  }
}

/** The error of libpg-query carries `sqlDetails.cursorPosition`, in characters from 0. */
function describe(thrown: unknown): { text: string; position: number } {
  const details = (thrown as { sqlDetails?: { cursorPosition?: unknown } } | null)?.sqlDetails;
  const position = typeof details?.cursorPosition === 'number' ? Math.max(0, details.cursorPosition) : 0;
  return { text: thrown instanceof Error ? thrown.message : String(thrown), position };
}

function offsets(text: string): SqlStatement['offset'] {
  // Nearly every statement is ASCII, where bytes and code units are one.
  if (/^[\u0000-\u007f]*$/.test(text)) return (location) => location ?? 0;
  let units: number[] | null = null;
  return (location) => {
    if (location === undefined) return 0;
    units ??= unitOfByte(text);
    return units[location] ?? text.length;
  };
}

/** For each byte of the text in UTF-8, the code unit where its character begins. */
function unitOfByte(text: string): number[] {
  const units: number[] = [];
  let unit = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let i = 0; i < bytes; i++) units.push(unit);
    unit += character.length;
  }
  return units;
}
