import { message, type Message } from '../text/problem';
import type { Place } from '../text/text';

export interface ChecklistStep {
  readonly id: 'before' | 'generated' | 'reviewed' | 'applied' | 'verified' | 'ready';
  readonly title: Message;
  readonly state: ChecklistState;
  readonly items: readonly ChecklistItem[];
  /** The first thing to do stands here. */
  readonly isNext: boolean;
}

/**
 * `done`: there is evidence; `open`: a person must do something; `failed`: something is wrong; `unknown`: could not be told, for a reason;
 * `later`: an earlier step comes first; `note`: nothing to tick, worth knowing.
 */
export type ChecklistState = 'done' | 'open' | 'failed' | 'unknown' | 'later' | 'note';

export interface ChecklistItem {
  /** Unique in its step. */
  readonly id: string;
  readonly state: ChecklistState;
  readonly text: Message;
  /** What it was ticked by, or why it is not. */
  readonly evidence: Message | null;
  /** What it consists of: a table each, a finding each. */
  readonly parts: readonly ChecklistPart[];
  /** The button that does it; null: there is none, or nothing to do. */
  readonly action: ChecklistAction | null;
  /** Where it can be looked at. */
  readonly at: Place | null;
}

export interface ChecklistPart {
  readonly state: ChecklistState;
  readonly text: Message;
  readonly at: Place | null;
}

export type ChecklistAction =
  | { readonly kind: 'generate' | 'createBranch' | 'mergeHeads' | 'connect' | 'commit' | 'offerDeployStep' | 'trust' | 'refresh' }
  /** Of the draft. */
  | { readonly kind: 'open' | 'fixAllSafe' | 'previewSql' | 'dryRun'; readonly path: string }
  | { readonly kind: 'verify' | 'upgrade'; readonly connection: string }
  | { readonly kind: 'copyCommand'; readonly command: 'upgrade' | 'roundTrip' };

/** Of several: what is wrong counts most, then what is to do, then what is not known. */
export function stateOf(states: readonly ChecklistState[]): ChecklistState {
  const worst = (['failed', 'open', 'unknown', 'later'] as const).find((state) => states.includes(state));
  return worst ?? (states.includes('done') ? 'done' : 'note');
}

/** An item with what most have: no parts, no button, no place. */
export function item(id: string, state: ChecklistState, text: Message, more: Partial<Pick<ChecklistItem, 'evidence' | 'parts' | 'action' | 'at'>> = {}): ChecklistItem {
  return { id, state, text, evidence: null, parts: [], action: null, at: null, ...more };
}

export function part(state: ChecklistState, text: Message, at: Place | null = null): ChecklistPart {
  return { state, text, at };
}

export type StepDraft = Pick<ChecklistStep, 'id' | 'title' | 'items'>;

/** An item whose turn has not come. */
export function later(id: string, text: Message, evidence: Message): ChecklistItem {
  return item(id, 'later', text, { evidence });
}

/** `1 table`, `3 tables`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

export function listed(names: readonly string[], most = 4): string {
  const shown = names.slice(0, most).join(', ');
  return names.length <= most ? shown : `${shown} and ${names.length - most} more`;
}

export const firstGenerate = message('Generate the migration first.');
export const underReview = message('The review is under way.');

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function startOf(path: string): Place {
  return { path, range: { start: 0, end: 0 } };
}
