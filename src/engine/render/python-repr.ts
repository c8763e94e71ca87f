/**
 * `python` quotes as Python's `repr()` does: single quotes unless the text has some and no double ones.
 * `double` the other way round, which is how black writes strings, so that it leaves the file alone.
 */
export type Quotes = 'python' | 'double';

/** `repr(str)`. */
export function reprString(text: string, quotes: Quotes = 'python'): string {
  const [usual, other] = quotes === 'python' ? ["'", '"'] : ['"', "'"];
  const quote = text.includes(usual) && !text.includes(other) ? other : usual;
  let body = '';
  for (const character of text) body += character === quote || character === '\\' ? `\\${character}` : printable(character);
  return quote + body + quote;
}

/** `repr(tuple)` or `repr(list)` of strings; a tuple of one keeps its comma. */
export function reprStrings(items: readonly string[], kind: 'tuple' | 'list', quotes: Quotes = 'python'): string {
  const inner = items.map((item) => reprString(item, quotes)).join(', ');
  if (kind === 'list') return `[${inner}]`;
  return items.length === 1 ? `(${inner},)` : `(${inner})`;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function printable(character: string): string {
  const short = named[character];
  if (short !== undefined) return short;
  // `str.isprintable`: no other, and of the separators only the space.
  if (character === ' ' || !/^[\p{C}\p{Z}]$/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
