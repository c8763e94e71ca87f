import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Parsed } from '../text/problem';
import type { TextRange } from '../text/text';
import { childrenOf, type Source } from './parse-expressions';
import { docstringOf, readBlock } from './parse-statements';
import { maskForLezer, neverClosed, syntaxProblems } from './parse-errors';
import { closedOff } from './parse-repair';
import { parsePlainPython } from './quick-parse';
import type { Comment, Module } from './syntax';

/**
 * Reads a Python file. What is half-typed or broken gives a `syntax-error` problem with its place, and the rest is read.
 * Habits of lezer's grammar (error nodes on valid code, flat argument lists, no text in f-strings) do not show. A file of plain
 * Python, as nearly all revisions are, is read the quick way; `last`, what an earlier text of the file gave, makes it quicker still.
 */
export function parsePython(path: string, text: string, last: Module | null = null): Parsed<Module> {
  const plain = parsePlainPython(path, text, last);
  return plain === null ? parseAnyPython(path, text) : { value: plain, problems: [] };
}

/** The same by lezer's grammar, which knows all of Python and goes on behind errors. */
export function parseAnyPython(path: string, text: string): Parsed<Module> {
  const base = text.startsWith('\ufeff') ? 1 : 0;
  const tree = parser.parse(maskForLezer(text.slice(base)));
  const source: Source = { text, base, depth: 0 };
  const comments: Comment[] = [];
  const broken: SyntaxNode[] = [];
  tree.iterate({
    enter(node) {
      if (node.type.isError) broken.push(node.node);
      else if (node.name === 'Comment') comments.push(commentAt(text, { start: node.from + base, end: node.to + base }));
    },
  });
  // What is wrong is said of the text as it is; what is read is as much of it as can be.
  const mended = broken.length === 0 ? { text, unclosed: [] } : closedOff(text);
  const whole = mended.unclosed.length === 0 ? tree : parser.parse(maskForLezer(mended.text.slice(base)));
  const body = readBlock({ ...source, text: mended.text }, childrenOf(whole.topNode));
  const module: Module = { path, text, body, comments, docstring: docstringOf(body) };
  if (mended.unclosed.length === 0) return { value: module, problems: syntaxProblems(path, text, base, tree, broken) };
  const still: SyntaxNode[] = [];
  whole.iterate({ enter: (node) => void (node.type.isError && still.push(node.node)) });
  return { value: module, problems: [...mended.unclosed.map((at) => neverClosed(path, text, at)), ...syntaxProblems(path, mended.text, base, whole, still)].sort((a, b) => (a.at?.range.start ?? 0) - (b.at?.range.start ?? 0)) };
}

function commentAt(text: string, range: TextRange): Comment {
  return { text: text.slice(range.start, range.end), range };
}
