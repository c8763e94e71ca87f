import type { SyntaxNode, Tree } from '@lezer/common';
import { message, type Problem } from '../text/problem';
import type { TextRange } from '../text/text';
import { readStringToken } from './parse-strings';

/**
 * Makes valid Python out of what lezer's grammar does not know, without moving anything: form feeds, a backslash before a Windows line end, `1.`, `except*`, `with x as self.y`.
 * Offsets stay the same, and the syntax tree's texts are taken from the original.
 */
export function maskForLezer(text: string): string {
  return withoutParentheses(text)
    .replace(/\f/g, ' ')
    .replace(/\\\r\n/g, ' \\\n')
    .replace(/(?<![\w.])\d[\d_]*\.(?![\w.])/g, (number) => `${number.slice(0, -1)}0`)
    .replace(/^([ \t]*except)\*/gm, '$1 ')
    .replace(/^[ \t]*(?:async[ \t]+)?with\b.*/gm, (line) => line.replace(/\bas[ \t]+\w+(?:\.\w+)+/g, (target) => target.replaceAll('.', '_')));
}

/** `with (a as b, c):`, on however many lines: without its parentheses, its last comma, line ends and comments. */
function withoutParentheses(text: string): string {
  let result = text;
  for (const match of text.matchAll(/^[ \t]*(?:async[ \t]+)?with[ \t]*\(/gm)) {
    const open = match.index + match[0].length - 1;
    const inside = parenthesised(text, open);
    if (inside === null || !/^[ \t]*:/.test(text.slice(inside.end + 1, inside.end + 40)) || !inside.hasItems) continue;
    const flat = inside.flat.replace(/,(\s*)$/, ' $1').replace(/[\r\n]/g, ' ');
    result = `${result.slice(0, open)} ${flat} ${result.slice(inside.end + 1)}`;
  }
  return result;
}

/** What stands between a parenthesis and the one that closes it, comments blanked; `hasItems`: `as` or a comma stands there. */
function parenthesised(text: string, open: number): { readonly end: number; readonly flat: string; readonly hasItems: boolean } | null {
  const token = /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n\r]*|\bas\b|[()[\]{},]/g;
  token.lastIndex = open;
  let depth = 0;
  let hasItems = false;
  let flat = '';
  let from = open + 1;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [word] = match;
    if (word.startsWith('#')) {
      flat += text.slice(from, match.index) + ' '.repeat(word.length);
      from = match.index + word.length;
    } else if (/^[([{]$/.test(word)) depth++;
    else if (/^[)\]}]$/.test(word)) {
      depth--;
      if (depth === 0) return { end: match.index, flat: flat + text.slice(from, match.index), hasItems };
    } else if ((word === ',' || word === 'as') && depth === 1) hasItems = true;
  }
  return null;
}

/**
 * The syntax errors among lezer's error nodes. Its error nodes on valid code (bare `yield`, `X[*T]`, parenthesised
 * `with`, empty class patterns, computed decorators, Python 2's `print`) are passed over. At most one problem a line.
 */
export function syntaxProblems(path: string, text: string, base: number, tree: Tree, broken: readonly SyntaxNode[]): Problem[] {
  const found = new Map<number, Problem>();
  const add = (range: TextRange, problem: Problem['message']): void => {
    const line = text.lastIndexOf('\n', range.start - 1);
    if (!found.has(line)) found.set(line, { code: 'syntax-error', severity: 'error', message: problem, at: { path, range } });
  };
  tree.iterate({
    enter(node) {
      if (node.name !== 'String' && node.name !== 'FormatString') return;
      const range = { start: node.from + base, end: node.to + base };
      if (!readStringToken(text, range).closed) add(range, message('This string is not closed. Add the closing quote.'));
    },
  });
  if (broken.length > 0) {
    const excused = excusedSpans(text);
    for (const node of broken) {
      const range = { start: node.from + base, end: node.to + base };
      if (isHabit(node) || excused.some((span) => span.start <= range.start && range.start <= span.end)) continue;
      const opening = unclosedBracket(node);
      if (opening !== null) {
        const bracket = { start: opening.from + base, end: opening.to + base };
        add(bracket, message('This {bracket} is never closed.', { bracket: text.slice(bracket.start, bracket.end) }));
      } else {
        add(widened(text, range), message('This is not valid Python. What stands here was passed over.'));
      }
    }
  }
  for (const node of misindented(text, base, tree)) add(node, message('This line is indented as no block around it is.'));
  return [...found.values()].sort((a, b) => (a.at?.range.start ?? 0) - (b.at?.range.start ?? 0));
}

