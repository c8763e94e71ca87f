export interface Mended {
  readonly text: string;
  /** Where the brackets that were never closed stand. */
  readonly unclosed: readonly number[];
}

/**
 * Half-typed statements: a bracket that is never closed would take all that follows it into its list. Where a line begins as
 * a statement does, no deeper than the statement that holds the bracket, that statement is taken to end before the line:
 * from its first bracket on it becomes white space. Of the same length, so that offsets stay. The text itself where there is
 * nothing to mend. Only for text that is broken: valid Python may look like this.
 */
export function closedOff(text: string): Mended {
  const token = /"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|#[^\n]*|[()[\]{}]|\n/g;
  let result = text;
  let depth = 0;
  let open = 0;
  let indent = 0;
  let lineStart = 0;
  const unclosed: number[] = [];
  const blank = (end: number): void => {
    result = result.slice(0, open) + result.slice(open, end).replace(/[^\r\n]/g, ' ') + result.slice(end);
    depth = 0;
    unclosed.push(open);
  };
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [word] = match;
    if (/^[([{]$/.test(word)) {
      if (depth === 0) [open, indent] = [match.index, marginAt(text, lineStart)];
      depth++;
    } else if (/^[)\]}]$/.test(word)) depth = Math.max(0, depth - 1);
    else if (word === '\n') {
      lineStart = match.index + 1;
      if (depth > 0 && beginsStatement(text, lineStart, indent)) blank(match.index);
    }
  }
  if (depth > 0) blank(text.length);
  return { text: result, unclosed };
}

function marginAt(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at - lineStart;
}

function beginsStatement(text: string, lineStart: number, indent: number): boolean {
  const margin = marginAt(text, lineStart);
  if (margin > indent) return false;
  const end = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart + margin, end < 0 ? text.length : end).trimEnd();
  if (/^(?:def|class|with|for|while|if|elif|else|try|except|finally|return|raise|import|from|pass|async)\b|^@/.test(line)) return true;
  if (/^(?:batch_)?op\.(?!f\(|inline_literal\()\w/.test(line)) return true;
  if (line.endsWith(',')) return false;
  // Alembic's own drafts have `sa.Column(…)` and `schema='app'` of a call no deeper than the call.
  return /^\w+(?:\s*:\s*[\w[\]., |]+)?\s+=\s/.test(line) || (margin < indent ? /^\w+(?:\.\w+)+\(/ : /^(?:bind|conn|connection|session|context)\.\w/).test(line);
}
