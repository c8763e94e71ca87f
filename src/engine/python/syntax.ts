import type { TextRange } from '../text/text';
import type { Expression, Keyword, Located, Parameter, StringLiteral } from './expression-syntax';

/**
 * A Python file as the engine reads it: like CPython's own `ast`, with a range on every node and without what no reader
 * here needs. Ranges count UTF-16 code units of the text that was parsed. Parentheses around one expression leave no node.
 */
export interface Module {
  readonly path: string;
  readonly text: string;
  readonly body: readonly Statement[];
  /** Comments in source order, `#` included. */
  readonly comments: readonly Comment[];
  readonly docstring: StringLiteral | null;
}

export interface Comment extends Located {
  readonly text: string;
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | Update
  | Import
  | ImportFrom
  | If
  | For
  | While
  | Try
  | With
  | Match
  | FunctionDefinition
  | ClassDefinition
  | Return
  | Raise
  | Delete
  | TypeAlias
  | Simple;

export interface ExpressionStatement extends Located {
  readonly kind: 'expression';
  readonly value: Expression;
}

/** `a = b = value`, `a: annotation`, `a: annotation = value`. */
export interface Assignment extends Located {
  readonly kind: 'assign';
  readonly targets: readonly Expression[];
  readonly annotation: Expression | null;
  readonly value: Expression | null;
}

/** `target += value`; `operator` without the `=`. */
export interface Update extends Located {
  readonly kind: 'update';
  readonly target: Expression;
  readonly operator: string;
  readonly value: Expression;
}

export interface Import extends Located {
  readonly kind: 'import';
  readonly names: readonly ImportedName[];
}

export interface ImportFrom extends Located {
  readonly kind: 'importFrom';
  /** How many dots stand before the module. */
  readonly level: number;
  /** `a.b`; empty in `from . import x`. */
  readonly module: string;
  readonly moduleRange: TextRange;
  readonly names: readonly ImportedName[];
  /** `from x import *` */
  readonly star: boolean;
}

export interface ImportedName extends Located {
  readonly name: string;
  readonly alias: string | null;
}

export interface If extends Located {
  readonly kind: 'if';
  /** `if` and each `elif`. */
  readonly branches: readonly { readonly condition: Expression; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
}

export interface For extends Located {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface While extends Located {
  readonly kind: 'while';
  readonly condition: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface Try extends Located {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly { readonly type: Expression | null; readonly name: string | null; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
}

export interface With extends Located {
  readonly kind: 'with';
  readonly items: readonly { readonly context: Expression; readonly target: Expression | null }[];
  readonly body: readonly Statement[];
}

export interface Match extends Located {
  readonly kind: 'match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase {
  readonly pattern: Pattern;
  /** Behind `if`. */
  readonly guard: Expression | null;
  readonly body: readonly Statement[];
}

/** What stands behind `case`. Source: Python's reference, "Patterns". */
export type Pattern =
  /** A literal or a dotted name: compared with `==`. */
  | { readonly kind: 'value'; readonly value: Expression }
  /** A name takes anything; null is `_`. */
  | { readonly kind: 'capture'; readonly name: string | null; readonly range: TextRange }
  | { readonly kind: 'as'; readonly pattern: Pattern; readonly name: string; readonly range: TextRange }
  | { readonly kind: 'or'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  /** `*rest` in a sequence. */
  | { readonly kind: 'star'; readonly name: string | null; readonly range: TextRange }
  /** Mappings and classes: whether they match is not worked out. */
  | { readonly kind: 'other'; readonly names: readonly string[]; readonly range: TextRange };

/** `range` begins at the first decorator. */
export interface FunctionDefinition extends Located {
  readonly kind: 'function';
  readonly name: string;
  readonly nameRange: TextRange;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | null;
  readonly body: readonly Statement[];
  /** From behind the colon to the end of the last statement. */
  readonly bodyRange: TextRange;
  readonly docstring: StringLiteral | null;
  readonly isAsync: boolean;
}

/** `range` begins at the first decorator. */
export interface ClassDefinition extends Located {
  readonly kind: 'class';
  readonly name: string;
  readonly nameRange: TextRange;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Statement[];
  readonly bodyRange: TextRange;
  readonly docstring: StringLiteral | null;
}

export interface Return extends Located {
  readonly kind: 'return';
  readonly value: Expression | null;
}

export interface Raise extends Located {
  readonly kind: 'raise';
  readonly exception: Expression | null;
}

export interface Delete extends Located {
  readonly kind: 'delete';
  readonly targets: readonly Expression[];
}

/** `type X = value` */
export interface TypeAlias extends Located {
  readonly kind: 'typeAlias';
  readonly name: string;
  readonly value: Expression;
}

/** Statements whose parts no reader needs; `missing` is what could not be read. */
export interface Simple extends Located {
  readonly kind: 'pass' | 'break' | 'continue' | 'assert' | 'scope' | 'print' | 'missing';
}

/** The offset in the source of an offset in the decoded value. Inside an escape: where the escape begins. */
export function sourceOffset(literal: StringLiteral, valueOffset: number): number {
  let part = literal.parts[0];
  for (const candidate of literal.parts) if (candidate.valueStart <= valueOffset) part = candidate;
  if (part === undefined) return literal.range.start;
  let source = part.content.start;
  let value = part.valueStart;
  for (const escape of part.escapes) {
    if (valueOffset < escape.value.start) break;
    if (valueOffset < escape.value.end) return escape.range.start;
    source = escape.range.end;
    value = escape.value.end;
  }
  return Math.min(source + (valueOffset - value), part.content.end);
}
