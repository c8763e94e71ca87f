import type * as vscode from 'vscode';
import type { ConnectionTarget } from '../../database/connection-target';
import type { Schema } from '../../engine/schema/schema';
import type { MigrateOutcome, MigrateProgress } from '../../runner/migrate';
import type { MigrationPlan } from '../../runner/plan';
import { UserProblem } from '../commands/command';
import type { Connection } from '../connection-setting';
import { explain } from '../databases';
import type { Parts } from '../parts';
import { closeShown } from './agree';
import { showRun } from './run';
import { tellOutcome } from './told';

export interface WholeRun {
  readonly connection: Connection;
  readonly target: ConnectionTarget;
  readonly form: 'alembic' | 'supabase';
  readonly plan: MigrationPlan;
  /** The schema before the run; null: it was not read. */
  readonly before: Schema | null;
  /** What was agreed to, as it is shown. */
  readonly shown: vscode.Uri;
  /** Starts it; aborting the signal cancels it, and it still answers with what stands. */
  readonly start: (signal: AbortSignal, onProgress: (progress: MigrateProgress) => void, onServerProcess: (pid: number) => void) => Promise<MigrateOutcome>;
}

/** A run that was agreed to, from its first statement to what is told of it. That it is under way is written down, should the window close. */
export async function runWhole(parts: Parts, { connection, target, form, plan, before, shown, start }: WholeRun): Promise<void> {
  const { verb } = plan;
  const watched = parts.evidence.watchRun(connection.id);
  const underWay = await parts.unfinishedRuns.begin({ connection: connection.id, form, plan });
  const outcome = await showRun({
    title: `${verb.charAt(0).toUpperCase()}${verb.slice(1)} of ${connection.name}`,
    log: parts.log,
    start: (signal, onProgress) => start(signal, onProgress, underWay.serverProcess),
  }).catch(async (error: unknown) => {
    await Promise.all([watched.end(verb), underWay.end(), closeShown(shown)]);
    throw new UserProblem(`${connection.name}: ${explain(error, target).advice} Nothing was run.`);
  });
  await Promise.all([underWay.end(), closeShown(shown)]);
  await tellOutcome(parts, { connection, form, plan, before, outcome, watched });
}
