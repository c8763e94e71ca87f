import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../text/text';
import { childrenOf, deepest, missing, rangeOf, readExpression, type Source } from './parse-expressions';
import type { Expression } from './expression-syntax';

/** `not a and b`: in lezer's tree `not` reaches over all that follows, in Python it ends before `and` (reference, 6.17). */
export function swallows(source: Source, node: SyntaxNode): boolean {
  let last: SyntaxNode | null = node;
  let negated = false;
  while (last !== null && (isNegation(last) || isLogic(source, last))) {
    if (negated && isLogic(source, last)) return true;
    negated = isNegation(last);
    last = last.lastChild;
  }
  return false;
}

function isNegation(node: SyntaxNode): boolean {
  return node.name === 'UnaryExpression' && node.firstChild?.name === 'not';
}

function isLogic(source: Source, node: SyntaxNode): boolean {
  if (node.name !== 'BinaryExpression') return false;
  const operator = childrenOf(node)[1];
  return operator?.name === 'and' || operator?.name === 'or';
}

/** `and`, `or` and `not` of one expression put together anew, as tightly as each of them binds. */
export function readLogic(source: Source, node: SyntaxNode): Expression {
  const flat: SyntaxNode[] = [];
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isNegation(next) || isLogic(source, next)) open.push(...childrenOf(next).reverse());
    else flat.push(next);
  }
  let at = 0;
  const around = rangeOf(source, node);
  const behind = (from: SyntaxNode): TextRange => ({ start: rangeOf(source, from).start, end: rangeOf(source, flat[at - 1] ?? from).end });
  const negation = (): Expression => {
    const first = flat[at++];
    if (first?.name !== 'not') return readExpression(source, first, around);
    if (source.depth >= deepest) return missing(rangeOf(source, first));
    source.depth++;
    const operand = negation();
    source.depth--;
    return { kind: 'unary', operator: 'not', operand, range: behind(first) };
  };
  const chain = (operator: 'and' | 'or', read: () => Expression): Expression => {
    const first = flat[at];
    let left = read();
    while (first !== undefined && flat[at]?.name === operator) {
      at++;
      const right = read();
      left = { kind: 'binary', operator, left, right, range: behind(first) };
    }
    return left;
  };
  return chain('or', () => chain('and', negation));
}
