import type { Place } from '../text/text';
import { decoratorsOf } from './attributes';
import { callBuiltin, callLibrary } from './builtins';
import { findMember } from './classes';
import { functionalEnum, isEnum, memberByValue } from './enums';
import type { Reading } from './evaluate';
import { evaluateExpression } from './expressions';
import { callOnInstance, callOnSuper, makeInstance } from './instances';
import { callMethod } from './methods';
import { newScope, type Scope } from './scope';
import { executeBlock } from './statements';
import type { Call, Expression, Parameter } from './expression-syntax';
import type { Statement } from './syntax';
import type { CallValue, Located, Value } from './values';

type FunctionValue = Value & { readonly kind: 'function' };

/** The value of a call: worked out where that is possible without running anything, else kept as a call value. */
export function callValue(
  reading: Reading,
  callee: Value,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  at: Place,
  syntax?: Call,
  scope?: Scope,
): Value {
  const kept: CallValue & Located = { kind: 'call', callee, args, keywords, ...(syntax === undefined ? {} : { syntax }), at };
  switch (callee.kind) {
    case 'symbol': {
      if (callee.name.startsWith('builtins.')) return callBuiltin(reading, callee.name.slice('builtins.'.length), kept, scope) ?? kept;
      if (/^(enum|strenum)\.\w*Enum$/.test(callee.name)) return functionalEnum(kept, at.path) ?? kept;
      return callLibrary(callee.name, kept) ?? kept;
    }
    case 'function': {
      reading.walked = null;
      const result = inlineFunction(reading, callee, args, keywords, at);
      // What it does was told while it was walked; what it gives is not known.
      if (result === null && reading.walked === callee.definition) reading.run?.reported.add(kept);
      return result ?? kept;
    }
    case 'lambda':
      return inlineLambda(reading, callee, args, keywords) ?? kept;
    case 'class':
      if (isEnum(callee) && args[0] !== undefined && args.length === 1) return memberByValue(reading, callee, args[0]) ?? kept;
      return reading.run === null ? kept : makeInstance(reading, callee, kept);
    case 'attribute':
      if (callee.object.kind === 'class') {
        const found = findMember(callee.object, callee.name)?.member;
        if (found?.value?.kind === 'function') {
          const bound = found.decorators.some((decorator) => decorator.kind === 'symbol' && decorator.name === 'builtins.classmethod');
          return inlineFunction(reading, found.value, bound ? [callee.object, ...args] : args, keywords, at) ?? kept;
        }
      }
      if (reading.instances.has(callee.object) || reading.supers.has(callee.object)) {
        reading.walked = null;
        const result = (reading.supers.has(callee.object) ? callOnSuper : callOnInstance)(reading, callee.object, callee.name, args, keywords, at);
        if (result === null && reading.walked !== null) reading.run?.reported.add(kept);
        return result ?? kept;
      }
      return callMethod(callee.object, callee.name, kept) ?? kept;
    case 'call':
      // functools.partial(f, x)(y)
      if (callee.callee.kind === 'symbol' && callee.callee.name === 'functools.partial' && callee.args[0] !== undefined) {
        const merged = new Map([...callee.keywords, ...keywords]);
        return callValue(reading, callee.args[0], [...callee.args.slice(1), ...args], merged, at, syntax, scope);
      }
      return kept;
    default:
      return kept;
  }
}

const transparent = new Set(['builtins.staticmethod', 'builtins.classmethod', 'functools.lru_cache', 'functools.cache', 'functools.wraps', 'typing.no_type_check']);

/**
 * Follows a function of the workspace; null where it can not be followed (recursion, generators, coroutines, unknown
 * decorators, arguments that do not fit, a result that hangs on something unknown).
 */
export function inlineFunction(
  reading: Reading,
  callee: FunctionValue,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  at: Place,
  decorated = false,
): Value | null {
  const definition = callee.definition;
  const closure = reading.closures.get(callee);
  if (closure === undefined || (definition.isAsync && !reading.isAsync) || reading.callStack.length > 20 || reading.callStack.includes(definition)) return null;
  if (hasYield(definition.body)) return null;
  if (!decorated && !hasTransparentDecorators(reading, callee)) return null;
  const scope = newScope('function', closure.module, closure);
  if (!bindParameters(reading, definition.parameters, args, keywords, scope, closure, at)) return null;
  reading.callStack.push(definition);
  const run = reading.run;
  const guards = run?.guards;
  if (run !== null) run.helperDepth++;
  const signal = executeBlock(reading, definition.body, scope);
  reading.walked = definition;
  if (run !== null) run.helperDepth--;
  if (run !== null && guards !== undefined) run.guards = guards;
  reading.callStack.pop();
  if (signal.kind === 'return') return signal.value;
  if (signal.kind === 'next') return { kind: 'none', at };
  return null;
}

/**
 * What a function does that something outside of the workspace calls with these values, a coroutine function too (what it awaits is
 * done at once). False: it cannot be followed.
 */
