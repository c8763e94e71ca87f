import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../text/text';
import { readString } from './parse-format-strings';
import { readLogic, swallows } from './parse-logic';
import type { ComprehensionClause, Expression, Keyword, Parameter } from './expression-syntax';

/** What the readers of nodes share while one file is read. */
export interface Source {
  readonly text: string;
  /** 1 behind a byte order mark, which lezer does not see; else 0. */
  readonly base: number;
  depth: number;
}

/** Nesting beyond this is read as missing, so that no input can exhaust the stack. */
export const deepest = 300;

export function rangeOf(source: Source, node: SyntaxNode): TextRange {
  return { start: node.from + source.base, end: node.to + source.base };
}

export function textOf(source: Source, node: SyntaxNode): string {
  return source.text.slice(node.from + source.base, node.to + source.base);
}

/** The children that carry meaning: no comments, no error nodes. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const result: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment' && !child.type.isError) result.push(child);
  }
  return result;
}

export function missing(range: TextRange): Expression {
  return { kind: 'missing', range };
}

/** Reads one expression node; anything else becomes `missing`. */
export function readExpression(source: Source, node: SyntaxNode | undefined, around: TextRange): Expression {
  if (node === undefined) return missing({ start: around.end, end: around.end });
  if (source.depth >= deepest) return missing(rangeOf(source, node));
  source.depth++;
  const result = readNode(source, node);
  source.depth--;
  return result;
}

function readNode(source: Source, node: SyntaxNode): Expression {
  const range = rangeOf(source, node);
  switch (node.name) {
    case 'VariableName':
      return { kind: 'name', name: textOf(source, node), range };
    case 'None':
      return { kind: 'constant', value: 'None', range };
    case 'Boolean':
      return { kind: 'constant', value: textOf(source, node) === 'True' ? 'True' : 'False', range };
    case 'Ellipsis':
      return { kind: 'constant', value: '...', range };
    case 'Number':
      return { kind: 'number', text: textOf(source, node), range };
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return readString(source, node, range);
    case 'ParenthesizedExpression':
      return readList(source, childrenOf(node).slice(1), range)[0] ?? missing(range);
    case 'TupleExpression':
      return { kind: 'tuple', items: readList(source, childrenOf(node), range), range };
    case 'ArrayExpression':
      return { kind: 'list', items: readList(source, childrenOf(node), range), range };
    case 'SetExpression':
      return { kind: 'set', items: readList(source, childrenOf(node), range), range };
    case 'DictionaryExpression':
      return { kind: 'dict', entries: readEntries(source, childrenOf(node), range), range };
    case 'ComprehensionExpression':
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return readComprehension(source, node, range);
    case 'CallExpression':
      return readCall(source, node, range);
    case 'MemberExpression':
      return readMember(source, node, range);
    case 'UnaryExpression': {
      const [operator, operand] = childrenOf(node);
      const text = operator === undefined ? '+' : textOf(source, operator);
      const known = text === 'not' || text === '-' || text === '~' ? text : '+';
      if (swallows(source, node)) return readLogic(source, node);
      return { kind: 'unary', operator: known, operand: readExpression(source, operand, range), range };
    }
    case 'BinaryExpression':
      return swallows(source, node) ? readLogic(source, node) : readBinary(source, node, range);
    case 'ConditionalExpression': {
      const parts = childrenOf(node).filter((child) => child.name !== 'if' && child.name !== 'else');
      return {
        kind: 'conditional',
        then: readExpression(source, parts[0], range),
        condition: readExpression(source, parts[1], range),
        otherwise: readExpression(source, parts[2], range),
        range,
      };
    }
    case 'LambdaExpression': {
      const children = childrenOf(node);
      const parameters = children.find((child) => child.name === 'ParamList');
      const colon = children.findIndex((child) => child.name === ':');
      return {
        kind: 'lambda',
        parameters: parameters === undefined ? [] : readParameters(source, parameters),
        body: readExpression(source, colon < 0 ? undefined : children[colon + 1], range),
        range,
      };
    }
    case 'NamedExpression': {
      const [name, , value] = childrenOf(node);
      return { kind: 'named', name: name === undefined ? '' : textOf(source, name), value: readExpression(source, value, range), range };
    }
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'YieldStatement': {
      const values = childrenOf(node).slice(1).filter((child) => child.name !== 'from');
      return {
        kind: 'suspension',
        keyword: node.name === 'AwaitExpression' ? 'await' : 'yield',
        value: values.length === 0 ? null : readTupleOrOne(source, values, range),
        range,
      };
    }
    default:
      return missing(range);
  }
}

const punctuation = new Set(['(', ')', '[', ']', '{', '}', ',', ';']);

/** Comma-separated expressions; `*x` becomes `starred`. Brackets in `nodes` are passed over. */
export function readList(source: Source, nodes: readonly SyntaxNode[], around: TextRange): Expression[] {
  const items: Expression[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (node === undefined || punctuation.has(node.name)) continue;
    if (node.name === '*') {
      const value = readExpression(source, nodes[++i], around);
      items.push({ kind: 'starred', value, range: { start: rangeOf(source, node).start, end: value.range.end } });
    } else {
      items.push(readExpression(source, node, around));
    }
  }
  return items;
}

