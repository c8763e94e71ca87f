import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../text/text';
import {
  childrenOf,
  missing,
  rangeOf,
  readArguments,
  readExpression,
  readList,
  readParameters,
  readTupleOrOne,
  readTypeDefinition,
  textOf,
  type Source,
} from './parse-expressions';
import { readCase } from './parse-patterns';
import type { Expression, StringLiteral } from './expression-syntax';
import type { ImportedName, Statement } from './syntax';

/** Blocks nested deeper than this are passed over, so that no input can exhaust the stack. */
const deepest = 100;

/** Reads statement nodes; `a; b` becomes two statements. */
export function readBlock(source: Source, nodes: readonly SyntaxNode[], depth = 0): Statement[] {
  const statements: Statement[] = [];
  if (depth > deepest) return statements;
  for (const node of nodes) {
    if (node.name === 'StatementGroup') statements.push(...readBlock(source, childrenOf(node), depth));
    else if (node.name !== ';' && node.name !== ':') statements.push(readStatement(source, node, depth));
  }
  return statements;
}

/** The string constant that stands first in a body. */
export function docstringOf(body: readonly Statement[]): StringLiteral | null {
  const first = body[0];
  return first?.kind === 'expression' && first.value.kind === 'string' && !first.value.bytes ? first.value : null;
}

function readStatement(source: Source, node: SyntaxNode, depth: number): Statement {
  const range = trimmed(source, node);
  const children = childrenOf(node);
  const body = (child: SyntaxNode | undefined): Statement[] =>
    child === undefined || child.name !== 'Body' ? [] : readBlock(source, childrenOf(child), depth + 1);
  /** The body behind a keyword: `else`, `finally`. */
  const bodyAfter = (keyword: string): Statement[] => {
    const at = children.findIndex((child) => child.name === keyword);
    return at < 0 ? [] : body(children[at + 1]);
  };
  switch (node.name) {
    case 'ExpressionStatement':
      return { kind: 'expression', value: readTupleOrOne(source, children, range), range };
    case 'YieldStatement':
      return { kind: 'expression', value: readExpression(source, node, range), range };
    case 'AssignStatement':
      return readAssignment(source, children, range);
    case 'UpdateStatement': {
      const at = children.findIndex((child) => child.name === 'UpdateOp');
      const operator = at < 0 ? undefined : children[at];
      return {
        kind: 'update',
        target: readTupleOrOne(source, children.slice(0, Math.max(at, 0)), range),
        operator: operator === undefined ? '' : textOf(source, operator).slice(0, -1),
        value: readTupleOrOne(source, at < 0 ? [] : children.slice(at + 1), range),
        range,
      };
    }
    case 'ImportStatement':
      return readImport(source, children, range);
    case 'IfStatement': {
      const branches: { condition: Expression; body: readonly Statement[] }[] = [];
      children.forEach((child, index) => {
        if (child.name !== 'if' && child.name !== 'elif') return;
        const next = children[index + 1];
        const hasCondition = next !== undefined && next.name !== 'Body';
        branches.push({
          condition: hasCondition ? readExpression(source, next, range) : missing(rangeOf(source, child)),
          body: body(children.slice(index + 1, index + 3).find((part) => part.name === 'Body')),
        });
      });
      return { kind: 'if', branches, otherwise: bodyAfter('else'), range };
    }
    case 'ForStatement': {
      const start = children.findIndex((child) => child.name === 'for');
      const inAt = children.findIndex((child) => child.name === 'in');
      const bodyAt = children.findIndex((child) => child.name === 'Body');
      return {
        kind: 'for',
        target: readTupleOrOne(source, children.slice(start + 1, Math.max(inAt, start + 1)), range),
        iterable: readTupleOrOne(source, inAt < 0 ? [] : children.slice(inAt + 1, bodyAt < 0 ? undefined : bodyAt), range),
        body: body(children[bodyAt]),
        otherwise: bodyAfter('else'),
        range,
      };
    }
    case 'WhileStatement':
      return {
        kind: 'while',
        condition: readExpression(source, children[1], range),
        body: body(children.find((child) => child.name === 'Body')),
        otherwise: bodyAfter('else'),
        range,
      };
    case 'TryStatement':
      return readTry(source, children, range, body, bodyAfter);
    case 'WithStatement':
      return readWith(source, children, range, body);
    case 'MatchStatement': {
      const clauses = childrenOf(children.find((child) => child.name === 'MatchBody') ?? node).filter((child) => child.name === 'MatchClause');
      return {
        kind: 'match',
        subject: readExpression(source, children[1], range),
        cases: clauses.map((clause) => ({ ...readCase(source, clause), body: body(childrenOf(clause).find((child) => child.name === 'Body')) })),
        range,
      };
    }
    case 'DecoratedStatement': {
      const definition = children.find((child) => child.name === 'FunctionDefinition' || child.name === 'ClassDefinition');
      const decorators = children.filter((child) => child.name === 'Decorator').map((child) => readDecorator(source, child));
      if (definition === undefined) return { kind: 'missing', range };
      return readDefinition(source, definition, range, decorators, depth);
    }
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return readDefinition(source, node, range, [], depth);
    case 'ReturnStatement':
      return { kind: 'return', value: children.length > 1 ? readTupleOrOne(source, children.slice(1), range) : null, range };
    case 'RaiseStatement':
      return { kind: 'raise', exception: children[1] === undefined ? null : readExpression(source, children[1], range), range };
    case 'DeleteStatement':
      return { kind: 'delete', targets: readList(source, children.slice(1), range), range };
    case 'TypeDefinition': {
      const name = children.find((child) => child.name === 'VariableName');
      const value = children[children.length - 1];
      return {
        kind: 'typeAlias',
        name: name === undefined ? '' : textOf(source, name),
        value: readExpression(source, value === name ? undefined : value, range),
        range,
      };
    }
    default:
      return { kind: simpleKinds[node.name] ?? 'missing', range };
  }
}

