import { message, type Message, type Parsed, type Problem } from '../text/problem';
import type { Place, TextRange } from '../text/text';
import { evaluateExpression } from './expressions';
import { ImportResolver, moduleNameOf, type Resolution, type SourceFiles } from './imports';
import { callValue } from './calls';
import { unknown } from './known';
import { parsePython } from './parse';
import type { RunState } from './run';
import { force, lookUp, newScope, type LoadedModule, type Scope } from './scope';
import { executeBlock } from './statements';
import type { Lambda } from './expression-syntax';
import type { FunctionDefinition, Module } from './syntax';
import type { ClassValue, Value } from './values';

/** Syntax trees by path, valid for exactly the text they were made of. Keep one value between readings; it is filled in place. */
export interface PythonCache {
  readonly modules: Map<string, { readonly text: string; readonly parsed: Parsed<Module> }>;
}

export function newPythonCache(): PythonCache {
  return { modules: new Map() };
}

export interface ReadingOptions {
  /** Whether a decorator makes a method an attribute of its class, worked out with the class as its argument (`declared_attr`). */
  readonly isClassAttribute?: (decorator: Value) => boolean;
}

/**
 * Reads Python without running it: one reading of a set of files. It is synchronous and never throws. What it had to know
 * and did not is in `wanted`: supply those files (null for those that do not exist) and read again until nothing is wanted.
 */
export class Reading {
  readonly wanted = new Set<string>();
  readonly resolver: ImportResolver;
  /** Set while `runFunction` walks a function. */
  run: RunState | null = null;
  /** Function calls that are being followed, to stop recursion. */
  readonly callStack: (FunctionDefinition | Lambda)[] = [];
  /** The class behind which each `super()` of an object looks. */
  readonly supers = new WeakMap<object, ClassValue>();
  /** A coroutine is walked: what it awaits is done at once. */
  isAsync = false;
  /** The function that was followed last, to its end. */
  walked: FunctionDefinition | null = null;
  /** The scopes in which functions, lambdas and classes were defined. */
  readonly closures = new WeakMap<object, Scope>();
  /** What the objects of the workspace's classes hold, by the call that made each; made only while a function is walked. */
  readonly instances = new WeakMap<object, Map<string, Value>>();
  /** How many statements were walked: a bound on loops that multiply. */
  steps = 0;
  /** The folders of packages without `__init__.py`, by their module values. */
  readonly namespaces = new WeakMap<object, string>();
  private readonly modules = new Map<string, LoadedModule>();
  private readonly loading = new Set<LoadedModule>();
  private readonly problemList: Problem[] = [];
  private readonly problemKeys = new Set<string>();

  constructor(
    readonly sources: SourceFiles,
    private readonly cache: PythonCache = newPythonCache(),
    readonly options: ReadingOptions = {},
  ) {
    this.resolver = new ImportResolver(sources, this.wanted);
  }

  /** Syntax errors of the modules that were loaded, and imports that lead nowhere. */
  get problems(): readonly Problem[] {
    return this.problemList;
  }

  /** Every module that was loaded so far, in order. */
  get loaded(): readonly LoadedModule[] {
    return [...this.modules.values()];
  }

  /** Reads and walks the module at a path; null when it is not among the files (then it is wanted) or does not exist. */
  module(path: string, name?: string): LoadedModule | null {
    const known = this.modules.get(path);
    if (known !== undefined) return known;
    const text = this.resolver.text(path);
    if (typeof text !== 'string') return null;
    let entry = this.cache.modules.get(path);
    if (entry === undefined || entry.text !== text) {
      entry = { text, parsed: parsePython(path, text, entry?.parsed.value ?? null) };
      this.cache.modules.set(path, entry);
    }
    entry.parsed.problems.forEach((problem) => this.addProblem(problem));
    return this.load(entry.parsed.value, name ?? moduleNameOf(path, this.sources.roots));
  }

  private load(syntax: Module, name: string): LoadedModule {
    const isPackage = syntax.path.endsWith('/__init__.py');
    const module: { -readonly [K in keyof LoadedModule]: LoadedModule[K] } = {
      path: syntax.path,
      name,
      isPackage,
      syntax,
      scope: null as unknown as Scope,
      classes: [],
      calls: [],
      attributes: [],
      imports: [],
    };
    module.scope = newScope('module', module, null);
    const place: Place = { path: syntax.path, range: { start: 0, end: 0 } };
    module.scope.bindings.set('__name__', { kind: 'string', value: name, at: place });
    module.scope.bindings.set('__file__', { kind: 'string', value: syntax.path, at: place });
    this.modules.set(syntax.path, module);
    const outer = this.run;
    this.run = null;
    this.loading.add(module);
    executeBlock(this, syntax.body, module.scope);
    this.loading.delete(module);
    this.run = outer;
    return module;
  }