/** `a, b` without brackets is a tuple; one expression without a comma is itself. */
export function readTupleOrOne(source: Source, nodes: readonly SyntaxNode[], around: TextRange): Expression {
  const items = readList(source, nodes, around);
  const first = items[0];
  const last = items[items.length - 1];
  if (first === undefined || last === undefined) return missing({ start: around.end, end: around.end });
  if (items.length === 1 && !nodes.some((node) => node.name === ',')) return first;
  return { kind: 'tuple', items, range: { start: first.range.start, end: last.range.end } };
}

function readEntries(source: Source, nodes: readonly SyntaxNode[], around: TextRange): { key: Expression | null; value: Expression }[] {
  const entries: { key: Expression | null; value: Expression }[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (node === undefined || punctuation.has(node.name)) continue;
    if (node.name === '**') {
      entries.push({ key: null, value: readExpression(source, nodes[++i], around) });
      continue;
    }
    const key = readExpression(source, node, around);
    if (nodes[i + 1]?.name === ':') {
      i++;
      const next = nodes[i + 1];
      if (next !== undefined && !punctuation.has(next.name)) i++;
      entries.push({ key, value: readExpression(source, next === undefined || punctuation.has(next.name) ? undefined : next, key.range) });
    }
  }
  return entries;
}

function readComprehension(source: Source, node: SyntaxNode, range: TextRange): Expression {
  const children = childrenOf(node);
  const first = children.findIndex((child) => child.name === 'for' || child.name === 'async');
  const head = children.slice(1, first < 0 ? undefined : first);
  const clauses = readClauses(source, first < 0 ? [] : children.slice(first, -1), range);
  if (node.name === 'DictionaryComprehensionExpression') {
    const entry = readEntries(source, head, range)[0];
    return {
      kind: 'comprehension',
      collection: 'dict',
      element: entry?.key ?? missing(range),
      value: entry?.value ?? missing(range),
      clauses,
      range,
    };
  }
  const collections = { ArrayComprehensionExpression: 'list', SetComprehensionExpression: 'set' } as const;
  const collection = collections[node.name as keyof typeof collections] ?? 'generator';
  return { kind: 'comprehension', collection, element: readList(source, head, range)[0] ?? missing(range), value: null, clauses, range };
}

/** `for x in y if z for …`, flat in lezer's tree. */
function readClauses(source: Source, nodes: readonly SyntaxNode[], around: TextRange): ComprehensionClause[] {
  const clauses: { target: Expression; iterable: Expression; conditions: Expression[] }[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const name = nodes[i]?.name;
    if (name === 'for') {
      const inAt = nodes.findIndex((node, index) => index > i && node.name === 'in');
      if (inAt < 0) break;
      clauses.push({
        target: readTupleOrOne(source, nodes.slice(i + 1, inAt), around),
        iterable: readExpression(source, nodes[inAt + 1], around),
        conditions: [],
      });
      i = inAt + 1;
    } else if (name === 'if') {
      clauses[clauses.length - 1]?.conditions.push(readExpression(source, nodes[++i], around));
    }
  }
  return clauses;
}

function readCall(source: Source, node: SyntaxNode, range: TextRange): Expression {
  const [callee, list] = childrenOf(node);
  const argumentsRange = list === undefined ? { start: range.end, end: range.end } : rangeOf(source, list);
  const { args, keywords } = list === undefined ? { args: [], keywords: [] } : readArguments(source, list);
  return { kind: 'call', callee: readExpression(source, callee, range), args, keywords, argumentsRange, range };
}

/** Of an `ArgList`, where keyword arguments are flat siblings: `k`, `=`, `1`. */
export function readArguments(source: Source, list: SyntaxNode): { args: Expression[]; keywords: Keyword[] } {
  const nodes = childrenOf(list);
  const around = rangeOf(source, list);
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (node === undefined || punctuation.has(node.name)) continue;
    const start = rangeOf(source, node).start;
    const valueAt = (index: number): Expression => {
      const value = nodes[index];
      return readExpression(source, value === undefined || punctuation.has(value.name) ? undefined : value, rangeOf(source, nodes[index - 1] ?? node));
    };
    if (node.name === '*') {
      const value = valueAt(++i);
      args.push({ kind: 'starred', value, range: { start, end: value.range.end } });
    } else if (node.name === '**') {
      const value = valueAt(++i);
      keywords.push({ name: null, value, range: { start, end: value.range.end } });
    } else if (node.name === 'VariableName' && nodes[i + 1]?.name === 'AssignOp') {
      const operator = nodes[i + 1];
      const value = valueAt(i + 2);
      i += value.kind === 'missing' && value.range.start === value.range.end ? 1 : 2;
      const range = { start, end: Math.max(value.range.end, rangeOf(source, operator ?? node).end) };
      const name = textOf(source, node);
      if (operator !== undefined && textOf(source, operator) === ':=') args.push({ kind: 'named', name, value, range });
      else keywords.push({ name, value, range });
    } else if (node.name === 'for' || node.name === 'async') {
      const element = args.pop() ?? missing(around);
      const clauses = readClauses(source, nodes.slice(i, nodes[nodes.length - 1]?.name === ')' ? -1 : undefined), around);
      const end = clauses[clauses.length - 1]?.iterable.range.end ?? element.range.end;
      args.push({ kind: 'comprehension', collection: 'generator', element, value: null, clauses, range: { start: element.range.start, end } });
      break;
    } else {
      args.push(readExpression(source, node, around));
    }
  }
  return { args, keywords };
}

