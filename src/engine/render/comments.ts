/** The text as comment lines behind `mark` (`#`, `--`), broken between words to fit into the width. */
export function wrapComment(text: string, width: number, mark: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = mark;
    for (const word of line.split(' ')) {
      if (current !== mark && current.length + 1 + word.length > width) {
        lines.push(current);
        current = mark;
      }
      current += ` ${word}`;
    }
    return [...lines, current];
  });
}