  /** Whether the module's own body is still being walked: its later names are not there yet. */
  isLoading(module: LoadedModule): boolean {
    return this.loading.has(module);
  }

  isLoadingAny(): boolean {
    return this.loading.size > 0;
  }

  /** What a name of a module stands for, submodules of packages included; null: it has no such name. */
  nameIn(module: LoadedModule, name: string, submodules = true): Value | null {
    const found = module.scope.bindings.get(name);
    if (found !== undefined) return force(found);
    for (let i = module.scope.stars.length - 1; i >= 0; i--) {
      const value = module.scope.stars[i]?.(name);
      if (value !== null && value !== undefined) return value;
    }
    if (!module.isPackage || !submodules) return null;
    const resolution = this.resolver.relative(1, name, module.path, module.name, true);
    return resolution.kind === 'missing' ? null : this.moduleValue(resolution, { path: module.path, range: { start: 0, end: 0 } });
  }

  /** The value of a module that was found; loading it when somebody asks for a name of it. */
  moduleValue(resolution: Resolution, at: Place): Value {
    switch (resolution.kind) {
      case 'file':
        return { kind: 'module', name: resolution.name, path: resolution.path, at };
      case 'namespace': {
        const value: Value = { kind: 'module', name: resolution.name, path: null, at };
        this.namespaces.set(value, resolution.folder);
        return value;
      }
      case 'external':
        return { kind: 'symbol', name: resolution.name, at };
      case 'pending':
        return unknown(at, '{module} was not read yet.', { module: resolution.name });
      case 'missing':
        return this.unresolved(at, 'There is no module {module} in the workspace.', { module: resolution.name });
    }
  }

  /** An unknown value together with a problem at the import. */
  unresolved(at: Place, text: string, args: Message['args']): Value {
    this.addProblem({ code: 'unresolved-import', severity: 'warning', message: message(text, args), at });
    return unknown(at, text, args);
  }

  addProblem(problem: Problem): void {
    const key = `${problem.code}|${problem.at?.path ?? ''}|${problem.at?.range.start ?? -1}|${problem.message.text}`;
    if (this.problemKeys.has(key)) return;
    this.problemKeys.add(key);
    this.problemList.push(problem);
  }

  /**
   * Evaluates text as an expression, as a forward reference in an annotation is one (`Mapped["Domain"]`). Names are looked
   * up in the class body, if given, then in the module of `at`; every value gets `at` as its place.
   */
  evaluateText(text: string, at: Place, within?: ClassValue): Value {
    const module = this.modules.get(at.path);
    const parsed = parsePython(at.path, `(${text.trim()})`).value;
    const statement = parsed.body[0];
    const scope = (within === undefined ? undefined : this.closures.get(within)) ?? module?.scope;
    if (scope === undefined || statement?.kind !== 'expression' || parsed.body.length !== 1) {
      return unknown(at, '`{text}` could not be read as an expression.', { text });
    }
    return evaluateExpression(this, statement.value, scope, at);
  }

  /** Calls a function or lambda of the workspace with values; a call value when it can not be followed. */
  call(callee: Value, args: readonly Value[], at: Place): Value {
    return callValue(this, callee, args, new Map(), at);
  }

  /** What `name` means at the top level of the module at `path`; null: nothing. */
  lookUp(path: string, name: string): Value | null {
    const module = this.module(path);
    return module === null ? null : lookUp(module.scope, name);
  }
}

/** The place of a node in the file of a scope. */
export function placeIn(scope: Scope, range: TextRange): Place {
  return { path: scope.module.path, range };
}

/** Binds the parameters of a function that nobody calls: to their defaults, else to unknown. */
export function bindArguments(reading: Reading, definition: FunctionDefinition, scope: Scope, closure: Scope): void {
  for (const parameter of definition.parameters) {
    const at = placeIn(closure, parameter.range);
    const value =
      parameter.default === null
        ? unknown(at, 'The argument `{name}` is not known.', { name: parameter.name })
        : evaluateExpression(reading, parameter.default, closure);
    scope.bindings.set(parameter.name, value);
  }
}
