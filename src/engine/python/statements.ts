import type { Place } from '../text/text';
import { bindTarget, executeAssignment, executeUpdate } from './assignments';
import { decide, disagreement, executeIf, executeMatch } from './branches';
import { followContext } from './calls';
import { executeClass } from './class-bodies';
import type { Reading } from './evaluate';
import { evaluateExpression, iterate, maximumSteps } from './expressions';
import { executeImport, executeImportFrom } from './import-statements';
import { unknown } from './known';
import { reportContext, reportRaise, reportUnknown, reportValue, type Guard, type RunState } from './run';
import { assign, branchOf, type Binding, type Scope } from './scope';
import type { For, Statement, Try, While } from './syntax';
import type { Value } from './values';

/** How a block ended. `uncertain`: it may have returned before its end. */
export type Signal =
  | { readonly kind: 'next' | 'break' | 'continue' | 'raise' | 'uncertain' }
  | { readonly kind: 'return'; readonly value: Value };

export const next: Signal = { kind: 'next' };

/** Walks statements in order, binding names in `scope`. */
export function executeBlock(reading: Reading, statements: readonly Statement[], scope: Scope): Signal {
  let uncertain = false;
  for (const statement of statements) {
    if (++reading.steps > maximumSteps) return { kind: 'uncertain' };
    const run = reading.run;
    const outer = run === null ? null : { statement: run.statement, origin: run.origin };
    if (run !== null) {
      run.statement = { path: scope.module.path, range: statement.range };
      if (run.helperDepth === 0) run.origin = run.statement;
    }
    const signal = run?.host.statement !== undefined && isPlainlyRun(run) ? run.host.statement(statement, scope, () => execute(reading, statement, scope)) : execute(reading, statement, scope);
    if (run !== null && outer !== null) Object.assign(run, outer);
    if (run !== null && run.raised !== null) return { kind: 'raise' };
    if (signal.kind === 'uncertain') uncertain = true;
    else if (signal.kind !== 'next') return uncertain && signal.kind === 'return' ? { kind: 'uncertain' } : signal;
  }
  return uncertain ? { kind: 'uncertain' } : next;
}

function isPlainlyRun({ guards, loopDepth, helperDepth, yielding }: RunState): boolean {
  return guards.length === 0 && loopDepth === 0 && helperDepth === 0 && yielding === null;
}

function execute(reading: Reading, statement: Statement, scope: Scope): Signal {
  const at: Place = { path: scope.module.path, range: statement.range };
  const run = reading.run;
  switch (statement.kind) {
    case 'expression': {
      const value = evaluateExpression(reading, statement.value, scope);
      if (run !== null) reportValue(run, value, null, at);
      else if (value.kind === 'call' && scope.kind === 'module') scope.module.calls.push({ name: null, call: value });
      return next;
    }
    case 'assign':
      executeAssignment(reading, statement, scope);
      return next;
    case 'update':
      executeUpdate(reading, statement, scope);
      return next;
    case 'import':
      executeImport(reading, statement, scope);
      return next;
    case 'importFrom':
      executeImportFrom(reading, statement, scope);
      return next;
    case 'function': {
      const value: Value = { kind: 'function', name: statement.name, definition: statement, path: scope.module.path, at };
      reading.closures.set(value, scope);
      assign(scope, statement.name, value);
      return next;
    }
    case 'class':
      assign(scope, statement.name, executeClass(reading, statement, scope));
      return next;
    case 'typeAlias':
      assign(scope, statement.name, evaluateExpression(reading, statement.value, scope));
      return next;
    case 'return': {
      const value: Value = statement.value === null ? { kind: 'none', at } : evaluateExpression(reading, statement.value, scope);
      if (run !== null && value.kind === 'call') reportValue(run, value, null, at);
      return { kind: 'return', value };
    }
    case 'raise': {
      if (run !== null) reportRaise(run, statement.exception === null ? null : evaluateExpression(reading, statement.exception, scope), at);
      return { kind: 'raise' };
    }
    case 'if':
      return executeIf(reading, statement, scope);
    case 'for':
      return executeFor(reading, statement, scope);
    case 'while':
      return executeWhile(reading, statement, scope);
    case 'try':
      return executeTry(reading, statement, scope);
    case 'with': {
      const contexts: { readonly context: Value; readonly followed: boolean }[] = [];
      for (const item of statement.items) {
        const context = evaluateExpression(reading, item.context, scope);
        const yielded = followContext(reading, context, 'enter');
        contexts.push({ context, followed: yielded !== null });
        if (run !== null) reportContext(run, 'enter', context, yielded !== null);
        if (item.target !== null) bindTarget(reading, item.target, yielded ?? context, scope);
      }
      const signal = executeBlock(reading, statement.body, scope);
      for (const { context, followed } of run === null ? [] : contexts.reverse()) {
        if (followed) followContext(reading, context, 'leave');
        if (run !== null) reportContext(run, 'leave', context, followed);
      }
      return signal;
    }
    case 'match':
      return executeMatch(reading, statement, scope);
    case 'delete':
      for (const target of statement.targets) if (target.kind === 'name') scope.bindings.delete(target.name);
      return next;
    case 'break':
    case 'continue':
      return { kind: statement.kind };
    case 'missing':
      if (run !== null) reportUnknown(run, at, 'This statement could not be read.');
      return next;
    default:
      return next;
  }
}

