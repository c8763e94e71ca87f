/** Text that stands for itself in GitHub's Markdown, in a table, too. An underscore inside of a word is none of emphasis. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*<>|[\]#~&]|(?<!\w)_|_(?!\w)/g, (mark) => (mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : mark === '&' ? '&amp;' : `\\${mark}`)).replaceAll('\n', ' ');
}

/** In a table, too, and whatever ticks the text has. Source: GitHub Flavored Markdown, 6.3 "Code spans" and 4.10 "Tables". */
export function codeMarkdown(text: string): string {
  const run = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(run + 1);
  const pad = run === 0 ? '' : ' ';
  return `${ticks}${pad}${text.replaceAll('\n', ' ').replaceAll('|', '\\|')}${pad}${ticks}`;
}

/** `1 table`, `2 tables`, `2 indexes` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