/**
 * Statements that begin a line at another column than the first one of their block: lezer puts them into the block around it,
 * Python refuses them (IndentationError). Where the tree is broken for another reason, its blocks say nothing.
 */
function misindented(text: string, base: number, tree: Tree): readonly TextRange[] {
  const found: TextRange[] = [];
  let isBroken = false;
  tree.iterate({
    enter(node) {
      if (node.type.isError) isBroken = true;
      if (node.name !== 'Script' && node.name !== 'Body') return;
      let column: number | null = node.name === 'Script' && base === 0 ? 0 : null;
      for (let child = node.node.firstChild; child !== null; child = child.nextSibling) {
        const start = child.from + base;
        const margin = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
        if (child.name === 'Comment' || !/^[ \t\f]*$/.test(margin) || child.from === child.to) continue;
        const width = columnsOf(margin);
        column ??= width;
        if (width !== column) found.push({ start: start - margin.length, end: start });
      }
    },
  });
  return isBroken ? [] : found;
}

/** A tab leads to the next multiple of eight. Source: Python reference, 2.1.8 "Indentation". */
function columnsOf(margin: string): number {
  return [...margin.replace(/^.*\f/, '')].reduce((width, character) => (character === '\t' ? width + 8 - (width % 8) : width + 1), 0);
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function unclosedBracket(error: SyntaxNode): SyntaxNode | null {
  const parent = error.parent;
  if (parent === null || error.from !== error.to) return null;
  for (let child = parent.firstChild; child !== null; child = child.nextSibling) {
    const wanted = closing[child.name];
    if (wanted !== undefined) return parent.lastChild?.name === wanted ? null : child;
  }
  return null;
}

function isHabit(error: SyntaxNode): boolean {
  const parent = error.parent?.name ?? '';
  if (/^(YieldStatement|YieldExpression|PrintStatement|Decorator|\w*Pattern|PatternArgList|TypeParamList)$/.test(parent)) return true;
  if (error.prevSibling?.name === 'PrintStatement' || (error.prevSibling?.type.isError && error.prevSibling.prevSibling?.name === 'PrintStatement')) {
    return true;
  }
  return false;
}

/** The spans of valid constructs that lezer stumbles over, found in the text. */
function excusedSpans(text: string): TextRange[] {
  const spans: TextRange[] = [];
  const lineSpan = (index: number): TextRange => {
    const end = text.indexOf('\n', index);
    return { start: text.lastIndexOf('\n', index) + 1, end: end < 0 ? text.length : end };
  };
  for (const match of text.matchAll(/[\w\])]\[\*|\[[^\]\n]*,\s*\*\w+[^\]\n]*\]|\bfor\b[^\n]*\*\w+[^\n]* in |^[ \t]*case\b.*:|^[ \t]*@(?![\w\s])/gm)) {
    spans.push(lineSpan(match.index));
  }
  // From a parenthesised `with` (or `as (a, b)`) to the end of its block.
  for (const match of text.matchAll(/^([ \t]*)(?:async[ \t]+)?with\b(?:[ \t]*\(|.*\bas[ \t]*\()/gm)) {
    const indent = (match[1] ?? '').length;
    const start = match.index;
    const rest = text.slice(start + match[0].length);
    const after = new RegExp(`\\n[ \\t]{0,${indent}}(?![ \\t\\r\\n)])`).exec(rest);
    const end = start + match[0].length + (after === null ? rest.length : after.index + after[0].length);
    spans.push({ start, end: lineSpan(end).end });
  }
  return spans;
}

/** An empty range is hard to see: take in the character before it on the same line. */
function widened(text: string, range: TextRange): TextRange {
  if (range.end > range.start) return range;
  let start = range.start;
  while (start > 0 && /[\s]/.test(text.charAt(start - 1))) start--;
  if (start > 0) return { start: start - 1, end: start };
  return { start: range.start, end: Math.min(text.length, range.start + 1) };
}
