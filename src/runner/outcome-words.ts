import { describeBlocker, type Blocker } from '../database/backends';
import { formatMessage } from '../engine/text/problem';
import type { MigrateOutcome, MigrateProgress } from './migrate';
import type { MigrationPlan } from './plan';

/** What a run came to, in sentences: what happened, what stands, what is left to do. `name`: of the database. */
export function outcomeWords(plan: MigrationPlan, outcome: MigrateOutcome, name: string): readonly string[] {
  const { kind, failure, applied, doubt, invalidIndexes, heldBy } = outcome;
  const happened = kind === 'cancelled' ? ['Cancelled.'] : kind === 'failed' && failure !== null ? [failure.message, ...holderWords(heldBy)] : [];
  const left = invalidIndexes.map((index) => `An interrupted CREATE INDEX CONCURRENTLY left the index ${index} behind, which is invalid: drop it (DROP INDEX CONCURRENTLY ${index}) before you run this again.`);
  return [...happened, ...(applied === null ? [] : standingWords(plan, outcome, applied, name)), ...(doubt === null ? [] : [formatMessage(doubt)]), ...left];
}

/** Of a lock that did not come in time. */
export function holderWords(heldBy: readonly Blocker[]): readonly string[] {
  return heldBy.length === 0 ? [] : [`The lock was held by the server ${heldBy.length === 1 ? 'process' : 'processes'} ${heldBy.map(describeBlocker).join(', ')}.`];
}

function standingWords(plan: MigrationPlan, { kind, steps, committed }: MigrateOutcome, applied: readonly string[], name: string): readonly string[] {
  const total = plan.steps.length;
  const stands = `${name} stands at ${at(applied)}`;
  if (steps === null) return [`${stands}, where none of these steps leads: somebody else moved it meanwhile.`];
  if (steps === total && plan.verb === 'stamp') return [`${stands} now. No migration ran.`];
  if (steps === total) return [`${revisions(total)} ${total === 1 ? 'was' : 'were'} ${plan.verb}d; ${stands} now.`];
  const next = plan.steps[steps];
  const open = next?.id == null ? '' : ` ${next.id}${next.message === '' ? '' : ` (${next.message})`}`;
  if (kind === 'done') return [`${stands}, although nothing failed: env.py did not commit what it ran.`];
  const kept = committed
    ? [`Part of${open} was committed, since it has an autocommit block or a COMMIT: that stands, though the version table does not name it. Look at what is there before you run it again.`]
    : [];
  if (steps === 0) return [committed ? `${stands}, as before.` : `Nothing was changed: ${stands}, as before.`, ...kept];
  return [`${steps} of ${revisions(total)} ${steps === 1 ? 'stands' : 'stand'}: ${stands}.${committed ? '' : ` What${open} had done was rolled back.`}`, ...kept];
}

function revisions(count: number): string {
  return `${count} ${count === 1 ? 'revision' : 'revisions'}`;
}

/** `4f1c`, `4f1c and 99ab`, `no revision`. */
export function at(heads: readonly string[]): string {
  return heads.length === 0 ? 'no revision' : heads.join(' and ');
}

/** One line for a person who watches; `statement` is the running statement's own. */
export function progressWords(progress: MigrateProgress): string {
  switch (progress.kind) {
    case 'step': {
      const { id, message, up } = progress.step;
      return `${progress.index + 1} of ${progress.total}: ${up ? '' : 'back from '}${id ?? ''} ${message}`.trimEnd();
    }
    case 'statement':
      return `statement ${progress.count}: ${progress.sql}`;
    case 'blocked':
      return `It waits for a lock that ${progress.blockers.length === 1 ? 'is held by the server process' : 'is held by the server processes'} ${progress.blockers.map(describeBlocker).join(', ')}.`;
    case 'unblocked':
      return 'It goes on.';
    case 'silent':
      return `The server has not answered for ${progress.seconds} s: the network or the server may be gone.`;
    case 'stopping':
      return 'Stopping: what the open transaction did is rolled back…';
  }
}
