/**
 * The words of a command that is written as one text, as a shell would divide them; nothing else of a shell is done. Null: it asks for a
 * shell (a pipe, a variable, …), which a person must then name.
 */
export function commandWords(text: string): readonly string[] | null {
  const words: string[] = [];
  const pattern = /\s*((?:'[^']*'|"(?:\\["\\]|[^"\\])*"|\\[^]|[^\s'"\\])+)/y;
  let end = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    end = pattern.lastIndex;
    let word = '';
    for (const [part] of (match[1] ?? '').matchAll(/'[^']*'|"(?:\\["\\]|[^"\\])*"|\\[^]|[^\s'"\\]+/g)) {
      const needsShell = part.startsWith("'") || part.startsWith('\\') ? false : part.startsWith('"') ? /[$`]/.test(part) : /[$`|&;<>()*?~]/.test(part);
      if (needsShell) return null;
      word += part.startsWith("'") ? part.slice(1, -1) : part.startsWith('"') ? part.slice(1, -1).replace(/\\(["\\])/g, '$1') : part.replace(/\\([^])/g, '$1');
    }
    words.push(word);
  }
  return words.length === 0 || text.slice(end).trim() !== '' ? null : words;
}
