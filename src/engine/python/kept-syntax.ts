import type { Expression } from './expression-syntax';
import type { ExpressionStatement, Module } from './syntax';

/**
 * Statements of an earlier text that stand in the next one as they were: nobody typed in them. They are the same objects where nothing moved them,
 * and else read themselves as moved ones when somebody looks into them, which nobody does for most.
 */
export interface KeptSyntax {
  /** The statement that begins at an offset and ends with its line; offsets are to be asked in order. Null: none that is known does. */
  statementAt(start: number): ExpressionStatement | null;
}

/** What the text has of the earlier one: all but what stands between the first and the last character that differ. */
export function keptSyntax(last: Module, text: string): KeptSyntax {
  const known = statementsOf.get(last) ?? [];
  const shorter = Math.min(text.length, last.text.length);
  const by = text.length - last.text.length;
  let same = 0;
  while (same < shorter && text.charCodeAt(same) === last.text.charCodeAt(same)) same++;
  let behind = last.text.length;
  while (behind > last.text.length - shorter + same && text.charCodeAt(behind - 1 + by) === last.text.charCodeAt(behind - 1)) behind--;
  let next = 0;
  return {
    statementAt(start) {
      const old = start < same ? start : start - by;
      for (; ; next++) {
        const range = known[next]?.range;
        if (range === undefined || range.start > old) return null;
        if (range.start === old) break;
      }
      const found = known[next];
      if (found === undefined || (start < same ? found.range.end > same : old < behind) || !endsLine(text, start + found.range.end - old)) return null;
      return movedBy(found, start - old);
    },
  };
}

/** Remembers for the next text which statements of a module may be kept: such as hold no comments, in order. */
export function keepSyntax(module: Module, statements: readonly ExpressionStatement[]): void {
  statementsOf.set(module, statements);
}

/** The statement as it was read in earnest: the same object for all that it was moved to. What hangs on no place may be kept by it. */
export function originOf(statement: ExpressionStatement): ExpressionStatement {
  return statement instanceof MovedStatement ? statement.origin : statement;
}

const statementsOf = new WeakMap<Module, readonly ExpressionStatement[]>();

function endsLine(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === 10 || text.startsWith('\r\n', at);
}

function movedBy(statement: ExpressionStatement, by: number): ExpressionStatement {
  if (by === 0) return statement;
  const origin = originOf(statement);
  const start = statement.range.start + by;
  return start === origin.range.start ? origin : new MovedStatement(origin, start - origin.range.start);
}

class MovedStatement implements ExpressionStatement {
  readonly kind = 'expression';
  readonly range: ExpressionStatement['range'];
  private made: Expression | null = null;

  constructor(
    readonly origin: ExpressionStatement,
    private readonly by: number,
  ) {
    this.range = { start: origin.range.start + by, end: origin.range.end + by };
  }

  get value(): Expression {
    return (this.made ??= moved(this.origin.value, this.by));
  }
}

/** What says where something stands in the text; an escape's place in a string's value stays. */
const places: ReadonlySet<string> = new Set(['range', 'nameRange', 'argumentsRange', 'content']);

function moved<T>(node: T, by: number): T {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((part: unknown) => moved(part, by)) as T;
  const result: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(node)) {
    if (places.has(key)) {
      const { start, end } = part as ExpressionStatement['range'];
      result[key] = { start: start + by, end: end + by };
    } else result[key] = moved(part as unknown, by);
  }
  return result as T;
}
