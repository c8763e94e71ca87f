import type { TextRange } from '../../text/text';

/** The lines that a statement takes: from its indentation to behind its line end. */
export function linesOf(text: string, range: TextRange): TextRange {
  let start = Math.min(range.start, text.length);
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  let end = Math.min(range.end, text.length);
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  if (text[end] === '\r' && text[end + 1] === '\n') end += 2;
  else if (end < text.length) end++;
  return { start, end };
}
