import { message } from '../text/problem';
import { OutsideSubset } from './template-expression';

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly source: string; readonly filters: readonly string[]; readonly offset: number }
  | { readonly kind: 'if'; readonly branches: readonly { readonly condition: string | null; readonly nodes: readonly TemplateNode[] }[]; readonly offset: number }
  | { readonly kind: 'for'; readonly name: string; readonly items: string; readonly nodes: readonly TemplateNode[]; readonly offset: number };

/**
 * Splits a template by the rules of `mako.lexer.Lexer`, in its order. `reached` is told how far it came.
 * Throws OutsideSubset for what the subset does not have.
 */
export function parseTemplate(text: string, reached: (offset: number) => void): readonly TemplateNode[] {
  const root: TemplateNode[] = [];
  const open: OpenControl[] = [];
  let nodes = root;
  let position = match(/#.*coding[:=]\s*[-\w.]+.*\r?\n/y, text, 0)?.[0].length ?? 0;

  while (position < text.length) {
    reached(position);
    const offset = position;
    if (text.startsWith('${', position)) {
      const expression = readExpression(text, position + 2);
      nodes.push({ kind: 'expression', source: expression.source, filters: expression.filters, offset });
      position = expression.end;
      continue;
    }
    const line = match(/(?<=^)[\t ]*(%(?!%)|##)[\t ]*((?:\\\r?\n|[^\r\n])*)(?:\r?\n|(?![\s\S]))/my, text, position);
    if (line) {
      position += line[0].length;
      if (line[1] === '%') nodes = control((line[2] ?? '').replace(/\\\r?\n/g, ' ').trim(), offset, nodes, open);
      continue;
    }
    const comment = match(/<%doc>.*?<\/%doc>/sy, text, position);
    if (comment) {
      position += comment[0].length;
      continue;
    }
    refuseTags(text, position);
    const percent = match(/(?<=^)(\s*)%%(%*)/my, text, position);
    if (percent) {
      nodes.push({ kind: 'text', text: `${percent[1] ?? ''}%${percent[2] ?? ''}` });
      position += percent[0].length;
      continue;
    }
    const plain = match(/(.*?)(?:(?<=\n)(?=[ \t]*(?:%|##))|(?=\$\{)|(?=<\/?%)|(\\\r?\n)|(?![\s\S]))/sy, text, position);
    if (plain === null || plain[0] === '') throw new OutsideSubset(message('It has a construct that takes Mako itself.'));
    if (plain[1]) nodes.push({ kind: 'text', text: plain[1] });
    position += plain[0].length;
  }
  const unclosed = open.at(-1);
  if (unclosed) throw new OutsideSubset(message('A `% {keyword}` has no `% end{keyword}`.', { keyword: unclosed.keyword }));
  return root;
}

interface OpenControl {
  readonly keyword: 'if' | 'for';
  /** Where the parent goes on after the end. */
  readonly outer: TemplateNode[];
  readonly branches: { condition: string | null; nodes: TemplateNode[] }[];
}

/** Handles one `%` line; gives the list that the following nodes go into. */
function control(line: string, offset: number, nodes: TemplateNode[], open: OpenControl[]): TemplateNode[] {
  const current = open.at(-1);
  const end = /^end(\w+)\s*$/.exec(line);
  if (end && current && end[1] === current.keyword) {
    open.pop();
    return current.outer;
  }
  const clause = /^(if|elif|for|else)\b\s*(.*?)\s*:\s*(?:#.*)?$/s.exec(line);
  const [, keyword, rest = ''] = clause ?? [];
  const inner: TemplateNode[] = [];
  if (keyword === 'if') {
    const branches = [{ condition: rest, nodes: inner }];
    nodes.push({ kind: 'if', branches, offset });
    open.push({ keyword, outer: nodes, branches });
    return inner;
  }
  if (keyword === 'for') {
    const [, name, items] = /^([A-Za-z_]\w*)\s+in\s+(.+)$/s.exec(rest) ?? [];
    if (name === undefined || items === undefined) throw new OutsideSubset(message('The line `% {line}` takes Mako itself.', { line }));
    nodes.push({ kind: 'for', name, items, nodes: inner, offset });
    open.push({ keyword, outer: nodes, branches: [] });
    return inner;
  }
  if (current?.keyword === 'if' && ((keyword === 'elif' && rest !== '') || (keyword === 'else' && rest === ''))) {
    current.branches.push({ condition: keyword === 'elif' ? rest : null, nodes: inner });
    return inner;
  }
  throw new OutsideSubset(message('The line `% {line}` takes Mako itself.', { line }));
}

/** The text up to the closing brace, and the filters after a `|` outside of brackets. */
function readExpression(text: string, start: number): { source: string; filters: readonly string[]; end: number } {
  let depth = 0;
  let bar = -1;
  for (let i = start; i < text.length; i++) {
    const character = text[i] ?? '';
    const skip = match(/#.*\n|("""|'''|"|')[^\\]*?(?:\\.[^\\]*?)*\1/sy, text, i);
    if (character === '#' && skip) throw new OutsideSubset(message('It has a comment inside `${…}`.'));
    if (skip) i += skip[0].length - 1;
    else if ('{(['.includes(character)) depth++;
    else if (')]'.includes(character) || (character === '}' && depth > 0)) depth--;
    else if (character === '|' && depth === 0 && bar < 0) bar = i;
    else if (character === '}') {
      const source = text.slice(start, bar < 0 ? i : bar);
      const filters = bar < 0 ? [] : text.slice(bar + 1, i).split(',').map((filter) => filter.trim()).filter((filter) => filter !== '');
      return { source, filters, end: i + 1 };
    }
  }
  throw new OutsideSubset(message('A `${` is never closed.'));
}

function refuseTags(text: string, position: number): void {
  const tag = match(/<\/?%([!\w.:]*)/y, text, position)?.[1];
  if (tag === undefined) return;
  if (tag === '' || tag === '!') throw new OutsideSubset(message('It runs a block of Python (`<%{mark} … %>`).', { mark: tag }));
  throw new OutsideSubset(message('It uses the tag `<%{tag}>`.', { tag }));
}

function match(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}