const simpleKinds: Readonly<Record<string, 'pass' | 'break' | 'continue' | 'assert' | 'scope' | 'print'>> = {
  PassStatement: 'pass',
  BreakStatement: 'break',
  ContinueStatement: 'continue',
  AssertStatement: 'assert',
  ScopeStatement: 'scope',
  PrintStatement: 'print',
};

/** A compound statement's node reaches over the line end, blank lines and comments behind it: end at the last thing written. */
function trimmed(source: Source, node: SyntaxNode): TextRange {
  const { start, end } = rangeOf(source, node);
  let last: SyntaxNode = node;
  for (;;) {
    let child = last.lastChild;
    while (child !== null && (child.name === 'Comment' || (child.type.isError && child.from === child.to))) child = child.prevSibling;
    // In strings only escapes and replacements are nodes: the text behind them and the closing quote are none.
    if (child === null || child.to > last.to || last.name === 'String' || last.name === 'FormatString') break;
    last = child;
  }
  return { start, end: Math.max(start, Math.min(end, rangeOf(source, last).end)) };
}

function readAssignment(source: Source, children: readonly SyntaxNode[], range: TextRange): Statement {
  const segments: SyntaxNode[][] = [[]];
  let annotation: Expression | null = null;
  for (const child of children) {
    if (child.name === 'AssignOp') segments.push([]);
    else if (child.name === 'TypeDef') annotation = readTypeDefinition(source, child);
    else segments[segments.length - 1]?.push(child);
  }
  const value = segments.length > 1 ? segments.pop() : undefined;
  return {
    kind: 'assign',
    targets: segments.filter((segment) => segment.length > 0).map((segment) => readTupleOrOne(source, segment, range)),
    annotation,
    value: value === undefined ? null : readTupleOrOne(source, value, range),
    range,
  };
}

function readImport(source: Source, children: readonly SyntaxNode[], range: TextRange): Statement {
  const importAt = children.findIndex((child) => child.name === 'import');
  const names = readImportedNames(source, children.slice(importAt + 1));
  if (children[0]?.name !== 'from') return { kind: 'import', names, range };
  const head = children.slice(1, importAt < 0 ? undefined : importAt);
  const named = head.filter((child) => child.name === 'VariableName');
  const firstName = head.findIndex((child) => child.name === 'VariableName');
  // Dots before the first name count as levels; `...` may come as one token.
  const leading = head
    .slice(0, firstName < 0 ? undefined : firstName)
    .map((child) => textOf(source, child))
    .join('');
  const first = head[0];
  const last = head[head.length - 1];
  return {
    kind: 'importFrom',
    level: leading.replace(/[^.]/g, '').length,
    module: named.map((child) => textOf(source, child)).join('.'),
    moduleRange: first === undefined || last === undefined ? range : { start: rangeOf(source, first).start, end: rangeOf(source, last).end },
    names,
    star: children.slice(importAt + 1).some((child) => child.name === '*'),
    range,
  };
}

function readImportedNames(source: Source, nodes: readonly SyntaxNode[]): ImportedName[] {
  const names: ImportedName[] = [];
  let parts: SyntaxNode[] = [];
  let alias: SyntaxNode | null = null;
  let afterAs = false;
  const flush = (): void => {
    const first = parts[0];
    const last = alias ?? parts[parts.length - 1];
    if (first !== undefined && last !== undefined) {
      names.push({
        name: parts.map((part) => textOf(source, part)).join('.'),
        alias: alias === null ? null : textOf(source, alias),
        range: { start: rangeOf(source, first).start, end: rangeOf(source, last).end },
      });
    }
    parts = [];
    alias = null;
    afterAs = false;
  };
  for (const node of nodes) {
    if (node.name === ',') flush();
    else if (node.name === 'as') afterAs = true;
    else if (node.name === 'VariableName') {
      if (afterAs) alias = node;
      else parts.push(node);
    }
  }
  flush();
  return names;
}

