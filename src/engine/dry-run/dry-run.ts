import type { VerifiedSide } from '../verify/verification';
import type { Message } from '../text/problem';
import type { Place } from '../text/text';

/** What became of a draft where it was tried: plain data, for people and for machines. */
export interface DryRun {
  readonly place: DryRunPlace;
  readonly start: DryRunStart;
  /** Whose statements: those that *Preview SQL* shows, or what the project's own Alembic sent, which runs what is not understood. */
  readonly by: 'preview' | 'alembic';
  /** In order, as far as it went: up, down, up again. A file of SQL goes up alone. */
  readonly passes: readonly DryRunPass[];
  /** What could not be tried, with its place. */
  readonly gaps: readonly DryRunGap[];
  /** The schema after the upgrade held against the models; null: they were not. */
  readonly models: VerifiedSide | null;
  /** What a reader should know of it. */
  readonly remarks: readonly Message[];
}

export type DryRunPlace =
  | { readonly kind: 'embedded'; readonly version: string }
  /** In a transaction on the database itself, which was rolled back. */
  | { readonly kind: 'rolled back'; readonly version: string; readonly database: string }
  /** In a database of its own on the same server, which was dropped. */
  | { readonly kind: 'temporary'; readonly version: string; readonly database: string };

/** What the draft met. */
export interface DryRunStart {
  /** Whose schema. */
  readonly from: 'the connected database' | 'the history' | 'the database itself';
  /** How it was made there. */
  readonly made: 'from its schema' | 'by the history’s own SQL' | 'by the project’s own Alembic' | 'as it is';
  readonly milliseconds: number;
  /** What is missing of it. */
  readonly leftOut: readonly Message[];
  /** What only looks like the real thing. */
  readonly stubs: readonly string[];
}

export type PassName = 'upgrade' | 'downgrade' | 'upgrade again';

export interface DryRunPass {
  readonly name: PassName;
  readonly statements: readonly DryRunStatement[];
  /** `downgrade`: what is not as it was before; `upgrade again`: what is not as the first upgrade left it. Null: it was not looked at. */
  readonly differences: readonly StateDifference[] | null;
}

export interface DryRunStatement {
  readonly sql: string;
  /** Null: it is none of the draft's own (the version table, a transaction's begin and end). */
  readonly at: Place | null;
  readonly outcome:
    | { readonly kind: 'ran'; readonly milliseconds: number }
    | { readonly kind: 'failed'; readonly milliseconds: number; readonly error: DryRunError }
    /** It failed, and the draft's own Python went on. */
    | { readonly kind: 'caught'; readonly milliseconds: number; readonly error: DryRunError }
    /** An earlier one failed. */
    | { readonly kind: 'not reached' };
}

export interface DryRunError {
  /** `42704`; null: it was no statement that failed. */
  readonly sqlstate: string | null;
  readonly text: string;
  readonly detail: string | null;
  readonly hint: string | null;
}

export interface DryRunGap {
  readonly pass: PassName;
  readonly reason: Message;
  readonly at: Place | null;
}

/** `table place: column status is missing` in words; what is compared is the catalog on both sides. */
export interface StateDifference {
  /** `table place`, `enum type mood`. */
  readonly object: string;
  readonly what: string;
}

/**
 * `passed`: all of it ran, there and back, and led where it should. `failed`: a statement was refused, or the way back leads elsewhere.
 * `incomplete`: nothing failed, and not all of it could be tried.
 */
export type DryRunVerdict = 'passed' | 'failed' | 'incomplete';

export function verdictOf({ passes, gaps, start }: DryRun): DryRunVerdict {
  const isWhole = gaps.length === 0 && start.leftOut.length === 0;
  const failed = failureOf({ passes });
  // Behind what could not be tried, or on a start that lacks something, what is not there may be no fault of the draft's.
  if (failed !== null) return impedimentOf(failed) !== null || (!isWhole && missesSomething(failed.error)) ? 'incomplete' : 'failed';
  if (passes.some(({ differences }) => differences !== null && differences.length > 0)) return 'failed';
  return isWhole && passes.length > 0 ? 'passed' : 'incomplete';
}

/**
 * What stopped it that is no fault of the draft's: `lock`: somebody held one for longer than a dry run waits; `time`: a statement took longer
 * than one may; `label`: a label that the first upgrade added is used, which an upgrade that was committed allows (55P04), and here all
 * is one transaction. Null: the draft itself.
 */
export function impedimentOf({ pass, error }: Pick<DryRunFailure, 'pass' | 'error'>): 'lock' | 'time' | 'label' | null {
  if (error.sqlstate === '55P03') return 'lock';
  if (error.sqlstate === '57014') return 'time';
  return error.sqlstate === '55P04' && pass !== 'upgrade' ? 'label' : null;
}

/** SQLSTATEs of what is not there: undefined objects, invalid schema names, a dependency on what was made by something passed over. */
function missesSomething({ sqlstate }: DryRunError): boolean {
  return sqlstate !== null && ['42704', '42P01', '42883', '42703', '3F000', '42P06', '42P07', '42701', '42710', '2BP01', '0A000', '58P01'].includes(sqlstate);
}

export interface DryRunFailure {
  readonly pass: PassName;
  readonly statement: DryRunStatement;
  readonly error: DryRunError;
}

/** The statement at which it ended. */
export function failureOf({ passes }: Pick<DryRun, 'passes'>): DryRunFailure | null {
  for (const { name, statements } of passes) {
    for (const statement of statements) if (statement.outcome.kind === 'failed') return { pass: name, statement, error: statement.outcome.error };
  }
  return null;
}
