import { compareStates } from '../engine/dry-run/compare-states';
import type { StateDifference } from '../engine/dry-run/dry-run';
import { counted } from '../engine/render/markdown';
import type { Schema } from '../engine/schema/schema';
import { formatMessage } from '../engine/text/problem';
import { countsOf, type Verification, type VerifiedSide } from '../engine/verify/verification';
import { sideSummary, verdict, versionWords } from '../engine/verify/words';

/** What a database was found to be after a run on it. */
export interface AfterRun {
  /**
   * `well`: as it should be; `behind`: what its own revisions lead to, and more of them wait; `models`: what its revisions lead to, and the
   * models say something else; `different`: not what its revisions lead to; `unknown`: that could not be told.
   */
  readonly kind: 'well' | 'behind' | 'models' | 'different' | 'unknown';
  /** A sentence or two that follow `Verified:`. */
  readonly words: string;
}

export interface RunToJudge {
  readonly verification: Verification;
  /** A run of which nothing stands: what is another than before it all the same. Null: that was not looked at, or something does stand. */
  readonly changes: readonly StateDifference[] | null;
}

/**
 * Judges a database by what it is at: one that stands in the middle of its history has what the revisions up to there lead to, and is not to
 * be held against models that are ahead of it. A run that failed or was cancelled is so told by what is there, not by what is not.
 */
export function afterRun({ verification, changes }: RunToJudge): AfterRun {
  const { version, sides } = verification;
  const history = sides.find(({ against }) => against === 'history') ?? null;
  const models = sides.find(({ against }) => against === 'models') ?? null;
  const pending = version?.pending.length ?? 0;
  const asBefore = changes === null ? '' : changes.length === 0 ? 'The schema is exactly what it was before the run. ' : `The schema is not what it was before the run: ${changesWords(changes)}. `;
  if (version !== null && (version.problem !== null || version.unknown.length > 0 || version.overlapping.length > 0)) return { kind: 'unknown', words: `${asBefore}${versionWords(version).map(formatMessage).join(' ')}` };
  if (history !== null && wrongIn(history) > 0) return { kind: 'different', words: `${asBefore}It is not what its revisions lead to: ${wrongWords(history)}.` };
  if (pending > 0) return { kind: changes !== null && changes.length > 0 ? 'different' : 'behind', words: `${asBefore}${history === null ? '' : `It has what its revisions lead to${restWords(history)}; `}${counted(pending, 'revision')} still ${pending === 1 ? 'waits' : 'wait'}.` };
  if (models !== null && wrongIn(models) > 0) return { kind: 'models', words: `${asBefore}${history === null ? 'It' : `It has what its revisions lead to${restWords(history)}, but`} is not what the models say: ${wrongWords(models)}.` };
  if (sides.length === 0) return { kind: 'unknown', words: `${asBefore}There was nothing to hold it against.` };
  return { kind: 'well', words: `${asBefore}${verdict(verification, false)}` };
}

/** What is another than before a run of which nothing stands; null: that can't be told of a schema that could not be read whole. */
export function changesSince(before: Schema, after: Schema): readonly StateDifference[] | null {
  return before.unknown.length > 0 || after.unknown.length > 0 ? null : compareStates(before, after);
}

function wrongIn(side: VerifiedSide): number {
  const { different, missing, extra } = countsOf(side);
  return different + missing + extra;
}

/** `1 differs, 2 missing`, without what is the same. */
function wrongWords(side: VerifiedSide): string {
  return sideSummary({ ...side, objects: side.objects.filter(({ status }) => status === 'different' || status === 'missing' || status === 'extra') });
}

function restWords(side: VerifiedSide): string {
  const { unknown } = countsOf(side);
  return unknown === 0 ? '' : `, as far as it could be compared (${counted(unknown, 'object')} could not)`;
}

function changesWords(changes: readonly StateDifference[]): string {
  const shown = changes.slice(0, 4).map(({ object, what }) => `${object}: ${what}`).join('; ');
  return changes.length <= 4 ? shown : `${shown}; and ${changes.length - 4} more`;
}
