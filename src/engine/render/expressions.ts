import type { Expression } from '../schema/schema';
import { tokenize } from '../sql/identifiers';
import { call, pythonString, type Code } from './python-layout';

/** `sa.text("now()")`: SQL that SQLAlchemy passes on as it stands. */
export function renderText(sql: string): Code {
  return call('sa.text', [pythonString(escapeBinds(sql))]);
}

/**
 * SQLAlchemy takes `:name` inside `text()` (and Alembic in `op.execute("…")`) for a bind parameter; a backslash stops it.
 * `::type` is no bind. Source: SQLAlchemy, `text()`, "for SQL statements where a colon is required verbatim".
 */
export function escapeBinds(sql: string): string {
  return sql.replace(/(?<![:\w\\]):(?=\w+(?!:))/g, '\\:');
}

/** A server default as models write it: a plain string constant as Python text, everything else as `sa.text()`. */
export function renderDefault(expression: Expression): Code {
  const constant = /^'((?:[^'\\]|'')*)'$/.exec(expression.sql);
  return constant === null ? renderText(expression.sql) : pythonString((constant[1] ?? '').replaceAll("''", "'"));
}

/** The expression without the parentheses that PostgreSQL prints around the whole of it. */
export function withoutParentheses(sql: string): string {
  const tokens = tokenize(sql.trim());
  let depth = 0;
  for (const [index, { text }] of tokens.entries()) {
    if (text === '(') depth++;
    if (text === ')') depth--;
    if (depth === 0 && index < tokens.length - 1) return sql;
  }
  const inner = sql.trim().slice(1, -1);
  return depth === 0 && tokens.length > 2 ? withoutParentheses(inner) : sql;
}

/** SQL of several lines that may be indented: no line ends inside of a string or a quoted name. */
export function canSpanLines(sql: string): boolean {
  return sql.includes('\n') && !/"""|"$|\r/.test(sql) && tokenize(sql).every(({ kind, text }) => kind === 'space' || !text.includes('\n'));
}
