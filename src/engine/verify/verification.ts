import type { Message } from '../text/problem';

/** A database held against what it should be: plain data, for people and for machines. */
export interface Verification {
  /** Null: there is no history that its version table could be held against. */
  readonly version: VerifiedVersion | null;
  readonly sides: readonly VerifiedSide[];
}

/** What the version table holds. */
export interface VersionRows {
  readonly applied: readonly string[];
  /** False: there is no such table. */
  readonly present: boolean;
  /** Why it could not be read. */
  readonly problem: Message | null;
}

export interface VerifiedVersion extends VersionRows {
  /** Those of the files. */
  readonly heads: readonly string[];
  /** Revisions that the database has not applied, the next to run first. */
  readonly pending: readonly { readonly id: string; readonly message: string }[];
  /** In the database, in no file. */
  readonly unknown: readonly string[];
  /** Rows that another row includes. */
  readonly overlapping: readonly string[];
}

export interface VerifiedSide {
  readonly against: 'models' | 'history';
  readonly objects: readonly VerifiedObject[];
  /** What holds for all of it: what was not compared, and why. */
  readonly notes: readonly Message[];
}

/**
 * `different`: both sides have it; `missing`: the database lacks it; `extra`: only the database has it; `unknown`: could
 * not be told, for a reason; `apart`: not the project's to keep the same, for a reason.
 */
export type VerifiedStatus = 'same' | 'different' | 'missing' | 'extra' | 'unknown' | 'apart';

export interface VerifiedObject {
  readonly kind: 'table' | 'enum type' | 'sequence' | 'view' | 'other';
  readonly name: string;
  readonly status: VerifiedStatus;
  /** Of a table that both sides have: all of its parts, those that are the same, too. */
  readonly parts: readonly VerifiedPart[];
  /** Of what has no parts: both sides as SQL spells them. */
  readonly expected: string | null;
  readonly actual: string | null;
  readonly reason: Message | null;
}

export type PartKind =
  | 'column'
  | 'type'
  | 'nullability'
  | 'default'
  | 'numbering'
  | 'generated'
  | 'comment'
  | 'primary key'
  | 'unique constraint'
  | 'foreign key'
  | 'check'
  | 'exclusion'
  | 'index'
  | 'policy'
  | 'trigger'
  | 'row level security'
  | 'partitioning';

/** A part of a table. A column that is the same is one part; of one that is not, each trait that differs is. */
export interface VerifiedPart {
  readonly kind: PartKind;
  /** The column, constraint or index; empty: the table itself. */
  readonly name: string;
  readonly status: Exclude<VerifiedStatus, 'apart'>;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly reason: Message | null;
}

/** How many objects of a side are what. */
export function countsOf({ objects }: VerifiedSide): Readonly<Record<VerifiedStatus, number>> {
  const count = (status: VerifiedStatus): number => objects.filter((object) => object.status === status).length;
  return { same: count('same'), different: count('different'), missing: count('missing'), extra: count('extra'), unknown: count('unknown'), apart: count('apart') };
}
