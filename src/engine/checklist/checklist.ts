import type { MigrationForm } from '../project/supabase';
import type { Message } from '../text/problem';
import type { Place } from '../text/text';
import { appliedStep } from './applied';
import { beforeStep } from './before';
import { generatedStep } from './generated';
import type { ChecklistFacts } from './facts';
import { readyStep } from './ready';
import { reviewedStep } from './reviewed';
import { verifiedStep } from './verified';

/** The migration at hand, step by step, each ticked by evidence. Plain data: a view, a terminal and a report show the same. */
export interface Checklist {
  readonly form: MigrationForm;
  /** What it is about; null: nothing is under way, and there are no steps. */
  readonly migration: { readonly id: string | null; readonly name: string; readonly path: string | null } | null;
  readonly steps: readonly ChecklistStep[];
}

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

/** Every step with what is known. Pure and deterministic; what is not known is `unknown` with its reason. */
export function checklistOf(facts: ChecklistFacts): Checklist {
  const { draft, models, form } = facts;
  if (draft === null && (models.kind !== 'changed')) return { form, migration: null, steps: [] };
  const steps = [beforeStep(facts), generatedStep(facts), reviewedStep(facts), appliedStep(facts), verifiedStep(facts), readyStep(facts)].map((step) => ({ ...step, state: stateOf(step.items.map(({ state }) => state)) }));
  const next = steps.find(({ state }) => state === 'failed' || state === 'open');
  const migration = draft === null ? { id: null, name: '', path: null } : { id: draft.id, name: draft.name, path: draft.path };
  return { form, migration, steps: steps.map((step) => ({ ...step, isNext: step === next })) };
}

/** Of several: what is wrong counts most, then what is to do, then what is not known. */
export function stateOf(states: readonly ChecklistState[]): ChecklistState {
  const worst = (['failed', 'open', 'unknown', 'later'] as const).find((state) => states.includes(state));
  return worst ?? (states.includes('done') ? 'done' : 'note');
}
