import type { TextRange } from '../text/text';
import type { StringEscape, StringLiteral, StringPart } from './expression-syntax';

/** One string token taken apart: its prefix, and what stands between the quotes. */
export interface StringToken {
  readonly range: TextRange;
  readonly content: TextRange;
  readonly raw: boolean;
  readonly bytes: boolean;
  /** False where the closing quote is missing. */
  readonly closed: boolean;
}

export function readStringToken(text: string, range: TextRange): StringToken {
  const written = text.slice(range.start, range.end);
  const opening = /^([a-zA-Z]*)("""|'''|"|')/.exec(written);
  const prefix = (opening?.[1] ?? '').toLowerCase();
  const quote = opening?.[2] ?? '';
  const start = range.start + prefix.length + quote.length;
  const closed = quote !== '' && written.length >= prefix.length + 2 * quote.length && written.endsWith(quote);
  return {
    range,
    content: { start, end: closed ? range.end - quote.length : Math.max(start, range.end) },
    raw: prefix.includes('r'),
    bytes: prefix.includes('b'),
    closed,
  };
}

/** Adjacent string tokens as the one constant that Python makes of them. */
export function joinStrings(text: string, tokens: readonly StringToken[], range: TextRange): StringLiteral {
  let value = '';
  const parts: StringPart[] = [];
  for (const token of tokens) {
    const decoded = decodeEscapes(text, token.content, token.raw, token.bytes, value.length);
    parts.push({ range: token.range, content: token.content, raw: token.raw, valueStart: value.length, escapes: decoded.escapes });
    value += decoded.value;
  }
  return { kind: 'string', range, value, bytes: tokens[0]?.bytes ?? false, parts };
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * Resolves escapes as "String and Bytes literals" of Python's language reference has them; unknown ones stay as written,
 * and so does `\N{NAME}`. Line ends become `\n`, as Python reads its sources.
 */
export function decodeEscapes(
  text: string,
  content: TextRange,
  raw: boolean,
  bytes: boolean,
  valueStart: number,
): { readonly value: string; readonly escapes: readonly StringEscape[] } {
  const source = text.slice(content.start, content.end);
  if (!/[\\\r]/.test(source)) return { value: source, escapes: [] };
  let value = '';
  const escapes: StringEscape[] = [];
  const pattern = /\r\n?|\\(?:\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^])/g;
  let position = 0;
  for (let match = pattern.exec(source); match !== null; match = pattern.exec(source)) {
    const decoded = raw && match[0].startsWith('\\') ? null : decodeOne(match[0], bytes);
    if (decoded === null) {
      // In raw strings a backslash keeps its place, but a line end behind it is still one `\n`.
      if (raw) pattern.lastIndex = match.index + 1;
      continue;
    }
    value += source.slice(position, match.index);
    const start = content.start + match.index;
    escapes.push({
      range: { start, end: start + match[0].length },
      value: { start: valueStart + value.length, end: valueStart + value.length + decoded.length },
    });
    value += decoded;
    position = match.index + match[0].length;
  }
  return { value: value + source.slice(position), escapes };
}

/** Null: the backslash stands for itself. */
function decodeOne(escape: string, bytes: boolean): string | null {
  if (escape.startsWith('\r')) return '\n';
  const body = escape.slice(1);
  if (body === '\n' || body === '\r\n' || body === '\r') return '';
  if (/^[0-7]+$/.test(body)) return String.fromCharCode(parseInt(body, 8));
  if (/^x./.test(body)) return String.fromCharCode(parseInt(body.slice(1), 16));
  if (/^[uU]./.test(body)) {
    const code = parseInt(body.slice(1), 16);
    return bytes || code > 0x10ffff ? null : String.fromCodePoint(code);
  }
  return simpleEscapes[body] ?? null;
}
