import type { TextRange } from '../text/text';
import type { Expression, Parameter } from './expression-syntax';
import { originOf } from './kept-syntax';
import type { ExpressionStatement, FunctionDefinition, Module, Pattern, Statement } from './syntax';

/** A name that is used and that nothing in its file gives a value. */
export interface UndefinedName {
  readonly name: string;
  readonly range: TextRange;
  /** With the attributes behind it, as far as they are written: `sqlmodel.sql.sqltypes.AutoString`. */
  readonly dotted: string;
}

/**
 * The names that Python would not find (NameError) in the module's own statements, in the functions named by `entries` and in
 * those that they name, each name once in a function. Order does not count: what is assigned anywhere in a function is known in all of it. Where names
 * come that cannot be told (`from x import *`), none is undefined. Annotations are left out: newer Pythons do not look at them.
 */
export function undefinedNames(module: Module, entries: readonly string[]): readonly UndefinedName[] {
  const globals = new Set<string>();
  if (!bind(module.body, globals)) return [];
  const found: UndefinedName[] = [];
  const known = (name: string): boolean => globals.has(name) || builtins.has(name) || name.startsWith('__');
  const functions = new Map(module.body.flatMap((statement) => (statement.kind === 'function' ? [[statement.name, statement] as const] : [])));
  const reached = new Set<string>();
  const reach = (name: string): void => {
    const definition = functions.get(name);
    if (definition === undefined || reached.has(name)) return;
    reached.add(name);
    inFunction(definition, known);
  };
  const inFunction = (definition: FunctionDefinition, outer: (name: string) => boolean): void => {
    const locals = new Set(definition.parameters.map(({ name }) => name));
    if (bind(definition.body, locals)) useAll(definition.body, (name) => locals.has(name) || outer(name));
  };

  const use = (expression: Expression | null, isBound: (name: string) => boolean, tail = ''): void => {
    if (expression === null) return;
    switch (expression.kind) {
      case 'name':
        reach(expression.name);
        if (!isBound(expression.name)) found.push({ name: expression.name, range: expression.range, dotted: expression.name + tail });
        return;
      case 'attribute':
        use(expression.object, isBound, `.${expression.name}${tail}`);
        return;
      case 'lambda': {
        const own = new Set(expression.parameters.map(({ name }) => name));
        useDefaults(expression.parameters, isBound);
        use(expression.body, (name) => own.has(name) || isBound(name));
        return;
      }
      case 'comprehension': {
        const own = new Set<string>();
        for (const { target } of expression.clauses) bindTarget(target, own);
        const inside = (name: string): boolean => own.has(name) || isBound(name);
        for (const clause of expression.clauses) [clause.iterable, ...clause.conditions].forEach((part) => use(part, inside));
        use(expression.element, inside);
        use(expression.value, inside);
        return;
      }
      default:
        for (const part of partsOf(expression)) use(part, isBound);
    }
  };
  const useDefaults = (parameters: readonly Parameter[], isBound: (name: string) => boolean): void => parameters.forEach((parameter) => use(parameter.default, isBound));
  const useAll = (statements: readonly Statement[], isBound: (name: string) => boolean): void => {
    for (const statement of statements) {
      if (statement.kind === 'function') {
        [...statement.decorators].forEach((decorator) => use(decorator, isBound));
        useDefaults(statement.parameters, isBound);
        // A function of the module runs when something calls it; one inside of another is looked at with that.
        if (isBound !== known) inFunction(statement, isBound);
      } else if (statement.kind === 'class') {
        const own = new Set<string>();
        bind(statement.body, own);
        [...statement.bases, ...statement.decorators, ...statement.keywords.map(({ value }) => value)].forEach((part) => use(part, isBound));
        useAll(statement.body.filter(({ kind }) => kind !== 'function'), (name) => own.has(name) || isBound(name));
      } else {
        const names = statement.kind === 'expression' ? namesIn(statement) : null;
        if (names?.every(isBound) === true) {
          names.forEach(reach);
          continue;
        }
        for (const part of expressionsOf(statement)) use(part, isBound);
        for (const body of bodiesOf(statement)) useAll(body, isBound);
      }
    }
  };
  useAll(module.body, known);
  entries.forEach(reach);
  return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index).sort((a, b) => a.range.start - b.range.start);
}

/** Adds what the statements of one scope give a value. False: they may bind any name. */
function bind(statements: readonly Statement[], names: Set<string>): boolean {
  return statements.every((statement) => {
    switch (statement.kind) {
      case 'import':
        statement.names.forEach(({ name, alias }) => names.add(alias ?? name.split('.')[0] ?? name));
        return true;
      case 'importFrom':
        statement.names.forEach(({ name, alias }) => names.add(alias ?? name));
        return !statement.star;
      case 'function':
      case 'class':
      case 'typeAlias':
        names.add(statement.name);
        return true;
      case 'assign':
        statement.targets.forEach((target) => bindTarget(target, names));
        break;
      case 'update':
      case 'for':
        bindTarget(statement.target, names);
        break;
      case 'with':
        statement.items.forEach(({ target }) => target !== null && bindTarget(target, names));
        break;
      case 'try':
        statement.handlers.forEach(({ name }) => name !== null && names.add(name));
        break;
      case 'match':
        statement.cases.forEach(({ pattern }) => bindPattern(pattern, names));
        break;
      case 'missing':
        return false;
      case 'expression':
        if (namesIn(statement) !== null) return true;
        break;
      default:
    }
    expressionsOf(statement).forEach((expression) => bindNamed(expression, names));
    return bodiesOf(statement).every((body) => bind(body, names));
  });
}

