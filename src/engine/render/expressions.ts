import type { Expression } from '../schema/schema';
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