export function followFunction(reading: Reading, callee: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>, at: Place): boolean {
  if (callee.kind !== 'function') return false;
  const outer = reading.isAsync;
  reading.isAsync = callee.definition.isAsync;
  reading.walked = null;
  const result = inlineFunction(reading, callee, args, keywords, at);
  reading.isAsync = outer;
  return result !== null || reading.walked === callee.definition;
}

/**
 * What `with f(…)` does where `f` is a `@contextmanager` of the workspace: at its beginning all that stands before the
 * `yield`, at its end what stands behind it. Answers with what is yielded; null: it is none, or cannot be followed.
 */
export function followContext(reading: Reading, context: Value, phase: 'enter' | 'leave'): Value | null {
  const { run } = reading;
  if (run === null || context.kind !== 'call' || context.callee.kind !== 'function') return null;
  const { callee } = context;
  const isManager = decoratorsOf(reading, callee).some((decorator) => decorator.kind === 'symbol' && /(^|\.)contextmanager$/.test(decorator.name));
  if (!isManager || !hasYield(callee.definition.body)) return null;
  const closure = reading.closures.get(callee);
  if (closure === undefined || reading.callStack.length > 20 || reading.callStack.includes(callee.definition)) return null;
  const scope = newScope('function', closure.module, closure);
  if (!bindParameters(reading, callee.definition.parameters, context.args, context.keywords, scope, closure, context.at)) return null;
  const outer = { yielding: run.yielding, guards: run.guards };
  run.yielding = { phase, value: null };
  reading.callStack.push(callee.definition);
  run.helperDepth++;
  executeBlock(reading, callee.definition.body, scope);
  run.helperDepth--;
  reading.callStack.pop();
  const yielded = run.yielding.value ?? { kind: 'none', at: context.at };
  Object.assign(run, outer);
  return yielded;
}

/** Decorators are calls themselves, and may lead back to the function that they decorate. */
function hasTransparentDecorators(reading: Reading, callee: FunctionValue): boolean {
  reading.callStack.push(callee.definition);
  const transparent = decoratorsOf(reading, callee).every(isTransparent);
  reading.callStack.pop();
  return transparent;
}

function isTransparent(decorator: Value): boolean {
  if (decorator.kind === 'call') return isTransparent(decorator.callee);
  return decorator.kind === 'symbol' && transparent.has(decorator.name);
}

function inlineLambda(reading: Reading, callee: Value & { readonly kind: 'lambda' }, args: readonly Value[], keywords: ReadonlyMap<string, Value>): Value | null {
  const closure = reading.closures.get(callee);
  if (closure === undefined || reading.callStack.length > 20 || reading.callStack.includes(callee.syntax)) return null;
  const scope = newScope('function', closure.module, closure);
  if (!bindParameters(reading, callee.syntax.parameters, args, keywords, scope, closure, callee.at)) return null;
  reading.callStack.push(callee.syntax);
  const result = evaluateExpression(reading, callee.syntax.body, scope);
  reading.callStack.pop();
  return result;
}

/** Python's rules for passing arguments; false where they do not fit or are not all known. */
function bindParameters(
  reading: Reading,
  parameters: readonly Parameter[],
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  scope: Scope,
  closure: Scope,
  at: Place,
): boolean {
  if (keywords.has('**')) return false;
  const positional = [...args];
  const rest = new Map(keywords);
  for (const parameter of parameters) {
    let value: Value | undefined;
    if (parameter.kind === 'args') value = { kind: 'tuple', items: positional.splice(0), at };
    else if (parameter.kind === 'kwargs') {
      value = { kind: 'dict', entries: [...rest].map(([key, entry]) => [{ kind: 'string', value: key, at: entry.at } as const, entry] as const), at };
      rest.clear();
    } else {
      if (parameter.kind === 'positional' && positional.length > 0) value = positional.shift();
      else {
        value = rest.get(parameter.name);
        rest.delete(parameter.name);
      }
      if (value === undefined && parameter.default !== null) value = evaluateExpression(reading, parameter.default, closure);
    }
    if (value === undefined) return false;
    scope.bindings.set(parameter.name, value);
  }
  return positional.length === 0 && rest.size === 0;
}

const generators = new WeakMap<readonly Statement[], boolean>();

/** Whether a body makes its function a generator. */
function hasYield(body: readonly Statement[]): boolean {
  const known = generators.get(body);
  if (known !== undefined) return known;
  const result = body.some((statement) => {
    switch (statement.kind) {
      case 'expression':
        return isYield(statement.value);
      case 'assign':
        return statement.value !== null && isYield(statement.value);
      case 'if':
        return statement.branches.some((branch) => hasYield(branch.body)) || hasYield(statement.otherwise);
      case 'for':
      case 'while':
      case 'with':
        return hasYield(statement.body);
      case 'match':
        return statement.cases.some((one) => hasYield(one.body));
      case 'try':
        return hasYield(statement.body) || statement.handlers.some((handler) => hasYield(handler.body)) || hasYield(statement.finally);
      default:
        return false;
    }
  });
  generators.set(body, result);
  return result;
}

function isYield(expression: Expression): boolean {
  return expression.kind === 'suspension' && expression.keyword === 'yield';
}
