import { message } from '../text/problem';
import type { Place, TextRange } from '../text/text';
import { attributeOf } from './attributes';
import { callValue } from './calls';
import type { Reading } from './evaluate';
import { boolAt, entryOf, itemsOf, numberOf, stringAt, truth, unknown } from './known';
import { applyBinary, applyUnary, reprOf, textOfValue } from './operators';
import { isBuiltin } from './builtins';
import { lookUp, newScope, rebind, type Scope } from './scope';
import { bindTarget } from './assignments';
import type { Call, Comprehension, ComprehensionClause, Expression, FormatString } from './expression-syntax';
import type { Value } from './values';
import { mutate } from './mutate';

/**
 * What an expression is known to be. `place` overrides the place of every value: for text that does not stand in the file
 * as an expression (forward references).
 */
export function evaluateExpression(reading: Reading, expression: Expression, scope: Scope, place?: Place): Value {
  const at = (range: TextRange): Place => place ?? { path: scope.module.path, range };
  const here = at(expression.range);
  const inner = (part: Expression): Value => evaluateExpression(reading, part, scope, place);
  switch (expression.kind) {
    case 'name':
      return nameValue(reading, expression.name, scope, here);
    case 'constant':
      if (expression.value === 'None') return { kind: 'none', at: here };
      if (expression.value === '...') return { kind: 'symbol', name: 'builtins.Ellipsis', at: here };
      return boolAt(expression.value === 'True', here);
    case 'number':
      return { kind: 'number', text: expression.text, at: here };
    case 'string':
      return { kind: 'string', value: expression.value, ...(place === undefined ? { literal: expression } : {}), at: here };
    case 'formatString':
      return formatValue(expression, inner, here);
    case 'list':
    case 'tuple':
    case 'set':
      return { kind: expression.kind, items: spread(expression.items, inner), at: here };
    case 'dict': {
      const entries: (readonly [Value, Value])[] = [];
      for (const entry of expression.entries) {
        const value = inner(entry.value);
        if (entry.key !== null) entries.push([inner(entry.key), value]);
        else if (value.kind === 'dict') entries.push(...value.entries);
        else entries.push([unknown(value.at, 'The keys of what is spread here are not known.'), value]);
      }
      return { kind: 'dict', entries, at: here };
    }
    case 'comprehension':
      return comprehensionValue(reading, expression, scope, here, place);
    case 'call':
      return knownToHost(reading, evaluateCall(reading, expression, scope, here, place));
    case 'attribute':
      return knownToHost(reading, attributeOf(reading, inner(expression.object), expression.name, here));
    case 'subscript':
      return subscriptValue(reading, inner(expression.object), expression.index.map(inner), here);
    case 'slice':
      return {
        kind: 'operation',
        operator: ':',
        operands: [expression.lower, expression.upper, expression.step].map((part) => (part === null ? { kind: 'none', at: here } : inner(part))),
        at: here,
      };
    case 'unary':
      return applyUnary(expression.operator, inner(expression.operand), here);
    case 'binary': {
      const left = inner(expression.left);
      if (expression.operator === 'and' || expression.operator === 'or') {
        const decided = truth(left);
        if (decided !== null) return decided === (expression.operator === 'and') ? inner(expression.right) : left;
        return { kind: 'operation', operator: expression.operator, operands: [left, inner(expression.right)], at: here };
      }
      return applyBinary(expression.operator, left, inner(expression.right), here);
    }
    case 'conditional': {
      const condition = inner(expression.condition);
      const decided = truth(condition);
      if (decided !== null) return inner(decided ? expression.then : expression.otherwise);
      return { kind: 'operation', operator: 'if', operands: [condition, inner(expression.then), inner(expression.otherwise)], at: here };
    }
    case 'lambda': {
      const value: Value = { kind: 'lambda', syntax: expression, at: here };
      reading.closures.set(value, scope);
      return value;
    }
    case 'named': {
      const value = inner(expression.value);
      bindTarget(reading, { kind: 'name', name: expression.name, range: expression.range }, value, scope);
      return value;
    }
    case 'starred':
      return inner(expression.value);
    case 'suspension': {
      const yielding = reading.run?.yielding ?? null;
      if (yielding !== null && expression.keyword === 'yield') {
        yielding.value = expression.value === null ? { kind: 'none', at: here } : inner(expression.value);
        return { kind: 'none', at: here };
      }
      if (reading.isAsync && expression.keyword === 'await' && expression.value !== null) return inner(expression.value);
      return unknown(here, 'What {keyword} yields is known only when it runs.', { keyword: expression.keyword });
    }
    case 'missing':
      return unknown(here, 'Nothing that can be read stands here.');
  }
}

