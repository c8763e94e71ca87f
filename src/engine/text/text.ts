/** A half-open span of a text, in UTF-16 code units as JavaScript strings count them. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Replaces the text in `range` by `newText`; an empty range inserts. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** A span of one file. `path` is absolute, with forward slashes. */
export interface Place {
  readonly path: string;
  readonly range: TextRange;
}

/** A zero-based line and column (UTF-16 code units), as editors count them. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/**
 * Applies edits that were all made against the same `text`.
 * Edits may come in any order; of two insertions at one place the earlier in the list comes first.
 * Overlapping edits are a programming error and throw.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.range.start - b.edit.range.start || a.edit.range.end - b.edit.range.end || a.index - b.index);
  let result = '';
  let position = 0;
  for (const { edit } of ordered) {
    if (edit.range.start < position) throw new Error(`Overlapping edits at offset ${edit.range.start}`);
    result += text.slice(position, edit.range.start) + edit.newText;
    position = edit.range.end;
  }
  return result + text.slice(position);
}

/** Finds the line and column of offsets in one text. Lines end with \n, \r\n or \r. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) this.starts.push(i + 1);
    }
  }

  /** Offsets beyond the text are taken as its end. */
  at(offset: number): LineColumn {
    const wanted = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: wanted - (this.starts[low] ?? 0) };
  }

  /** The offset where a zero-based line starts; past the last line, the text's length. */
  lineStart(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  get lineCount(): number {
    return this.starts.length;
  }
}
