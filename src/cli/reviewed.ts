import type { ReportedDraft } from '../engine/render/review-report';
import type { Diagnostic } from '../engine/rules/rule';
import type { Problem } from '../engine/text/problem';

/** What a review came to, before it is printed in one of the formats. */
export interface Reviewed {
  readonly findings: readonly Diagnostic[];
  readonly notReviewed: readonly Problem[];
  /** Drafts that were looked at. */
  readonly drafts: number;
  /** Findings that the baseline knows, which are not among `findings`. */
  readonly known: number;
  /** What `markdown` shows of each draft besides. */
  readonly reports: readonly ReportedDraft[];
  /** The database that was connected; null: none. */
  readonly database: string | null;
}