/** What stands for a value that whoever has the script run knows more about. */
function knownToHost(reading: Reading, value: Value): Value {
  const { run } = reading;
  if ((value.kind !== 'call' && value.kind !== 'attribute') || run === null) return value;
  const answer = run.host.known?.(value) ?? value;
  if (!('raises' in answer)) return answer;
  run.raised ??= answer.raises;
  return unknown(value.at, 'This raises {exception}.', { exception: answer.raises });
}

/** The values of items; `*known` is spread, `*unknown` stays one unknown item. */
export function spread(items: readonly Expression[], evaluate: (item: Expression) => Value): Value[] {
  const result: Value[] = [];
  for (const item of items) {
    const value = evaluate(item);
    if (item.kind !== 'starred') result.push(value);
    else {
      const inside = itemsOf(value);
      if (inside !== null) result.push(...inside);
      else result.push(unknown(value.at, 'What is spread here with * is not known.'));
    }
  }
  return result;
}

function nameValue(reading: Reading, name: string, scope: Scope, at: Place): Value {
  const found = lookUp(scope, name);
  if (found !== null) return found;
  if (isBuiltin(name)) return { kind: 'symbol', name: `builtins.${name}`, at };
  return unknown(at, '`{name}` is not defined here.', { name });
}

function formatValue(expression: FormatString, evaluate: (part: Expression) => Value, at: Place): Value {
  const parts = expression.pieces.map((piece): Value => {
    if (piece.kind === 'text') return stringAt(piece.value, at);
    const value = evaluate(piece.value);
    let part = piece.conversion === 'r' ? reprOf(value) : textOfValue(value);
    // One of two texts, and it is not known which.
    if (value.kind === 'operation' && value.operator === 'if' && piece.spec === null && !piece.selfDocumenting) return value;
    if (part !== null && piece.spec !== null) part = applySpec(part, value, piece.spec);
    return part === null || piece.selfDocumenting ? unknown(at, 'A part of this f-string is not known without running it.') : stringAt(part, at);
  });
  const text = parts.map((part) => (part.kind === 'string' ? part.value : null));
  if (text.every((part) => part !== null)) return stringAt(text.join(''), at);
  return { kind: 'unknown', reason: message('A part of this f-string is not known without running it.'), parts, at };
}

/** The common format specifications: width, alignment, zero padding; null for others. */
export function applySpec(text: string, value: Value, spec: string): string | null {
  const match = /^(?:(.)?([<>^]))?(0)?(\d+)?([sd])?$/.exec(spec);
  if (match === null) return null;
  const width = Number(match[4] ?? 0);
  const fill = match[1] ?? (match[3] === undefined ? ' ' : '0');
  const align = match[2] ?? (value.kind === 'number' ? '>' : '<');
  if (align === '^') return text.padStart(Math.floor((width + text.length) / 2), fill).padEnd(width, fill);
  return align === '>' ? text.padStart(width, fill) : text.padEnd(width, fill);
}

function comprehensionValue(reading: Reading, expression: Comprehension, scope: Scope, at: Place, place: Place | undefined): Value {
  const items: Value[] = [];
  const entries: [Value, Value][] = [];
  const visit = (clauses: readonly ComprehensionClause[], inner: Scope): Value | null => {
    const clause = clauses[0];
    if (clause === undefined) {
      const element = evaluateExpression(reading, expression.element, inner, place);
      if (expression.value === null) items.push(element);
      else entries.push([element, evaluateExpression(reading, expression.value, inner, place)]);
      return null;
    }
    const sequence = iterate(reading, evaluateExpression(reading, clause.iterable, inner, place));
    if (sequence === null) return unknown(at, 'What this loops over is not known without running it.');
    for (const item of sequence) {
      if (++reading.steps > maximumSteps) return unknown(at, 'This loop is too long to be followed.');
      const next = newScope('function', scope.module, inner);
      bindTarget(reading, clause.target, item, next);
      const decided = clause.conditions.map((condition) => truth(evaluateExpression(reading, condition, next, place)));
      if (decided.includes(false)) continue;
      if (decided.includes(null)) return unknown(at, 'A condition in this comprehension is not known without running it.');
      const failed = visit(clauses.slice(1), next);
      if (failed !== null) return failed;
    }
    return null;
  };
  // In a loop over something unknown its calls are still worth seeing while a script is walked.
  const outerEvents = reading.run?.loopDepth ?? 0;
  if (reading.run !== null) reading.run.loopDepth++;
  const failed = visit(expression.clauses, comprehensionScope(scope));
  if (reading.run !== null) reading.run.loopDepth = outerEvents;
  if (failed !== null) return failed;
  if (expression.collection === 'dict') return { kind: 'dict', entries, at };
  return { kind: expression.collection === 'generator' ? 'list' : expression.collection, items, at };
}

