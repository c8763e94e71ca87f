import type { TextRange } from '../text/text';

export interface Located {
  readonly range: TextRange;
}

export type Expression =
  | Name
  | Constant
  | NumberLiteral
  | StringLiteral
  | FormatString
  | Sequence
  | Dictionary
  | Comprehension
  | Call
  | Attribute
  | Subscript
  | Slice
  | Unary
  | Binary
  | Conditional
  | Lambda
  | Starred
  | Named
  | Suspension
  | MissingExpression;

export interface Name extends Located {
  readonly kind: 'name';
  readonly name: string;
}

export interface Constant extends Located {
  readonly kind: 'constant';
  readonly value: 'None' | 'True' | 'False' | '...';
}

/** The text as written: `0x10`, `1_000`, `0.10`. */
export interface NumberLiteral extends Located {
  readonly kind: 'number';
  readonly text: string;
}

/** One string constant, maybe written in several parts: `"a" 'b'`. */
export interface StringLiteral extends Located {
  readonly kind: 'string';
  /** Decoded: escapes resolved, line ends as `\n`. */
  readonly value: string;
  readonly bytes: boolean;
  readonly parts: readonly StringPart[];
}

export interface StringPart extends Located {
  /** What stands between the quotes. */
  readonly content: TextRange;
  readonly raw: boolean;
  /** Where in the decoded value this part begins. */
  readonly valueStart: number;
  /** The spots where the value is not a copy of the source, in order. */
  readonly escapes: readonly StringEscape[];
}

export interface StringEscape extends Located {
  /** The half-open span of the decoded value that it stands for. */
  readonly value: TextRange;
}

export interface FormatString extends Located {
  readonly kind: 'formatString';
  readonly pieces: readonly FormatPiece[];
}

export type FormatPiece =
  | { readonly kind: 'text'; readonly value: string; readonly range: TextRange }
  | {
      readonly kind: 'replacement';
      readonly value: Expression;
      readonly conversion: 's' | 'r' | 'a' | null;
      /** The text after the colon, nested replacements as written. */
      readonly spec: string | null;
      /** `{x=}` */
      readonly selfDocumenting: boolean;
      readonly range: TextRange;
    };

export interface Sequence extends Located {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: readonly Expression[];
}

export interface Dictionary extends Located {
  readonly kind: 'dict';
  /** `key: null` is `**value`. */
  readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
}

export interface Comprehension extends Located {
  readonly kind: 'comprehension';
  readonly collection: 'list' | 'set' | 'dict' | 'generator';
  /** Of a dict comprehension, the key. */
  readonly element: Expression;
  /** Of a dict comprehension only. */
  readonly value: Expression | null;
  readonly clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

export interface Call extends Located {
  readonly kind: 'call';
  readonly callee: Expression;
  /** Positional arguments; `*x` is a `starred`. */
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
  /** From the opening to the closing parenthesis, both included. */
  readonly argumentsRange: TextRange;
}

/** `name=value`, or `**value` with a null name. `range` is the whole of it. */
export interface Keyword extends Located {
  readonly name: string | null;
  readonly value: Expression;
}

export interface Attribute extends Located {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  readonly nameRange: TextRange;
}

export interface Subscript extends Located {
  readonly kind: 'subscript';
  readonly object: Expression;
  readonly index: readonly Expression[];
}

export interface Slice extends Located {
  readonly kind: 'slice';
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}

export interface Unary extends Located {
  readonly kind: 'unary';
  readonly operator: 'not' | '-' | '+' | '~';
  readonly operand: Expression;
}

/** Arithmetic, comparisons (`in`, `not in`, `is`, `is not` too), `and`, `or`. `a < b < c` is `a < b and b < c`. */
export interface Binary extends Located {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Conditional extends Located {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface Lambda extends Located {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface Parameter extends Located {
  readonly name: string;
  readonly kind: 'positional' | 'keywordOnly' | 'args' | 'kwargs';
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}

export interface Starred extends Located {
  readonly kind: 'starred';
  readonly value: Expression;
}

/** `name := value` */
export interface Named extends Located {
  readonly kind: 'named';
  readonly name: string;
  readonly value: Expression;
}

/** `await x`, `yield x`: nothing that can be known without running it. */
export interface Suspension extends Located {
  readonly kind: 'suspension';
  readonly keyword: 'await' | 'yield';
  readonly value: Expression | null;
}

/** Nothing readable stands where an expression belongs. */
export interface MissingExpression extends Located {
  readonly kind: 'missing';
}