function executeFor(reading: Reading, statement: For, scope: Scope): Signal {
  const run = reading.run;
  const iterable = evaluateExpression(reading, statement.iterable, scope);
  const items = iterate(reading, iterable);
  if (items === null) return executeUnknownLoop(reading, statement, iterable, scope);
  let ended: Signal = next;
  if (run !== null) run.loopDepth++;
  for (const item of items) {
    bindTarget(reading, statement.target, item, scope);
    const signal = executeBlock(reading, statement.body, scope);
    if (reading.steps > maximumSteps || signal.kind === 'uncertain') ended = { kind: 'uncertain' };
    if (signal.kind === 'break' || signal.kind === 'return' || signal.kind === 'raise') {
      ended = signal.kind === 'break' ? next : signal;
      break;
    }
  }
  if (run !== null) run.loopDepth--;
  if (ended.kind !== 'next') return ended;
  return executeBlock(reading, statement.otherwise, scope);
}

function executeWhile(reading: Reading, statement: While, scope: Scope): Signal {
  const condition = evaluateExpression(reading, statement.condition, scope);
  if (decide(reading, condition) === false) return executeBlock(reading, statement.otherwise, scope);
  return executeUnknownLoop(reading, statement, condition, scope);
}

/** A loop that runs an unknown number of times: its body is walked once, and what it binds is unknown afterwards. */
function executeUnknownLoop(reading: Reading, statement: For | While, over: Value, scope: Scope): Signal {
  const run = reading.run;
  const before = run?.guards ?? [];
  const inner = branchOf(scope);
  if (statement.kind === 'for') {
    const place: Place = { path: scope.module.path, range: statement.target.range };
    bindTarget(reading, statement.target, unknown(place, 'What this loops over is not known without running it.'), inner);
  }
  if (run !== null) withLoop(run, { kind: 'loop', condition: over, holds: true }, () => executeBlock(reading, statement.body, inner));
  else executeBlock(reading, statement.body, inner);
  if (run !== null) run.guards = before;
  for (const [name, binding] of inner.bindings) {
    scope.bindings.set(name, scope.bindings.has(name) ? disagreement(binding) : binding);
  }
  return containsReturn(statement.body) ? { kind: 'uncertain' } : next;
}

function withLoop(run: RunState, guard: Guard, body: () => void): void {
  run.guards = [...run.guards, guard];
  run.loopDepth++;
  body();
  run.loopDepth--;
}

function containsReturn(body: readonly Statement[]): boolean {
  return body.some((statement) => {
    if (statement.kind === 'return') return true;
    if (statement.kind === 'if') return statement.branches.some((branch) => containsReturn(branch.body)) || containsReturn(statement.otherwise);
    if (statement.kind === 'for' || statement.kind === 'while' || statement.kind === 'with' || statement.kind === 'try') return containsReturn(statement.body);
    if (statement.kind === 'match') return statement.cases.some(({ body: inner }) => containsReturn(inner));
    return false;
  });
}

/** The body is taken as going through; what only a handler binds (a fallback import) is there as well. */
function executeTry(reading: Reading, statement: Try, scope: Scope): Signal {
  const run = reading.run;
  const signal = executeBlock(reading, statement.body, scope);
  const before = run?.guards ?? [];
  if (run !== null && run.raised !== null) return caught(reading, run, statement, scope);
  for (const handler of statement.handlers) {
    const inner = branchOf(scope);
    const at: Place = { path: scope.module.path, range: handler.type?.range ?? statement.range };
    if (handler.name !== null) inner.bindings.set(handler.name, unknown(at, 'An exception is known only when it happens.'));
    const condition = unknown(at, 'Whether an exception is raised is not known without running it.');
    if (run !== null) run.guards = [...before, { kind: 'exception', condition, holds: true }];
    executeBlock(reading, handler.body, inner);
    if (run !== null) run.guards = before;
    for (const [name, binding] of inner.bindings) {
      if (name === handler.name) continue;
      const first = scope.bindings.get(name);
      if (first === undefined) scope.bindings.set(name, binding);
      else if (first.kind === 'lazy') scope.bindings.set(name, withFallback(first, binding));
    }
  }
  const after = signal.kind === 'next' ? executeBlock(reading, statement.otherwise, scope) : signal;
  const last = executeBlock(reading, statement.finally, scope);
  return last.kind === 'next' ? after : last;
}

/** What happens when the body is known to raise: the first handler that takes the exception, or none. */
function caught(reading: Reading, run: RunState, statement: Try, scope: Scope): Signal {
  const raised = run.raised;
  run.raised = null;
  const handler = statement.handlers.find(({ type }) => type === null || catches(evaluateExpression(reading, type, scope), raised ?? ''));
  if (handler?.name !== undefined && handler.name !== null) {
    const at: Place = { path: scope.module.path, range: handler.type?.range ?? statement.range };
    scope.bindings.set(handler.name, unknown(at, 'An exception is known only when it happens.'));
  }
  const signal: Signal = handler === undefined ? { kind: 'raise' } : executeBlock(reading, handler.body, scope);
  const last = executeBlock(reading, statement.finally, scope);
  if (handler === undefined) run.raised ??= raised;
  return last.kind === 'next' ? signal : last;
}

/** Whether `except type` takes an exception of SQLAlchemy's, all of which are `SQLAlchemyError`s. */
function catches(type: Value, raised: string): boolean {
  if (type.kind === 'tuple') return type.items.some((item) => catches(item, raised));
  if (type.kind !== 'symbol') return false;
  const name = type.name.slice(type.name.lastIndexOf('.') + 1);
  return name === raised || name === 'Exception' || name === 'BaseException' || name === 'SQLAlchemyError' || name === 'InvalidRequestError';
}

/** An import in a `try` that leads nowhere gives way to what the handler binds. */
function withFallback(first: Binding & { readonly kind: 'lazy' }, second: Binding): Binding {
  return {
    kind: 'lazy',
    force: () => {
      const value = first.force();
      if (value.kind !== 'unknown') return value;
      return second.kind === 'lazy' ? second.force() : second;
    },
  };
}

