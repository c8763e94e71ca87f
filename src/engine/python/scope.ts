import type { Module } from './syntax';
import type { CallValue, ClassValue, Located, Value } from './values';

/** A value that is worked out when somebody asks: what an import leads to. */
export interface Lazy {
  readonly kind: 'lazy';
  readonly force: () => Value;
}

export type Binding = Value | Lazy;

export interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  readonly module: LoadedModule;
  /** Where names are looked up next; class scopes are passed over from inside functions. */
  readonly parent: Scope | null;
  readonly bindings: Map<string, Binding>;
  /** A branch that may not be taken: it writes here, and what it wrote is merged into `parent` afterwards. */
  readonly branch: boolean;
  /** Modules whose names came with `from x import *`, in order. */
  readonly stars: ((name: string) => Value | null)[];
  /** Told of each assignment in a class body. */
  readonly onAssign?: (name: string, value: Value | null) => void;
}

/** A module of the workspace after its body was walked. */
export interface LoadedModule {
  readonly path: string;
  readonly name: string;
  readonly isPackage: boolean;
  readonly syntax: Module;
  readonly scope: Scope;
  /** Classes in the order of their definition, those inside `if` and functions that ran included. */
  readonly classes: (ClassValue & Located)[];
  /** Calls that stand as statements or as the value of an assignment at module level, with the name they were given. */
  readonly calls: { readonly name: string | null; readonly call: CallValue & Located }[];
  /** `x.name = value` where `x` is not a class of the workspace. */
  readonly attributes: { readonly object: Value; readonly name: string; readonly value: Value }[];
  /** What its import statements lead to, in order; asking loads it. Null: not in the workspace. */
  readonly imports: (() => LoadedModule | null)[];
}

export function newScope(kind: Scope['kind'], module: LoadedModule, parent: Scope | null, branch = false): Scope {
  return { kind, module, parent, bindings: new Map(), branch, stars: [] };
}

/** A scope for a branch that may or may not be taken. */
export function branchOf(scope: Scope): Scope {
  const bindings = new Map<string, Binding>();
  const base = { kind: scope.kind, module: scope.module, parent: scope, bindings, branch: true, stars: [] };
  return scope.onAssign === undefined ? base : { ...base, onAssign: scope.onAssign };
}

export function force(binding: Binding): Value {
  return binding.kind === 'lazy' ? binding.force() : binding;
}

/** Finds a name as Python does, star imports last; null: not bound anywhere. */
export function lookUp(scope: Scope, name: string): Value | null {
  for (let at: Scope | null = scope, inner = true; at !== null; at = at.parent) {
    // A class body is seen from itself and its branches, not from the functions in it.
    if (at.kind !== 'class' || inner) {
      const found = at.bindings.get(name);
      if (found !== undefined) return force(found);
      for (let i = at.stars.length - 1; i >= 0; i--) {
        const value = at.stars[i]?.(name);
        if (value !== null && value !== undefined) return value;
      }
    }
    if (!at.branch) inner = false;
  }
  return null;
}

/** Replaces the value of a name where it is bound (a list after `append`), as seen from `scope`. */
export function rebind(scope: Scope, name: string, value: Value): void {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.bindings.has(name) || (at.branch && at === scope)) {
      // Inside a branch the change stays there until it is merged.
      at.bindings.set(name, value);
      return;
    }
    if (at.branch) {
      at.bindings.set(name, value);
      return;
    }
  }
}

export function assign(scope: Scope, name: string, value: Binding): void {
  scope.bindings.set(name, value);
  scope.onAssign?.(name, value.kind === 'lazy' ? null : value);
}
