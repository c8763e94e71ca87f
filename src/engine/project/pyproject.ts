import { parse, TomlError } from 'smol-toml';
import { message } from '../text/problem';
import type { Parsed, Problem } from '../text/problem';
import { LineIndex } from '../text/text';
import { percentFormat } from './percent-format';

/** The `[tool.alembic]` table of a pyproject.toml (Alembic 1.16 and later), values as written there. */
export type TomlSettings = Readonly<Record<string, unknown>>;

/** Gives null when the file has no `[tool.alembic]` table, or is not TOML (with a problem). */
export function readPyproject(path: string, text: string): Parsed<TomlSettings | null> {
  // Most files of this name do not speak of Alembic's settings; parsing them all would be waste.
  if (!/alembic/.test(text)) return { value: null, problems: [] };
  try {
    const tool = asTable(parse(text)['tool']);
    return { value: tool === null ? null : asTable(tool['alembic']), problems: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const start = new LineIndex(text).lineStart(error.line - 1) + Math.max(0, error.column - 1);
    const reason = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
    const at = { path, range: { start, end: Math.min(text.length, start + 1) } };
    return { value: null, problems: [{ code: 'toml-syntax', severity: 'error', message: message('This file is not valid TOML: {reason}.', { reason }), at }] };
  }
}

/** A string option with `%(here)s` and `%%` replaced, as `Config.get_alembic_option` does; null when it is missing or no string. */
export function tomlString(settings: TomlSettings, name: string, path: string, given: Readonly<Record<string, string>>): Parsed<string | null> {
  const value = settings[name];
  if (value === undefined) return { value: null, problems: [] };
  if (typeof value === 'number' || typeof value === 'bigint') return { value: String(value), problems: [] };
  if (typeof value !== 'string') return { value: null, problems: [wrongType(path, name, 'a string')] };
  return formatted(value, name, path, given);
}

/** A list of strings; null when it is missing or no list. */
export function tomlStrings(settings: TomlSettings, name: string, path: string, given: Readonly<Record<string, string>>): Parsed<readonly string[] | null> {
  const value = settings[name];
  if (value === undefined) return { value: null, problems: [] };
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return { value: null, problems: [wrongType(path, name, 'a list of strings')] };
  const items = value.map((item) => formatted(item, name, path, given));
  return { value: items.flatMap((item) => item.value ?? []), problems: items.flatMap((item) => item.problems) };
}

/** TOML's own booleans; Alembic refuses anything else. */
export function tomlBoolean(settings: TomlSettings, name: string, path: string): Parsed<boolean> {
  const value = settings[name];
  if (value === undefined) return { value: false, problems: [] };
  return typeof value === 'boolean' ? { value, problems: [] } : { value: false, problems: [wrongType(path, name, '`true` or `false`')] };
}

function formatted(value: string, name: string, path: string, given: Readonly<Record<string, string>>): Parsed<string | null> {
  const outcome = percentFormat(value, given);
  if ('text' in outcome) return { value: outcome.text, problems: [] };
  const text = message('A `%` in `{name}` stands alone or names something unknown, which Alembic refuses. Write `%%` for a percent sign.', { name });
  return { value: null, problems: [problem(path, text)] };
}

function wrongType(path: string, name: string, expected: string): Problem {
  return problem(path, message('`{name}` under [tool.alembic] must be {expected}.', { name, expected }));
}

function problem(path: string, text: Problem['message']): Problem {
  return { code: 'toml-option', severity: 'error', message: text, at: { path, range: { start: 0, end: 0 } } };
}

function asTable(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) ? (value as Record<string, unknown>) : null;
}
