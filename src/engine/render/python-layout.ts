/**
 * Python expressions laid out as `black` and `ruff format` lay them out, so that both leave a generated draft alone.
 * Source: black's documentation, "The Black code style", "How Black wraps lines" and "The magic trailing comma".
 */

/** An expression: text that is never broken, or a bracket with items. */
export type Code = string | Bracket;

export interface Bracket {
  /** What stands before the items, bracket included: `op.add_column(`, `[`, `key=sa.text(`. */
  readonly open: string;
  readonly items: readonly Code[];
  readonly close: string;
}

export function call(callee: string, items: readonly Code[]): Bracket {
  return { open: `${callee}(`, items, close: ')' };
}

export function list(items: readonly Code[]): Bracket {
  return { open: '[', items, close: ']' };
}

/** `key=value` */
export function keyword(key: string, value: Code): Code {
  return prefixed(`${key}=`, value);
}

/** `{"a": "b"}` */
export function dict(entries: readonly (readonly [string, Code])[]): Bracket {
  return { open: '{', items: entries.map(([key, value]) => prefixed(`${pythonString(key)}: `, value)), close: '}' };
}

function prefixed(prefix: string, value: Code): Code {
  return typeof value === 'string' ? prefix + value : { ...value, open: prefix + value.open };
}

/** The expression on one line. */
export function flat(code: Code): string {
  return typeof code === 'string' ? code : code.open + code.items.map(flat).join(', ') + code.close;
}

/** The lines of a statement. `indent` is the number of spaces before it; `width` black's line length, 88 by default. */
export function layout(code: Code, indent: number, width = 88): readonly string[] {
  return lines(code, indent, '', width);
}

function lines(code: Code, indent: number, suffix: string, width: number): readonly string[] {
  const margin = ' '.repeat(indent);
  const whole = margin + flat(code) + suffix;
  if (typeof code === 'string' || whole.length <= width || code.items.length === 0) return [whole];
  const inner = ' '.repeat(indent + 4) + code.items.map(flat).join(', ');
  if (inner.length <= width) return [margin + code.open, inner, margin + code.close + suffix];
  const [only] = code.items;
  // Black has no comma to split at here, so it adds none.
  if (code.items.length === 1 && only !== undefined) return [margin + code.open, ...lines(only, indent + 4, '', width), margin + code.close + suffix];
  return [margin + code.open, ...code.items.flatMap((item) => lines(item, indent + 4, ',', width)), margin + code.close + suffix];
}

/** A Python string literal with the quotes black prefers: double, unless that needs more escapes. */
export function pythonString(value: string): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  const doubles = (value.match(/"/g) ?? []).length;
  const singles = (value.match(/'/g) ?? []).length;
  return doubles > singles ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped.replaceAll('"', '\\"')}"`;
}

/**
 * A call with one text of several lines in three double quotes, its lines as they are; it neither holds three of them nor
 * ends with one. Black leaves it on the call's line where the first and the last line fit there.
 */
export function blockCall(callee: string, value: string): Code {
  const text = `"""${value.replaceAll('\\', '\\\\')}"""`;
  const [first = '', last = ''] = [text.split('\n')[0], text.split('\n').at(-1)];
  // Both are indented with the body.
  const fits = `    ${callee}(${first}`.length <= 88 && `${last})`.length <= 88;
  return fits ? `${callee}(${text})` : { open: `${callee}(`, items: [text], close: ')' };
}
