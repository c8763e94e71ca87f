import { evaluateExpression } from './expressions';
import type { Reading } from './evaluate';
import { truth, unknown } from './known';
import { applyUnary } from './operators';
import { matchPattern } from './patterns';
import type { Guard } from './run';
import { branchOf, type Binding, type Scope } from './scope';
import { executeBlock, type Signal } from './statements';
import type { If, Match, Statement } from './syntax';
import type { Value } from './values';

const next: Signal = { kind: 'next' };

/** One way that a statement may go. */
interface Way {
  readonly body: readonly Statement[];
  /** What decides; what it binds where it is taken goes into the scope that is given. */
  readonly test: (scope: Scope) => { readonly condition: Value; readonly decided: boolean | null };
}

export function executeIf(reading: Reading, statement: If, scope: Scope): Signal {
  const ways = statement.branches.map((branch): Way => ({
    body: branch.body,
    test: () => {
      const condition = evaluateExpression(reading, branch.condition, scope);
      return { condition, decided: decide(reading, condition) };
    },
  }));
  return executeWays(reading, ways, statement.otherwise, scope);
}

/** The first case that takes the subject; where that is not known, any may. */
export function executeMatch(reading: Reading, statement: Match, scope: Scope): Signal {
  const subject = evaluateExpression(reading, statement.subject, scope);
  const ways = statement.cases.map(({ pattern, guard, body }): Way => ({
    body,
    test: (within) => {
      const condition: Value = unknown({ path: scope.module.path, range: statement.range }, 'Which case of this match statement is taken is not known without running it.');
      const taken = matchPattern(reading, pattern, subject, within, (comparison) => decide(reading, comparison));
      if (taken === false || guard === null) return { condition, decided: taken };
      const guarded = decide(reading, evaluateExpression(reading, guard, within));
      return { condition, decided: guarded === false ? false : taken === null ? null : guarded };
    },
  }));
  return executeWays(reading, ways, [], scope);
}

/** The first way whose test holds; what may be taken instead of it happens on a condition. */
function executeWays(reading: Reading, ways: readonly Way[], otherwise: readonly Statement[], scope: Scope): Signal {
  const run = reading.run;
  const outcomes: { scope: Scope; signal: Signal }[] = [];
  const before = run?.guards ?? [];
  const tested: Value[] = [];
  const failed: Guard[] = [];
  /** Guards that hold behind the statement because a branch left the function. */
  const left: Guard[] = [];
  let open = true;
  for (const branch of ways) {
    const inner = branchOf(scope);
    const { condition, decided } = branch.test(inner);
    if (decided === false) continue;
    if (isTypeChecking(condition)) {
      // The body is for annotations; what runs is the `else`, so it has the last word.
      executeBlock(reading, branch.body, scope);
      continue;
    }
    const certain = decided === true && failed.length === 0;
    if (certain) {
      for (const [name, binding] of inner.bindings) scope.bindings.set(name, binding);
      return executeBlock(reading, branch.body, scope);
    }
    const guard: Guard = { kind: 'condition', condition, holds: true };
    if (run !== null) run.guards = decided === true ? [...before, ...failed] : [...before, ...failed, guard];
    const effects = run?.effects ?? 0;
    const signal = executeBlock(reading, branch.body, inner);
    outcomes.push({ scope: inner, signal });
    if (decided === true) {
      open = false;
      break;
    }
    // Behind `if x: return` stands what could be written as `if not x: …`; a branch that does something is one of two ways.
    const unlessTaken: Guard = run === null || run.effects > effects ? { ...guard, holds: false } : { ...guard, condition: applyUnary('not', condition, condition.at) };
    if (signal.kind !== 'next') left.push({ ...unlessTaken, early: true });
    tested.push(condition);
    failed.push(unlessTaken);
  }
  if (open) {
    if (failed.length === 0) return executeBlock(reading, otherwise, scope);
    if (run !== null) run.guards = [...before, ...failed];
    const inner = branchOf(scope);
    const signal = executeBlock(reading, otherwise, inner);
    if (signal.kind !== 'next' && tested.length === 1 && tested[0] !== undefined) left.push({ kind: 'condition', condition: tested[0], holds: true, early: true });
    outcomes.push({ scope: inner, signal });
  }
  if (run !== null) run.guards = [...before, ...left];
  merge(scope, outcomes.filter((outcome) => outcome.signal.kind === 'next' || outcome.signal.kind === 'uncertain').map((outcome) => outcome.scope));
  return combine(outcomes.map((outcome) => outcome.signal));
}

/** Whether a condition holds: by its value, else by the host; null: not known. */
export function decide(reading: Reading, condition: Value): boolean | null {
  return truth(condition) ?? reading.run?.host.condition?.(condition) ?? null;
}

function isTypeChecking(condition: Value): boolean {
  return condition.kind === 'symbol' && condition.name === 'typing.TYPE_CHECKING';
}

/** A branch that raises does not go on: what follows happens when it was not taken. */
function combine(signals: readonly Signal[]): Signal {
  const going = signals.filter((signal) => signal.kind !== 'raise');
  const first = going[0];
  if (first === undefined) return signals[0] ?? next;
  if (going.every((signal) => signal.kind === 'next')) return next;
  if (going.length === 1) return first;
  // Loops end or go on depending on something unknown, values differ: all of it is uncertain.
  return { kind: 'uncertain' };
}

/** Takes what branches bound into the scope around them; where they disagree about a constant, it is unknown. */
function merge(scope: Scope, branches: readonly Scope[]): void {
  const names = new Set(branches.flatMap((branch) => [...branch.bindings.keys()]));
  for (const name of names) {
    const before = scope.bindings.get(name);
    const found = branches.map((branch) => branch.bindings.get(name) ?? before);
    const present = found.filter((binding): binding is Binding => binding !== undefined);
    const first = present[0];
    if (first === undefined) continue;
    scope.bindings.set(name, present.every((binding) => agrees(first, binding)) ? first : disagreement(first));
  }
  for (const branch of branches) scope.stars.push(...branch.stars);
}

/** Definitions and imports: the first branch wins. Constants have to be the same. */
function agrees(a: Binding, b: Binding): boolean {
  if (a === b || /^(lazy|class|function|module|symbol|lambda)$/.test(a.kind)) return true;
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value;
  if (a.kind === 'number' && b.kind === 'number') return a.text === b.text;
  if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value;
  return a.kind === 'none' && b.kind === 'none';
}

export function disagreement(binding: Binding): Binding {
  if (binding.kind === 'lazy') return binding;
  return unknown(binding.at, 'What this is hangs on a condition that is not known without running it.');
}
