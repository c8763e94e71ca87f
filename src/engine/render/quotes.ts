/** Whether most plain strings of a Python text stand in single quotes, as in Alembic's own drafts. */
export function prefersSingleQuotes(text: string): boolean {
  let [single, double] = [0, 0];
  for (const match of text.matchAll(/("""|''')[\s\S]*?\1|#[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g)) {
    if (match[0].startsWith('#') || match[1] !== undefined) continue;
    if (match[0].startsWith("'")) single++;
    else double++;
  }
  return single > double;
}

/** Python code with its plain strings in single quotes, wherever that needs no escapes. */
export function withSingleQuotes(code: string): string {
  return code.replace(/#[^\n]*|'(?:[^'\\\n]|\\.)*'|"((?:[^"\\\n]|\\.)*)"/g, (whole, content: string | undefined) =>
    content === undefined || content.includes("'") || content.includes('\\"') ? whole : `'${content}'`,
  );
}
