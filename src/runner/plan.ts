import type { Project } from '../engine/project/project';
import { explainAnswer } from './failure';
import type { PlannedStep } from './helper-answer';
import { runHelper } from './run-helper';

export const migrationVerbs = ['upgrade', 'downgrade', 'stamp'] as const;
export type MigrationVerb = (typeof migrationVerbs)[number];

/** What Alembic would do, from where the database stands. */
export interface MigrationPlan {
  readonly verb: MigrationVerb;
  /** As Alembic takes it: `head`, `heads`, `+1`, `-1`, `base`, an id, `label@head`. Several: `stamp` alone. */
  readonly revisions: readonly string[];
  /** What the version table holds. */
  readonly heads: readonly string[];
  /** In order; empty: there is nothing to do. */
  readonly steps: readonly PlannedStep[];
}

export interface PlanRequest extends Pick<MigrationPlan, 'verb' | 'revisions' | 'heads'> {
  readonly project: Project;
  /** The interpreter that has the project's Alembic. */
  readonly python: string;
  /** What env.py gets by `context.get_x_argument()`: `alembic -x key=value`. */
  readonly xArguments?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/**
 * Asks the project's own Alembic which steps lead from `heads` to the target, without a database and without env.py. Alembic
 * loads the revision files to know that. Rejects with a RunnerFailure (no such revision, several heads, …), or with the
 * signal's reason.
 */
export async function planByAlembic({ project, python, verb, revisions, heads, xArguments = [], signal, log }: PlanRequest): Promise<MigrationPlan> {
  const { configPath, section, scriptLocation } = project;
  const answer = await runHelper({
    python,
    folder: project.runsIn ?? project.root,
    request: { kind: 'plan', configPath, section, scriptLocation, verb, revisions, heads, xArguments },
    secrets: [],
    signal,
    log,
  });
  if (answer.kind !== 'done') throw explainAnswer(answer, { python, target: null });
  return { verb, revisions, heads, steps: answer.steps ?? [] };
}

/** How many of the planned steps stand, by what the version table holds; null: it holds what no step leads to. */
export function stepsDone({ heads, steps }: MigrationPlan, applied: readonly string[]): number | null {
  const same = (others: readonly string[]): boolean => [...others].sort().join('\n') === [...applied].sort().join('\n');
  for (let done = steps.length; done > 0; done--) if (same(steps[done - 1]?.heads ?? [])) return done;
  return same(heads) ? 0 : null;
}