/** The names that an expression by itself uses, each once; kept by the statement as it was first read. Null: names are bound in it, too. */
function namesIn(statement: ExpressionStatement): readonly string[] | null {
  const origin = originOf(statement);
  const known = namesOf.get(origin);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const found = addNames(origin.value, names) ? [...names] : null;
  namesOf.set(origin, found);
  return found;
}

const namesOf = new WeakMap<ExpressionStatement, readonly string[] | null>();

/** False: it binds names. */
function addNames(expression: Expression, names: Set<string>): boolean {
  if (expression.kind === 'lambda' || expression.kind === 'comprehension' || expression.kind === 'named') return false;
  if (expression.kind === 'name') names.add(expression.name);
  return partsOf(expression).every((part) => addNames(part, names));
}

function bindTarget(target: Expression, names: Set<string>): void {
  if (target.kind === 'name') names.add(target.name);
  else if (target.kind === 'starred') bindTarget(target.value, names);
  else if (target.kind === 'tuple' || target.kind === 'list') target.items.forEach((item) => bindTarget(item, names));
}

function bindPattern(pattern: Pattern, names: Set<string>): void {
  if ('name' in pattern && pattern.name !== null) names.add(pattern.name);
  if (pattern.kind === 'as') bindPattern(pattern.pattern, names);
  if (pattern.kind === 'other') pattern.names.forEach((name) => names.add(name));
  if (pattern.kind === 'or') pattern.patterns.forEach((part) => bindPattern(part, names));
  if (pattern.kind === 'sequence') pattern.items.forEach((part) => bindPattern(part, names));
}

/** `(name := value)` binds in the function around it, from inside of comprehensions too. */
function bindNamed(expression: Expression, names: Set<string>): void {
  if (expression.kind === 'named') names.add(expression.name);
  if (expression.kind === 'comprehension') {
    [expression.element, ...(expression.value === null ? [] : [expression.value]), ...expression.clauses.flatMap((clause) => [clause.iterable, ...clause.conditions])].forEach((part) => bindNamed(part, names));
  } else if (expression.kind !== 'lambda') partsOf(expression).forEach((part) => bindNamed(part, names));
}

function bodiesOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return [...statement.branches.map(({ body }) => body), statement.otherwise];
    case 'for':
    case 'while':
      return [statement.body, statement.otherwise];
    case 'try':
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.otherwise, statement.finally];
    case 'with':
      return [statement.body];
    case 'match':
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
}

function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'expression':
      return [statement.value];
    case 'assign':
      return [...statement.targets.filter(({ kind }) => kind !== 'name'), ...(statement.value === null ? [] : [statement.value])];
    case 'update':
      return [statement.target, statement.value];
    case 'if':
      return statement.branches.map(({ condition }) => condition);
    case 'for':
      return [statement.iterable];
    case 'match':
      return [statement.subject, ...statement.cases.flatMap(({ guard }) => guard ?? [])];
    case 'while':
      return [statement.condition];
    case 'try':
      return statement.handlers.flatMap(({ type }) => type ?? []);
    case 'with':
      return statement.items.map(({ context }) => context);
    case 'return':
      return statement.value === null ? [] : [statement.value];
    case 'raise':
      return statement.exception === null ? [] : [statement.exception];
    default:
      return [];
  }
}

const nothing: readonly Expression[] = [];

/** The expressions right inside of one that binds nothing itself. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'formatString':
      return expression.pieces.flatMap((piece) => (piece.kind === 'replacement' ? [piece.value] : []));
    case 'list':
    case 'tuple':
    case 'set':
      return expression.items;
    case 'dict':
      return expression.entries.flatMap(({ key, value }) => (key === null ? [value] : [key, value]));
    case 'call':
      return expression.keywords.length === 0 ? [expression.callee, ...expression.args] : [expression.callee, ...expression.args, ...expression.keywords.map(({ value }) => value)];
    case 'attribute':
      return [expression.object];
    case 'name':
    case 'string':
    case 'number':
    case 'constant':
      return nothing;
    case 'subscript':
      return [expression.object, ...expression.index];
    case 'slice':
      return [expression.lower, expression.upper, expression.step].flatMap((part) => part ?? []);
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.then, expression.otherwise];
    case 'starred':
    case 'named':
      return [expression.value];
    case 'suspension':
      return expression.value === null ? [] : [expression.value];
    default:
      return [];
  }
}

/** Python 3.8 to 3.14: `dir(builtins)`. */
const builtins = new Set(
  `ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning
  ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis
  EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit
  IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError
  ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning
  PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration
  SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError
  UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs aiter all anext any ascii bin bool breakpoint
  bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float format
  frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list locals map max memoryview min next object
  oct open ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip`.split(/\s+/),
);
