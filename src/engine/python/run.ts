import { message, type Message } from '../text/problem';
import type { Place } from '../text/text';
import { inlineFunction } from './calls';
import { bindArguments, type Reading } from './evaluate';
import { newScope, type LoadedModule, type Scope } from './scope';
import { executeBlock, type Signal } from './statements';
import type { Statement } from './syntax';
import type { CallValue, Located, Value } from './values';

/** Something that a function does when it is run, in order. */
export type ScriptEvent = EventSource &
  (
    | {
        readonly kind: 'call';
        readonly call: CallValue & Located;
        /** The name that the result is assigned to. */
        readonly assigned: string | null;
      }
    /** `with context:` begins or ends; `call.callee.object === context` for calls on what `as` binds. */
    | { readonly kind: 'enter' | 'leave'; readonly context: Value; /** What the context itself does was told apart. */ readonly followed: boolean }
    | { readonly kind: 'raise'; readonly exception: Value | null }
    /** A statement whose effect could not be followed. */
    | { readonly kind: 'unknown'; readonly reason: Message }
  );

export interface EventSource {
  /** The call, or what could not be followed. */
  readonly at: Place;
  /** The statement that holds it, in the same file. */
  readonly statement: Place;
  /** The statement of the function that was run, which led here: the same as `statement` unless a helper did it. */
  readonly origin: Place;
  /** False when it was born in a loop or a helper. */
  readonly editable: boolean;
  /** What is not known to hold when it happens, outermost first. */
  readonly guards: readonly Guard[];
}

export interface Guard {
  /** `loop`: it happens as often as something unknown has items; `exception`: in an `except` block. */
  readonly kind: 'condition' | 'loop' | 'exception';
  readonly condition: Value;
  /** Whether the condition must be true (`if`) or false (`else`, or behind an `if` that returned). */
  readonly holds: boolean;
  /** It stands behind a branch that left the function: `if x: return`. */
  readonly early?: true;
}

export interface RunHost {
  /** False: nothing comes of the event, so a branch with no others may as well not be taken. */
  readonly event: (event: ScriptEvent) => boolean | void;
  /** Decides conditions that Python alone does not know (`if not inspector.has_table(…)`); null: not known either. */
  readonly condition?: (condition: Value) => boolean | null;
  /** Told of a statement of the function that happens once and for certain, with what walks it: who knows what comes of it need not call that. */
  readonly statement?: (statement: Statement, scope: Scope, walk: () => Signal) => Signal;
  /** What an attribute or a call is known to be that Python alone does not know (`bind.dialect.name`); null: not known either. */
  readonly known?: (value: Value) => HostAnswer | null;
}

/** A value, or the name of the exception that is raised instead. */
export type HostAnswer = Value | { readonly raises: string };

/** What is going on while a function is walked. */
export interface RunState {
  readonly host: RunHost;
  guards: readonly Guard[];
  loopDepth: number;
  helperDepth: number;
  statement: Place;
  origin: Place;
  readonly reported: WeakSet<object>;
  /** How many events something came of. */
  effects: number;
  /** The exception that the statement at hand is known to raise. */
  raised: string | null;
  /** A context manager is walked: what stands on the other side of its `yield` does not happen now. */
  yielding: { readonly phase: 'enter' | 'leave'; value: Value | null } | null;
}

/**
 * Walks a function of a module (`upgrade`) and tells the host what it does, in order. False: the module has no such
 * function. Loops over known sequences are unrolled, functions of the workspace followed.
 */
export function runFunction(reading: Reading, module: LoadedModule, name: string, host: RunHost): boolean {
  const value = reading.nameIn(module, name);
  if (value?.kind !== 'function') return false;
  const closure = reading.closures.get(value) ?? module.scope;
  const start: Place = { path: value.path, range: value.definition.range };
  const scope = newScope('function', closure.module, closure);
  bindArguments(reading, value.definition, scope, closure);
  reading.run = { host, guards: [], loopDepth: 0, helperDepth: 0, statement: start, origin: start, reported: new WeakSet(), effects: 0, raised: null, yielding: null };
  executeBlock(reading, value.definition.body, scope);
  reading.run = null;
  return true;
}

/** The calls that a function makes when it is called with values, in order: for what it hands on (`super().__init__(…)`). */
export function callsIn(
  reading: Reading,
  callee: Value & { readonly kind: 'function' },
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  at: Place,
): readonly (CallValue & Located)[] {
  const found: (CallValue & Located)[] = [];
  const outer = reading.run;
  const event = (happened: ScriptEvent): void => {
    if (happened.kind === 'call') found.push(happened.call);
  };
  reading.run = { host: { event }, guards: [], loopDepth: 0, helperDepth: 0, statement: at, origin: at, reported: new WeakSet(), effects: 0, raised: null, yielding: null };
  inlineFunction(reading, callee, args, keywords, at, true);
  reading.run = outer;
  return found;
}

/** Tells the host of a call, once. */
export function reportCall(run: RunState, call: CallValue & Located, assigned: string | null): void {
  if (run.reported.has(call)) return;
  run.reported.add(call);
  tell(run, { kind: 'call', call, assigned, ...source(run, call.at) });
}

export function reportUnknown(run: RunState, at: Place, text: string, args: Message['args'] = {}): void {
  tell(run, { kind: 'unknown', reason: message(text, args), ...source(run, at) });
}

export function reportContext(run: RunState, kind: 'enter' | 'leave', context: Value, followed: boolean): void {
  if (context.kind === 'call') run.reported.add(context);
  tell(run, { kind, context, followed, ...source(run, context.at) });
}

export function reportRaise(run: RunState, exception: Value | null, at: Place): void {
  tell(run, { kind: 'raise', exception, ...source(run, at) });
}

function tell(run: RunState, event: ScriptEvent): void {
  if (run.yielding !== null && (run.yielding.phase === 'enter') === (run.yielding.value !== null)) return;
  if (run.host.event(event) !== false) run.effects++;
}

function source(run: RunState, at: Place): EventSource {
  return {
    at,
    statement: run.statement,
    origin: run.origin,
    editable: run.loopDepth === 0 && run.helperDepth === 0 && run.statement.path === run.origin.path,
    guards: run.guards,
  };
}

/**
 * Tells the host of the calls in the value of a statement: the call itself, those in a list that a comprehension made,
 * those behind a condition that is not known.
 */
export function reportValue(run: RunState, value: Value, assigned: string | null, statement: Place): void {
  switch (value.kind) {
    case 'call':
      reportCall(run, value, assigned);
      return;
    case 'list':
    case 'tuple':
    case 'set':
      // Most likely a comprehension made them; each is not a statement of its own in any case.
      run.loopDepth++;
      value.items.forEach((item) => reportValue(run, item, null, statement));
      run.loopDepth--;
      return;
    case 'operation': {
      if (value.operator !== 'if' && value.operator !== 'and' && value.operator !== 'or') return;
      const before = run.guards;
      const condition = value.operands[0];
      if (condition === undefined) return;
      value.operands.slice(1).forEach((operand, index) => {
        run.guards = [...before, { kind: 'condition', condition, holds: value.operator === 'or' ? false : index === 0 }];
        reportValue(run, operand, assigned, statement);
      });
      run.guards = before;
      return;
    }
    case 'unknown':
      if (assigned === null) tell(run, { kind: 'unknown', reason: value.reason, ...source(run, statement) });
      return;
    default:
  }
}