function readMember(source: Source, node: SyntaxNode, range: TextRange): Expression {
  const [object, opening, ...rest] = childrenOf(node);
  if (opening?.name !== '[') {
    const name = rest.find((child) => child.name === 'PropertyName');
    const nameRange = name === undefined ? { start: range.end, end: range.end } : rangeOf(source, name);
    return { kind: 'attribute', object: readExpression(source, object, range), name: name === undefined ? '' : textOf(source, name), nameRange, range };
  }
  const index: Expression[] = [];
  let item: SyntaxNode[] = [];
  for (const child of [...rest.filter((node) => node.name !== ']'), null]) {
    if (child !== null && child.name !== ',') item.push(child);
    else if (item.length > 0) {
      index.push(item.some((part) => part.name === ':') ? readSlice(source, item, range) : (readList(source, item, range)[0] ?? missing(range)));
      item = [];
    }
  }
  return { kind: 'subscript', object: readExpression(source, object, range), index, range };
}

function readSlice(source: Source, nodes: readonly SyntaxNode[], around: TextRange): Expression {
  const parts: (Expression | null)[] = [null, null, null];
  let at = 0;
  for (const node of nodes) {
    if (node.name === ':') at++;
    else parts[at] = readExpression(source, node, around);
  }
  const first = nodes[0];
  const last = nodes[nodes.length - 1];
  const range = first === undefined || last === undefined ? around : { start: rangeOf(source, first).start, end: rangeOf(source, last).end };
  return { kind: 'slice', lower: parts[0] ?? null, upper: parts[1] ?? null, step: parts[2] ?? null, range };
}

const comparisons = new Set(['<', '>', '<=', '>=', '==', '!=', '<>', 'in', 'not in', 'is', 'is not']);

function readBinary(source: Source, node: SyntaxNode, range: TextRange): Expression {
  const children = childrenOf(node);
  const first = children[0];
  const last = children.length > 1 ? children[children.length - 1] : undefined;
  const operator = children
    .slice(1, -1)
    .map((child) => textOf(source, child))
    .join(' ');
  const left = readExpression(source, first, range);
  const right = readExpression(source, last, range);
  if (comparisons.has(operator) && first?.name === 'BinaryExpression' && left.kind === 'binary' && comparisons.has(left.operator)) {
    const second: Expression = { kind: 'binary', operator, left: left.right, right, range: { start: left.right.range.start, end: range.end } };
    return { kind: 'binary', operator: 'and', left, right: second, range };
  }
  return { kind: 'binary', operator: operator === '<>' ? '!=' : operator, left, right, range };
}

/** Of a `ParamList`, with or without parentheses. */
export function readParameters(source: Source, list: SyntaxNode): Parameter[] {
  const parameters: Parameter[] = [];
  const nodes = childrenOf(list);
  let keywordOnly = false;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (node === undefined) continue;
    const stars = node.name === '*' || node.name === '**' ? node.name : '';
    const nameNode = stars === '' ? node : nodes[i + 1];
    if (stars === '*' && nameNode?.name !== 'VariableName') keywordOnly = true;
    if (nameNode?.name !== 'VariableName') continue;
    if (stars !== '') i++;
    let annotation: Expression | null = null;
    let fallback: Expression | null = null;
    let end = rangeOf(source, nameNode).end;
    const definition = nodes[i + 1];
    if (definition?.name === 'TypeDef') {
      i++;
      end = rangeOf(source, definition).end;
      annotation = readTypeDefinition(source, definition);
    }
    if (nodes[i + 1]?.name === 'AssignOp') {
      fallback = readExpression(source, nodes[i + 2], rangeOf(source, nameNode));
      end = Math.max(end, fallback.range.end);
      i += 2;
    }
    const kind = stars === '*' ? 'args' : stars === '**' ? 'kwargs' : keywordOnly ? 'keywordOnly' : 'positional';
    if (stars === '*') keywordOnly = true;
    parameters.push({ name: textOf(source, nameNode), kind, annotation, default: fallback, range: { start: rangeOf(source, node).start, end } });
  }
  return parameters;
}

/** The annotation in `: x` and `-> x`. */
export function readTypeDefinition(source: Source, node: SyntaxNode): Expression {
  const child = childrenOf(node).find((part) => part.name !== ':');
  return readExpression(source, child, rangeOf(source, node));
}
