import type { MigrationForm } from '../project/supabase';
import { appliedStep } from './applied';
import { beforeStep } from './before';
import { generatedStep } from './generated';
import type { ChecklistFacts } from './facts';
import { stateOf, type ChecklistStep } from './items';
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

/** Every step with what is known. Pure and deterministic; what is not known is `unknown` with its reason. */
export function checklistOf(facts: ChecklistFacts): Checklist {
  const { draft, models, form } = facts;
  if (draft === null && (models.kind !== 'changed')) return { form, migration: null, steps: [] };
  const steps = [beforeStep(facts), generatedStep(facts), reviewedStep(facts), appliedStep(facts), verifiedStep(facts), readyStep(facts)].map((step) => ({ ...step, state: stateOf(step.items.map(({ state }) => state)) }));
  const next = steps.find(({ state }) => state === 'failed' || state === 'open');
  const migration = draft === null ? { id: null, name: '', path: null } : { id: draft.id, name: draft.name, path: draft.path };
  return { form, migration, steps: steps.map((step) => ({ ...step, isNext: step === next })) };
}
