import type { Expression, QualifiedName } from './schema/schema';
import type { Message } from './text/problem';

/**
 * What generating a migration cannot decide by itself. A question is plain data with its evidence; the editor shows it,
 * the command line prints it, and the answers go back into `autogenerate` until nothing is left to ask.
 */
export type Question = RenameColumnQuestion | RenameTableQuestion | RenameLabelQuestion | DropTableQuestion | ValueMappingQuestion;

/** Is this column that the models no longer have one of those that they newly have? */
export interface RenameColumnQuestion {
  readonly kind: 'rename-column';
  /** Stable key: `rename-column:domain.owner`. */
  readonly id: string;
  readonly table: QualifiedName;
  /** So likely that nothing may be written without an answer; else it is asked because rows are at stake. */
  readonly likely: boolean;
  readonly from: ColumnFace;
  /** Best first, never empty. */
  readonly candidates: readonly ({ readonly to: ColumnFace } & Evidence)[];
  /** Rows that have a value in the old column, which a drop would lose; null: not known. */
  readonly valuesAtStake: number | null;
  readonly rows: number | null;
  /** A few of the old column's values, as text. */
  readonly samples: readonly string[];
}

export interface RenameTableQuestion {
  readonly kind: 'rename-table';
  /** `rename-table:lead` */
  readonly id: string;
  readonly from: QualifiedName;
  readonly candidates: readonly ({ readonly to: QualifiedName } & Evidence)[];
  readonly rows: number | null;
}

/**
 * Is this label that the models no longer have one of those that they newly have? Asked where no row is known to hold it;
 * else the rows are asked about (`ValueMappingQuestion`).
 */
export interface RenameLabelQuestion {
  readonly kind: 'rename-label';
  /** `rename-label:job_status.OLD` */
  readonly id: string;
  readonly type: QualifiedName;
  readonly from: string;
  readonly candidates: readonly ({ readonly to: string } & Evidence)[];
}

/** A table of the database that no model declares: keep it (the default) or drop it with its rows. */
export interface DropTableQuestion {
  readonly kind: 'drop-table';
  /** `drop-table:legacy` */
  readonly id: string;
  readonly table: QualifiedName;
  readonly rows: number | null;
}

/** Rows hold values that the new enum type does not have. */
export interface ValueMappingQuestion {
  readonly kind: 'value-mapping';
  /** `value-mapping:job.status` */
  readonly id: string;
  readonly table: QualifiedName;
  /** The column's name in the database. */
  readonly column: string;
  readonly labels: readonly string[];
  readonly nullable: boolean;
  /** Values without a label, most frequent first, each with a suggestion where one is near. */
  readonly values: readonly {
    readonly value: string;
    readonly count: number;
    readonly suggestion: string | null;
    /** The lines of the model that make the suggestion, where a member of its enum was edited. */
    readonly edit: ModelEdit | null;
  }[];
}

/** What speaks for a rename, and what against it. */
export interface Evidence {
  /** 0 to 1. */
  readonly score: number;
  /** So likely that doing a drop and an add instead must be a mistake. */
  readonly strong: boolean;
  /** What speaks for it, in a user's words, strongest first. */
  readonly evidence: readonly Message[];
  readonly against: readonly Message[];
  /** What version control has of the two declarations; null: nothing. */
  readonly edit: ModelEdit | null;
}

/** The lines that declared the old one and those that declare the new one, as a diff shows them. */
export interface ModelEdit {
  readonly path: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** The commit that did it; the first and the last where it took several; none: it is not committed yet. */
  readonly commits: readonly Commit[];
}

export interface Commit {
  /** As much of its hash as names it. */
  readonly id: string;
  readonly subject: string;
}

/** How a question shows one column. */
export interface ColumnFace {
  readonly name: string;
  /** As PostgreSQL names the type: `character varying(255)`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default: Expression | null;
  /** What hangs on it, in words: `primary key`, `index ix_domain_owner`, `foreign key → tenant.id`. */
  readonly roles: readonly string[];
}

/** Answers given so far, by question. What is missing is asked. */
export interface Answers {
  /** `to: null`: it is not a rename; the old column is dropped. */
  readonly columnRenames: readonly { readonly table: QualifiedName; readonly from: string; readonly to: string | null }[];
  readonly tableRenames: readonly { readonly from: QualifiedName; readonly to: QualifiedName | null }[];
  /** `to: null`: the label goes away. */
  readonly labelRenames: readonly { readonly type: QualifiedName; readonly from: string; readonly to: string | null }[];
  readonly tableDrops: readonly { readonly table: QualifiedName; readonly drop: boolean }[];
  /** Old value → label; null means SQL NULL. `column` is the name in the database. */
  readonly valueMappings: readonly { readonly table: QualifiedName; readonly column: string; readonly mapping: Readonly<Record<string, string | null>> }[];
}

export const noAnswers: Answers = { columnRenames: [], tableRenames: [], labelRenames: [], tableDrops: [], valueMappings: [] };

/** Nothing may be written before these are answered. The others have a safe or a said outcome: tables are kept, a loss is noted in the draft. */
export function isRequired(question: Question): boolean {
  return question.kind === 'rename-column' ? question.likely : question.kind !== 'drop-table';
}
