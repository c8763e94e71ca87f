import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../text/text';
import { childrenOf, rangeOf, readExpression, textOf, type Source } from './parse-expressions';
import type { Expression } from './expression-syntax';
import type { MatchCase, Pattern } from './syntax';

/** Patterns nested deeper than this are not looked into, so that no input can exhaust the stack. */
const deepest = 50;

/** What stands between `case` and its colon. */
export function readCase(source: Source, clause: SyntaxNode): Pick<MatchCase, 'pattern' | 'guard'> {
  const head = childrenOf(clause).filter((child) => child.name !== 'case' && child.name !== 'Body' && !child.type.isError);
  const guard = head.find((child) => child.name === 'Guard');
  const patterns = head.filter((child) => child !== guard);
  const range = rangeOf(source, clause);
  return { pattern: readPatterns(source, patterns, range, 0), guard: guard === undefined ? null : readExpression(source, childrenOf(guard)[1], range) };
}

/** One pattern, or several with commas: a sequence without brackets. */
function readPatterns(source: Source, nodes: readonly SyntaxNode[], range: TextRange, depth: number): Pattern {
  const [first] = nodes;
  if (first === undefined) return { kind: 'other', names: [], range };
  return nodes.length === 1 ? readPattern(source, first, depth) : { kind: 'sequence', items: nodes.filter((node) => node.name !== ',').map((node) => readPattern(source, node, depth)) };
}

function readPattern(source: Source, node: SyntaxNode, depth: number): Pattern {
  const range = rangeOf(source, node);
  const children = childrenOf(node);
  const inside = (nodes: readonly SyntaxNode[]): readonly Pattern[] => nodes.filter((child) => child.name.endsWith('Pattern') && !isNothing(child)).map((child) => readPattern(source, child, depth + 1));
  if (depth > deepest) return other(source, node);
  switch (node.name) {
    case 'CapturePattern': {
      const name = textOf(source, node);
      return { kind: 'capture', name: name === '_' ? null : name, range };
    }
    case 'LiteralPattern': {
      const [sign, number] = children;
      if (children.length === 2 && sign?.name === 'ArithOp' && textOf(source, sign) === '-') return { kind: 'value', value: { kind: 'unary', operator: '-', operand: readExpression(source, number, range), range } };
      return children.length === 1 ? { kind: 'value', value: readExpression(source, sign, range) } : other(source, node);
    }
    case 'AttributePattern':
      return { kind: 'value', value: dotted(source, children, range) };
    case 'OrPattern': {
      const patterns = inside(children);
      const last = patterns.at(-1);
      // `1 | 2 as x`: lezer gives the name to the last one alone.
      return last?.kind === 'as' ? { ...last, pattern: { kind: 'or', patterns: [...patterns.slice(0, -1), last.pattern] } } : { kind: 'or', patterns };
    }
    case 'AsPattern': {
      const [pattern] = inside(children);
      const name = children.at(-1);
      return pattern === undefined || name?.name !== 'VariableName' ? other(source, node) : { kind: 'as', pattern, name: textOf(source, name), range };
    }
    case 'StarPattern': {
      const name = children.find((child) => child.name === 'CapturePattern');
      return { kind: 'star', name: name === undefined || textOf(source, name) === '_' ? null : textOf(source, name), range };
    }
    case 'SequencePattern': {
      const items = inside(children);
      // Parentheses around one pattern, without a comma, are only that.
      const [only] = items;
      const isGroup = only !== undefined && items.length === 1 && only.kind !== 'star' && textOf(source, node).startsWith('(') && !children.some((child) => child.name === ',');
      return isGroup ? only : { kind: 'sequence', items };
    }
    default:
      return other(source, node);
  }
}

/** `[]` has a pattern of nothing in it. */
function isNothing(node: SyntaxNode): boolean {
  return node.from === node.to || node.firstChild?.type.isError === true;
}

function other(source: Source, node: SyntaxNode): Pattern {
  const names: string[] = [];
  node.cursor().iterate((inner) => {
    if (inner.name === 'CapturePattern') names.push(textOf(source, inner.node));
    // `Point() as p`
    if (inner.name === 'AsPattern' && inner.node.lastChild !== null) names.push(textOf(source, inner.node.lastChild));
  });
  return { kind: 'other', names: names.filter((name) => name !== '_'), range: rangeOf(source, node) };
}

/** `a.b.c` as flat siblings. */
function dotted(source: Source, children: readonly SyntaxNode[], range: TextRange): Expression {
  let result: Expression | null = null;
  for (const child of children) {
    const here = rangeOf(source, child);
    const name = textOf(source, child);
    if (child.name === 'VariableName') result = { kind: 'name', name, range: here };
    else if (child.name === 'PropertyName' && result !== null) result = { kind: 'attribute', object: result, name, nameRange: here, range: { start: result.range.start, end: here.end } };
  }
  return result ?? { kind: 'missing', range };
}