/** Class bodies are visible to their comprehensions here; Python hides them, but then the code would not run. */
function comprehensionScope(scope: Scope): Scope {
  return { ...newScope('function', scope.module, scope), branch: true };
}

/** A bound on everything one reading walks, so that loops in loops can not hold it up. */
export const maximumSteps = 200_000;

/** The items that iterating yields, enum classes included; null: not known. */
export function iterate(reading: Reading, value: Value): readonly Value[] | null {
  if (value.kind === 'class') return attributeOf(reading, value, '__members__', value.at).kind === 'dict' ? enumItems(reading, value) : null;
  return itemsOf(value);
}

function enumItems(reading: Reading, value: Value): readonly Value[] | null {
  const members = attributeOf(reading, value, '__members__', value.at);
  if (members.kind !== 'dict') return null;
  return members.entries.filter(([name, member]) => member.kind === 'enumMember' && name.kind === 'string' && member.name === name.value).map(([, member]) => member);
}

function subscriptValue(reading: Reading, object: Value, index: readonly Value[], at: Place): Value {
  const first = index[0];
  if (first !== undefined && index.length === 1) {
    if (object.kind === 'dict') {
      const entry = entryOf(object, first);
      if (entry !== undefined && entry !== null) return entry;
    }
    if (object.kind === 'list' || object.kind === 'tuple' || object.kind === 'string') {
      const sliced = sliceOf(object, first, at);
      if (sliced !== null) return sliced;
    }
    if (object.kind === 'class' && first.kind === 'string') {
      const members = attributeOf(reading, object, '__members__', at);
      const member = members.kind === 'dict' ? entryOf(members, first) : undefined;
      if (member !== undefined && member !== null) return member;
    }
  }
  const flat = index.length === 1 && first?.kind === 'tuple' ? first.items : index;
  return { kind: 'subscript', object, index: flat, at };
}

function sliceOf(object: Extract<Value, { readonly kind: 'list' | 'tuple' | 'set' | 'string' }>, index: Value, at: Place): Value | null {
  const items = object.kind === 'string' ? [...object.value] : object.items;
  const number = numberOf(index);
  if (number !== null) {
    const item = items[number < 0 ? items.length + number : number];
    return item === undefined ? null : typeof item === 'string' ? stringAt(item, at) : item;
  }
  if (index.kind !== 'operation' || index.operator !== ':') return null;
  const [from, to, step] = index.operands.map((part) => (part.kind === 'none' ? undefined : numberOf(part)));
  if (from === null || to === null || step === null || (step !== undefined && step !== 1 && step !== -1)) return null;
  if (step === -1 && (from !== undefined || to !== undefined)) return null;
  const part = step === -1 ? [...items].reverse() : items.slice(from, to);
  if (object.kind === 'string') return stringAt(part.join(''), at);
  return { kind: object.kind, items: part as Value[], at };
}

function evaluateCall(reading: Reading, expression: Call, scope: Scope, at: Place, place: Place | undefined): Value {
  const inner = (part: Expression): Value => evaluateExpression(reading, part, scope, place);
  const callee = inner(expression.callee);
  const args = spread(expression.args, inner);
  const keywords = new Map<string, Value>();
  for (const keyword of expression.keywords) {
    const value = inner(keyword.value);
    if (keyword.name !== null) keywords.set(keyword.name, value);
    else if (value.kind === 'dict' && value.entries.every(([key]) => key.kind === 'string')) {
      for (const [key, entry] of value.entries) if (key.kind === 'string') keywords.set(key.value, entry);
    } else keywords.set('**', value);
  }
  // `names.append(x)` changes what `names` stands for.
  if (expression.callee.kind === 'attribute' && expression.callee.object.kind === 'name') {
    const name = expression.callee.object.name;
    const changed = mutate(lookUp(scope, name), expression.callee.name, args, keywords);
    if (changed !== null) {
      rebind(scope, name, changed.value);
      return changed.result;
    }
  }
  return callValue(reading, callee, args, keywords, at, expression, scope);
}
