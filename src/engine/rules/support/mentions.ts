import type { TextRange } from '../../text/text';
import { loose, wordsOf } from './words';

/** What a document may call a key: by its name, or by its table together with one of its columns. */
export interface Named {
  readonly names: readonly string[];
  readonly table: string;
  readonly columns: readonly string[];
}

export interface Mention {
  readonly range: TextRange;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * The first line of a document (Markdown, or any text) that mentions a key, as words: best its name, else one of its columns where the table is
 * named, too: in the line, its paragraph, or the headings above it. Case does not count, and a table may be called by a model's name
 * (`BatchJob` for `batch_jobs`). Null: none does.
 */
export function findMention(text: string, { names, table, columns }: Named): Mention | null {
  const lines = linesOf(text);
  const wholeName = lines.find((line) => names.some((name) => line.words.has(name.toLowerCase())));
  if (wholeName !== undefined) return mentionOf(wholeName);
  const wanted = loose(table);
  const about = (words: ReadonlySet<string>): boolean => [...words].some((word) => loose(word) === wanted);
  const found = lines.filter((line) => columns.some((column) => line.words.has(column.toLowerCase())));
  const match = found.find((line) => about(line.words)) ?? found.find((line) => lines.some((other) => (other.paragraph === line.paragraph || line.headings.includes(other.number)) && about(other.words)));
  return match === undefined ? null : mentionOf(match);
}

interface Line {
  readonly number: number;
  readonly range: TextRange;
  readonly words: ReadonlySet<string>;
  readonly paragraph: number;
  /** Numbers of the headings that it stands under, from the outermost. */
  readonly headings: readonly number[];
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let headings: readonly { readonly level: number; readonly number: number }[] = [];
  let paragraph = 0;
  for (const match of text.matchAll(/^.*$/gm)) {
    const [written = ''] = match;
    const level = /^ {0,3}(#{1,6})\s/.exec(written)?.[1]?.length;
    if (level !== undefined) headings = [...headings.filter((heading) => heading.level < level), { level, number: lines.length }];
    if (level !== undefined || written.trim() === '') paragraph++;
    const words = new Set(wordsOf(written).map((word) => word.toLowerCase()));
    lines.push({ number: lines.length, range: { start: match.index, end: match.index + written.trimEnd().length }, words, paragraph, headings: headings.map(({ number }) => number) });
  }
  return lines;
}

function mentionOf({ range, number }: Line): Mention {
  return { range, line: number + 1 };
}
