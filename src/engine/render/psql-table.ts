/**
 * A table as psql prints it: format `aligned`, border 1, line style `ascii`, its own defaults. Source: PostgreSQL
 * documentation, psql, `\pset`; held against psql itself.
 */
export interface PsqlTable {
  readonly title: string;
  readonly headers: readonly string[];
  /** A cell may have several lines. */
  readonly rows: readonly (readonly string[])[];
  /** Lines below the table. Absent: `(2 rows)`. */
  readonly footers?: readonly string[];
}

export function renderPsqlTable({ title, headers, rows, footers = [rows.length === 1 ? '(1 row)' : `(${rows.length} rows)`] }: PsqlTable): string {
  const cells = rows.map((row) => row.map((cell) => cell.split('\n').map(shown)));
  const widths = headers.map((header, at) => Math.max(widthOf(header), ...cells.flatMap((row) => (row[at] ?? []).map(widthOf))));
  const whole = widths.reduce((sum, width) => sum + width + 2, 0) + Math.max(0, widths.length - 1);
  const margin = Math.max(0, Math.floor((whole - widthOf(title)) / 2));
  return `${[
    `${' '.repeat(margin)}${title}`,
    headers.map((header, at) => ` ${centred(header, widths[at] ?? 0)} `).join('|'),
    widths.map((width) => '-'.repeat(width + 2)).join('+'),
    ...cells.flatMap((row) => rowLines(row, widths)),
    ...footers,
  ].join('\n')}\n\n`;
}

/** A `+` at the end of a cell says that it goes on in the next line. What stands in the last column is not filled up. */
function rowLines(row: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  const height = Math.max(1, ...row.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    row.map((lines, at) => {
      const isLast = at === row.length - 1;
      const text = lines[line] ?? '';
      const goesOn = line + 1 < lines.length;
      const filling = ' '.repeat((widths[at] ?? 0) - widthOf(text));
      return ` ${text}${isLast && !goesOn ? '' : filling}${goesOn ? '+' : isLast ? '' : ' '}`;
    }).join('|'),
  );
}

function centred(text: string, width: number): string {
  const space = width - widthOf(text);
  return `${' '.repeat(Math.floor(space / 2))}${text}${' '.repeat(Math.ceil(space / 2))}`;
}

/** Tabs go to the next eighth column; other control characters are spelled out. */
function shown(line: string): string {
  let text = '';
  for (const character of line) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\t') text += ' '.repeat(8 - (widthOf(text) % 8));
    else if (character === '\r') text += '\\r';
    else if (code < 0x20 || code === 0x7f) text += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else if (code >= 0x80 && code < 0xa0) text += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    else text += character;
  }
  return text;
}

/** How many columns of a terminal a text takes. Source: Unicode Standard Annex 11, East Asian Width. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += isNarrow.test(character) ? 1 : isJoined.test(character) ? 0 : isWide(character) ? 2 : 1;
  return width;
}

const isNarrow = /^[\x20-\x7e]$/;
const isJoined = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

function isWide(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (/^\p{Emoji_Presentation}$/u.test(character) && !(code >= 0x1f1e6 && code <= 0x1f1ff)) || wide.some(([first, last]) => code >= first && code <= last);
}

const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], [0x2329, 0x232a], [0x2e80, 0x303e], [0x3041, 0x4dbf], [0x4e00, 0xa4cf], [0xa960, 0xa97c], [0xac00, 0xd7a3],
  [0xf900, 0xfaff], [0xfe10, 0xfe19], [0xfe30, 0xfe6f], [0xff01, 0xff60], [0xffe0, 0xffe6], [0x16fe0, 0x18aff], [0x1b000, 0x1b2ff],
  [0x20000, 0x2fffd], [0x30000, 0x3fffd],
];
