import type { Message } from '../text/problem';
import type { Place } from '../text/text';
import type { Call, Lambda, StringLiteral } from './expression-syntax';
import type { FunctionDefinition } from './syntax';

/**
 * What a Python expression is known to be, without having run anything. Imports that lead out of the workspace become
 * `symbol`s with their whole dotted name (`sqlalchemy.dialects.postgresql.JSONB`), so a reader compares names after
 * aliases are resolved. Knows nothing of SQLAlchemy.
 */
export type Value = Located &
  (
    | { readonly kind: 'none' }
    | { readonly kind: 'bool'; readonly value: boolean }
    /** Source text, sign included, so that `0.10` and large integers stay what they are. */
    | { readonly kind: 'number'; readonly text: string }
    /** `literal` where the value stands in the source as it is; `sourceOffset` then leads from the value back to it. */
    | { readonly kind: 'string'; readonly value: string; readonly literal?: StringLiteral }
    | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly Value[] }
    | { readonly kind: 'dict'; readonly entries: readonly (readonly [Value, Value])[] }
    /** Something outside of the workspace, by its canonical dotted name as imported: `sqlalchemy.Column`, `alembic.op.add_column`. */
    | { readonly kind: 'symbol'; readonly name: string }
    | CallValue
    /**
     * An attribute of something that is not a symbol, module or enum: `relationship(...).x`; and of a class when the
     * member is a call, a function of an unknown decorator, or not there: `User.id`, `User.__table__`.
     */
    | { readonly kind: 'attribute'; readonly object: Value; readonly name: string }
    /** `a | b`, `a + b`, `not a`, comparisons, where the outcome is not a known constant. */
    | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Value[] }
    /** `Mapped[int]`, `Optional["Domain"]`. */
    | { readonly kind: 'subscript'; readonly object: Value; readonly index: readonly Value[] }
    | ClassValue
    /** `Color.RED` of a class whose bases lead to `enum.Enum`. `value` is its `.value`. */
    | { readonly kind: 'enumMember'; readonly enum: ClassValue; readonly name: string; readonly value: Value }
    | { readonly kind: 'function'; readonly name: string; readonly definition: FunctionDefinition; readonly path: string }
    | { readonly kind: 'module'; readonly name: string; readonly path: string | null }
    | { readonly kind: 'lambda'; readonly syntax: Lambda }
    /** Could not be known; `reason` says why in a user's words. Spreads no further than it must. */
    | { readonly kind: 'unknown'; readonly reason: Message; /** Of an f-string: its parts in order, some of them known. */ readonly parts?: readonly Value[] }
  );

export interface Located {
  /** The expression that produced it, in the file where that stands. */
  readonly at: Place;
}

/** A call that was not carried out: `sa.Column("id", sa.Integer(), primary_key=True)`. */
export interface CallValue {
  readonly kind: 'call';
  /** Usually a `symbol`; `.attribute` for methods of other calls; a `class` of the workspace (`class Money(TypeDecorator)`). */
  readonly callee: Value;
  readonly args: readonly Value[];
  /** Keyword arguments in source order. `**known_dict` is spread; `**unknown` becomes the key `**`. */
  readonly keywords: ReadonlyMap<string, Value>;
  /**
   * The call as written, for the ranges of its arguments: a value's `at` is where the value comes from, which may be far
   * from the argument. In the file of the call's `at`; absent for calls that were not written as one.
   */
  readonly syntax?: Call;
}

/** A class defined in the workspace. Its own body only; `mro` in `classes.ts` follows the bases. */
export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  /** Dotted module name and path of the file that defines it. */
  readonly module: string;
  readonly path: string;
  readonly bases: readonly Value[];
  /** `class A(Base, table=True)`: keywords after the bases. */
  readonly keywords: ReadonlyMap<string, Value>;
  readonly decorators: readonly Value[];
  /** Assignments, annotations and functions of the body in source order; a later one of the same name replaces the earlier. */
  readonly members: ReadonlyMap<string, ClassMember>;
  readonly docstring: string | null;
}

export interface ClassMember {
  readonly name: string;
  readonly value: Value | null;
  readonly annotation: Value | null;
  /** Decorators when the member is a function (`declared_attr`, `property`, `classmethod`). */
  readonly decorators: readonly Value[];
  readonly at: Place;
}
