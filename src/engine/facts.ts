import type { ColumnType, QualifiedName } from './schema/schema';
import { typeKey } from './schema/types';
import type { Message } from './text/problem';

/**
 * What the engine wants to know of the rows of a connected database, as plain data. The engine only asks: it returns
 * `FactQuestion`s, its caller has them answered (`database/facts.ts`) and calls again with a `DataFacts` map.
 */
export type FactQuestion =
  /** How many rows and bytes a table has. */
  | { readonly kind: 'row-count'; readonly table: QualifiedName }
  /** Whether row level security is on: for a table that schemas leave out, as Alembic's own. */
  | { readonly kind: 'row-level-security'; readonly table: QualifiedName }
  /** How many rows have NULL in a column: what SET NOT NULL would stumble over. */
  | ({ readonly kind: 'null-count' } & OfColumn)
  /** How many rows have a value in a column: what dropping it would lose. */
  | ({ readonly kind: 'non-null-count' } & OfColumn)
  /** The values (as text) that are none of `labels`, with their number of rows: what a cast to an enum would stumble over. */
  | ({ readonly kind: 'values-outside-labels'; readonly labels: readonly string[] } & OfColumn)
  /** The values (as text) that a narrower type would not take, with their number of rows. */
  | ({ readonly kind: 'values-outside-type'; readonly type: NarrowerType } & OfColumn)
  /** The values that a change of the column's type from `from` to `to` would refuse or make others of, as `castUsing` casts them. */
  | ({ readonly kind: 'values-not-kept'; readonly from: ColumnType; readonly to: ColumnType } & OfColumn)
  /** The most frequent values of a column (as text) among the rows looked at, at most `limit`. */
  | ({ readonly kind: 'sample-values'; readonly limit: number } & OfColumn)
  /** How many rows stand in the way of a unique key over `columns`. */
  | {
      readonly kind: 'duplicate-count';
      readonly table: QualifiedName;
      readonly columns: readonly string[];
      /** NULLS NOT DISTINCT: nulls count as equal. Else rows with a null in the key are never duplicates. */
      readonly nullsNotDistinct?: boolean;
    }
  /** How many rows point to nothing: what a foreign key would stumble over. Rows with a null in the key point nowhere and are fine (MATCH SIMPLE). */
  | {
      readonly kind: 'orphan-count';
      readonly table: QualifiedName;
      readonly columns: readonly string[];
      readonly references: QualifiedName & { readonly columns: readonly string[] };
    }
  /**
   * How many rows a condition does not hold for: what a CHECK would stumble over. `name` and `as`: what the condition calls the
   * table and its columns, where they are renamed meanwhile. The condition runs as it is: see `isHarmless` (sql/harmless.ts).
   */
  | {
      readonly kind: 'violation-count';
      readonly table: QualifiedName;
      readonly name: string;
      readonly columns: readonly { readonly column: string; readonly as: string }[];
      readonly condition: string;
    };

/** What a type has room for: characters of a text, or whole numbers from `least` to `most`. */
export type NarrowerType = { readonly kind: 'length'; readonly most: number } | { readonly kind: 'range'; readonly least: string; readonly most: string };

export interface OfColumn {
  readonly table: QualifiedName;
  readonly column: string;
}

export type FactAnswer =
  /** `exact` rows were counted; otherwise `rows` is PostgreSQL's estimate. `bytes`: with indexes and TOAST. */
  | { readonly kind: 'row-count'; readonly rows: number; readonly exact: boolean; readonly bytes: number }
  | { readonly kind: 'row-level-security'; readonly enabled: boolean }
  /** `rows`: all rows of the table, counted together with `count`. */
  | { readonly kind: 'null-count'; readonly count: number; readonly rows: number }
  | { readonly kind: 'non-null-count'; readonly count: number; readonly rows: number }
  /** Most frequent first. `count`: rows with such a value; `more`: there are other values than those listed. */
  | { readonly kind: 'values-outside-labels'; readonly values: readonly ValueCount[]; readonly count: number; readonly more: boolean }
  | { readonly kind: 'values-outside-type'; readonly values: readonly ValueCount[]; readonly count: number; readonly more: boolean }
  /** `rows`: all rows of the table; those refused, and those that become another value, most frequent first, some of each. */
  | { readonly kind: 'values-not-kept'; readonly rows: number; readonly refused: CastValues; readonly changed: CastValues }
  | { readonly kind: 'sample-values'; readonly values: readonly ValueCount[]; readonly more: boolean }
  /** `count`: rows beyond the first of each key; `keys`: how many keys occur more than once; `examples` of such keys. */
  | { readonly kind: 'duplicate-count'; readonly count: number; readonly keys: number; readonly examples: readonly KeyCount[] }
  | { readonly kind: 'orphan-count'; readonly count: number; readonly examples: readonly KeyCount[] }
  /** `examples`: the values of the question's columns. */
  | { readonly kind: 'violation-count'; readonly count: number; readonly examples: readonly KeyCount[] }
  /** Could not be answered (no right to read, no such column, took too long), so that it is not asked for ever. */
  | { readonly kind: 'unknown'; readonly reason: Message };

/** A value as text, cut to a readable length. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** So many rows, and some of their values. */
export interface CastValues {
  readonly count: number;
  readonly values: readonly (ValueCount & { /** null: it is refused. */ readonly becomes: string | null })[];
}

/** A key's values in the order of its columns. */
export interface KeyCount {
  readonly values: readonly (string | null)[];
  readonly count: number;
}

/** Answers by `factKey(question)`. */
export type DataFacts = ReadonlyMap<string, FactAnswer>;

export const noFacts: DataFacts = new Map();

/** The same text for the same question, whatever the order of its object's fields. */
export function factKey(question: FactQuestion): string {
  return JSON.stringify(keyParts(question));
}

/**
 * The answer to a question: undefined when it has not been asked yet, `unknown` when it could not be answered, else an
 * answer of the question's kind.
 */
export function answerTo<Q extends FactQuestion>(facts: DataFacts, question: Q): AnswerOf<Q['kind']> | UnknownAnswer | undefined {
  const answer = facts.get(factKey(question));
  if (answer === undefined || answer.kind === 'unknown' || answer.kind === question.kind) {
    return answer as AnswerOf<Q['kind']> | UnknownAnswer | undefined;
  }
  return undefined;
}

/** The answer to questions of kind `K`. */
export type AnswerOf<K extends FactQuestion['kind']> = Extract<FactAnswer, { readonly kind: K }>;
export type UnknownAnswer = Extract<FactAnswer, { readonly kind: 'unknown' }>;

function keyParts(question: FactQuestion): unknown[] {
  const start = [question.kind, question.table.schema, question.table.name];
  switch (question.kind) {
    case 'row-count':
    case 'row-level-security':
      return start;
    case 'null-count':
    case 'non-null-count':
      return [...start, question.column];
    case 'values-outside-labels':
      return [...start, question.column, question.labels];
    case 'values-outside-type':
      return [...start, question.column, ...(question.type.kind === 'length' ? ['length', question.type.most] : ['range', question.type.least, question.type.most])];
    case 'values-not-kept':
      return [...start, question.column, typeKey(question.from), typeKey(question.to)];
    case 'violation-count':
      return [...start, question.name, question.columns.map(({ column, as }) => [column, as]), question.condition];
    case 'sample-values':
      return [...start, question.column, question.limit];
    case 'duplicate-count':
      return [...start, question.columns, question.nullsNotDistinct ?? false];
    case 'orphan-count': {
      const { schema, name, columns } = question.references;
      return [...start, question.columns, schema, name, columns];
    }
  }
}