function readTry(
  source: Source,
  children: readonly SyntaxNode[],
  range: TextRange,
  body: (node: SyntaxNode | undefined) => Statement[],
  bodyAfter: (keyword: string) => Statement[],
): Statement {
  const handlers: { type: Expression | null; name: string | null; body: readonly Statement[] }[] = [];
  children.forEach((child, index) => {
    if (child.name !== 'except') return;
    const bodyAt = children.findIndex((part, at) => at > index && part.name === 'Body');
    const head = children.slice(index + 1, bodyAt < 0 ? undefined : bodyAt).filter((part) => part.name !== '*');
    const name = head.length > 2 ? head[head.length - 1] : undefined;
    handlers.push({
      type: head[0] === undefined ? null : readExpression(source, head[0], range),
      name: name?.name === 'VariableName' ? textOf(source, name) : null,
      body: body(children[bodyAt]),
    });
  });
  return { kind: 'try', body: bodyAfter('try'), handlers, otherwise: bodyAfter('else'), finally: bodyAfter('finally'), range };
}

function readWith(
  source: Source,
  children: readonly SyntaxNode[],
  range: TextRange,
  body: (node: SyntaxNode | undefined) => Statement[],
): Statement {
  const start = children.findIndex((child) => child.name === 'with') + 1;
  const bodyAt = children.findIndex((child) => child.name === 'Body');
  const items: { context: Expression; target: Expression | null }[] = [];
  let context: SyntaxNode | undefined;
  const head = children.slice(start, bodyAt < 0 ? undefined : bodyAt);
  for (let i = 0; i < head.length; i++) {
    const child = head[i];
    if (child === undefined || child.name === ',') continue;
    if (child.name === 'as') {
      const target = head[++i];
      const last = items[items.length - 1];
      if (last !== undefined) items[items.length - 1] = { ...last, target: readExpression(source, target, range) };
    } else {
      context = child;
      items.push({ context: readExpression(source, context, range), target: null });
    }
  }
  return { kind: 'with', items, body: body(children[bodyAt]), range };
}

/** `@a.b(c)`: lezer leaves the dotted name and its arguments as flat siblings. */
function readDecorator(source: Source, node: SyntaxNode): Expression {
  const children = childrenOf(node);
  const range = rangeOf(source, node);
  let result: Expression | null = null;
  for (const child of children) {
    const here = rangeOf(source, child);
    if (child.name === 'VariableName' || child.name === 'PropertyName') {
      const name = textOf(source, child);
      result =
        result === null
          ? { kind: 'name', name, range: here }
          : { kind: 'attribute', object: result, name, nameRange: here, range: { start: result.range.start, end: here.end } };
    } else if (child.name === 'ArgList' && result !== null) {
      const { args, keywords } = readArguments(source, child);
      result = { kind: 'call', callee: result, args, keywords, argumentsRange: here, range: { start: result.range.start, end: here.end } };
    }
  }
  return result ?? missing(range);
}

function readDefinition(source: Source, node: SyntaxNode, range: TextRange, decorators: readonly Expression[], depth: number): Statement {
  const children = childrenOf(node);
  const nameNode = children.find((child) => child.name === 'VariableName');
  const bodyNode = children.find((child) => child.name === 'Body');
  const body = bodyNode === undefined ? [] : readBlock(source, childrenOf(bodyNode), depth + 1);
  const nameRange = nameNode === undefined ? { start: range.start, end: range.start } : rangeOf(source, nameNode);
  const name = nameNode === undefined ? '' : textOf(source, nameNode);
  const bodyRange =
    bodyNode === undefined
      ? { start: range.end, end: range.end }
      : { start: rangeOf(source, bodyNode).start + 1, end: Math.max(body[body.length - 1]?.range.end ?? 0, rangeOf(source, bodyNode).start + 1) };
  const shared = { name, nameRange, decorators, body, bodyRange, docstring: docstringOf(body), range };
  if (node.name === 'ClassDefinition') {
    const list = children.find((child) => child.name === 'ArgList');
    const { args, keywords } = list === undefined ? { args: [], keywords: [] } : readArguments(source, list);
    return { kind: 'class', ...shared, bases: args, keywords };
  }
  const parameters = children.find((child) => child.name === 'ParamList');
  const returns = children.find((child) => child.name === 'TypeDef');
  return {
    kind: 'function',
    ...shared,
    parameters: parameters === undefined ? [] : readParameters(source, parameters),
    returns: returns === undefined ? null : readTypeDefinition(source, returns),
    isAsync: children.some((child) => child.name === 'async'),
  };
}
