import type { Expression } from '../../python/expression-syntax';
import { lookUp, type Scope } from '../../python/scope';
import type { Statement } from '../../python/syntax';
import type { Place, TextRange } from '../../text/text';
import type { Operation, OperationSource } from '../operation';
import { linesOf } from './lines';

/**
 * What the statements of a script gave, by their very text: the next reading takes it from here, moved to where the statement stands
 * then. What an operation says has no place in it, so it stays the same value, with all that was found of it. Keep one for each script, naming
 * convention and alembic.ini; it is filled in place.
 */
export interface KeptStatements {
  readonly known: Map<string, KeptStatement>;
}

export function newKeptStatements(): KeptStatements {
  return { known: new Map() };
}

interface KeptStatement {
  /** What its names stood for: `op` for `op`, `sa` for `sa`. */
  readonly names: ReadonlyMap<string, string>;
  readonly start: number;
  readonly operations: readonly Operation[];
}

/** Null: it is not known, or its names stand for something else. */
export function recall(kept: KeptStatements, statement: Statement, scope: Scope): readonly Operation[] | null {
  if (statement.kind !== 'expression') return null;
  const { path, syntax } = scope.module;
  const found = kept.known.get(syntax.text.slice(statement.range.start, statement.range.end));
  if (found === undefined) return null;
  for (const [name, meaning] of found.names) if (outsideName(scope, name) !== meaning) return null;
  const by = statement.range.start - found.start;
  const lines = linesOf(syntax.text, statement.range);
  return found.operations.map((operation) => {
    if (operation.source === undefined) return operation;
    const source = moved(operation.source, by, { path, range: lines });
    return source === operation.source ? operation : { ...operation, source };
  });
}

/**
 * Remembers what a statement gave, where that hangs on nothing but its text: it is a call whose names all come from outside of the workspace. The
 * caller sees to it that nothing else was asked.
 */
export function remember(kept: KeptStatements, statement: Statement, scope: Scope, operations: readonly Operation[]): void {
  if (statement.kind !== 'expression') return;
  const names = new Map<string, string>();
  if (!isPlain(statement.value, scope, names)) return;
  const { text } = scope.module.syntax;
  kept.known.set(text.slice(statement.range.start, statement.range.end), { names, start: statement.range.start, operations });
}

/** Forgets what is not in the text any more, when it has become more than what is: one who deletes a line may take that back. */
export function forget(kept: KeptStatements, used: ReadonlySet<string>): void {
  if (kept.known.size <= 2 * used.size + 50) return;
  for (const text of kept.known.keys()) if (!used.has(text)) kept.known.delete(text);
}

/**
 * The value without the places of its parts (`Declared.at`), which are of use in models alone: of a script's operation the source says
 * where it is written.
 */
export function withoutPlaces<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  let result: Record<string, unknown> | null = null;
  const parts = value as Readonly<Record<string, unknown>>;
  for (const key in parts) {
    const part = parts[key];
    const isPlace = key === 'at' && typeof part === 'object';
    const bare = isPlace ? undefined : withoutPlaces(part);
    if (bare === part) continue;
    result ??= (Array.isArray(value) ? [...(value as readonly unknown[])] : { ...value }) as Record<string, unknown>;
    if (isPlace) delete result[key];
    else result[key] = bare;
  }
  return result === null ? value : (result as T);
}

/** Literals, and calls of what comes from outside. Fills `names`. */
function isPlain(expression: Expression, scope: Scope, names: Map<string, string>): boolean {
  const all = (parts: readonly (Expression | null)[]): boolean => parts.every((part) => part !== null && isPlain(part, scope, names));
  switch (expression.kind) {
    case 'constant':
    case 'number':
    case 'string':
      return true;
    case 'name': {
      const meaning = outsideName(scope, expression.name);
      if (meaning !== null) names.set(expression.name, meaning);
      return meaning !== null;
    }
    case 'attribute':
      return isPlain(expression.object, scope, names);
    case 'call':
      return all([expression.callee, ...expression.args]) && expression.keywords.every(({ name, value }) => name !== null && isPlain(value, scope, names));
    case 'list':
    case 'tuple':
      return all(expression.items);
    case 'dict':
      return expression.entries.every(({ key, value }) => all([key, value]));
    case 'unary':
      return all([expression.operand]);
    default:
      return false;
  }
}

function outsideName(scope: Scope, name: string): string | null {
  const value = lookUp(scope, name);
  return value?.kind === 'symbol' ? value.name : null;
}

function moved(source: OperationSource, by: number, statement: Place): OperationSource {
  if (by === 0 && statement.range.start === source.statement.range.start && statement.range.end === source.statement.range.end) return source;
  const places: Record<string, Place> = {};
  for (const name in source.arguments) places[name] = movedPlace(source.arguments[name] as Place, by);
  return { ...source, range: movedRange(source.range, by), statement, arguments: places };
}

function movedPlace({ path, range }: Place, by: number): Place {
  return { path, range: movedRange(range, by) };
}

function movedRange({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
