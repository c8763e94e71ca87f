import type { TextRange } from '../text/text';
import { decodeEscapes, joinStrings, readStringToken } from './parse-strings';
import { notPlain, tokenize, type Tokens } from './quick-tokens';
import type { Expression, FormatPiece } from './expression-syntax';

/** One literal of those that stand side by side. `formatted`: an f-string. */
export interface StringToken extends TextRange {
  readonly formatted: boolean;
}

/** Reads what stands between the braces of an f-string. */
export type ReadReplacement = (tokens: Tokens) => Expression;

/** The literals that stand side by side, as one string. Throws `notPlain` for what the patient reader is to read. */
export function readStrings(text: string, parts: readonly StringToken[], read: ReadReplacement): Expression {
  const range = { start: parts[0]?.start ?? 0, end: parts[parts.length - 1]?.end ?? 0 };
  if (parts.length === 1) {
    const simple = simpleString(text, range.start, range.end);
    if (simple !== null) return simple;
  }
  const tokens = parts.map(({ start, end }) => readStringToken(text, { start, end }));
  if (!parts.some(({ formatted }) => formatted)) return joinStrings(text, tokens, range);
  const pieces: FormatPiece[] = [];
  tokens.forEach(({ content, raw }, index) => {
    if (parts[index]?.formatted === true) formatPieces(text, pieces, content, raw, read);
    else pieces.push({ kind: 'text', value: decodeEscapes(text, content, raw, false, 0).value, range: content });
  });
  return { kind: 'formatString', pieces, range };
}

function formatPieces(text: string, pieces: FormatPiece[], { start, end }: TextRange, raw: boolean, read: ReadReplacement): void {
  let position = start;
  const textUpTo = (until: number): void => {
    if (until <= position) return;
    const range = { start: position, end: until };
    pieces.push({ kind: 'text', value: decodeEscapes(text, range, raw, false, 0).value.replace(/\{\{/g, '{').replace(/\}\}/g, '}'), range });
  };
  for (let at = start; at < end; at++) {
    const character = text[at];
    // `\N{…}` is no replacement.
    if (character === '\\') {
      if (text[at + 1] === 'N' || text[at + 1] === '{') throw notPlain;
      at++;
    } else if (character === '{' || character === '}') {
      if (text[at + 1] === character) at++;
      else if (character === '}') throw notPlain;
      else {
        textUpTo(at);
        position = replacement(text, pieces, at, end, read);
        at = position - 1;
      }
    }
  }
  textUpTo(end);
}

/** From the opening brace on; gives where the closing one ends. */
function replacement(text: string, pieces: FormatPiece[], start: number, end: number, read: ReadReplacement): number {
  const tokens = tokenize(text, start + 1, end, true);
  const value = read(tokens);
  if (value.kind === 'missing') throw notPlain;
  let position = tokens.stopped;
  let conversion: 's' | 'r' | 'a' | null = null;
  if (text[position] === '!') {
    const letter = text[position + 1];
    if (letter !== 's' && letter !== 'r' && letter !== 'a') throw notPlain;
    conversion = letter;
    position += 2;
  }
  let spec: string | null = null;
  if (text[position] === ':') {
    const close = text.indexOf('}', position);
    spec = text.slice(position + 1, close);
    if (/[{\\'"\n\r]/.test(spec)) throw notPlain;
    position = close;
  }
  if (position >= end || text[position] !== '}') throw notPlain;
  pieces.push({ kind: 'replacement', value, conversion, spec, selfDocumenting: false, range: { start, end: position + 1 } });
  return position + 1;
}
/** The most frequent string: one part, without a prefix, an escape or a second line. */
function simpleString(text: string, start: number, end: number): Expression | null {
  const quote = text.charCodeAt(start);
  if ((quote !== 34 && quote !== 39) || text.charCodeAt(start + 1) === quote) return null;
  const value = text.slice(start + 1, end - 1);
  if (value.includes('\\')) return null;
  const range = { start, end };
  return { kind: 'string', range, value, bytes: false, parts: [{ range, content: { start: start + 1, end: end - 1 }, raw: false, valueStart: 0, escapes: [] }] };
}
