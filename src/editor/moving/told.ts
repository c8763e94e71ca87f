import * as vscode from 'vscode';
import type { Schema } from '../../engine/schema/schema';
import { afterRun, changesSince, type AfterRun } from '../../runner/after-run';
import type { MigrateOutcome } from '../../runner/migrate';
import { outcomeWords } from '../../runner/outcome-words';
import type { MigrationPlan } from '../../runner/plan';
import { showVerification, verifyConnection, type ConnectionVerification } from '../commands/verify-database';
import { withProgress } from '../commands/command';
import type { Connection } from '../connection-setting';
import { projectOf, supabaseOf } from '../databases';
import { isCancellation, reasonOf } from '../log';
import type { Parts } from '../parts';

export interface EndedRun {
  readonly connection: Connection;
  readonly form: 'alembic' | 'supabase';
  readonly plan: MigrationPlan;
  /** The schema before the run; null: it was not read. */
  readonly before: Schema | null;
  readonly outcome: MigrateOutcome;
  /** The look for what runs outside, which was held up while this one was at work. */
  readonly watched: ReturnType<Parts['evidence']['watchRun']>;
}

/** After a run: the tree is looked at anew, the database verified, and what stands is told, with the page to read. */
export async function tellOutcome(parts: Parts, { connection, form, plan, before, outcome, watched }: EndedRun): Promise<void> {
  const { log } = parts;
  const words = outcomeWords(plan, form === 'supabase' ? { ...outcome, applied: outcome.applied?.slice(-1) ?? null } : outcome, connection.name);
  log.info(words.join('\n'));
  if (outcome.failure !== null && outcome.failure.details !== '') log.error(outcome.failure.details);
  await recordEvidence(parts, connection, plan, outcome);
  const refreshing = parts.databases.refresh(connection.id);
  const verified = outcome.applied === null ? null : await verifying(parts, connection);
  await refreshing;
  await watched.end(plan.verb);
  const judged = verified === null ? null : afterRun({ verification: verified.verification, changes: before === null || outcome.steps !== 0 ? null : changesSince(before, verified.schema) });
  parts.runs.tell({
    connectionId: connection.id,
    verb: plan.verb,
    form,
    revisions: plan.steps.slice(0, outcome.steps ?? 0).flatMap(({ id }) => id ?? []),
    outcome: outcome.kind,
    applied: outcome.applied,
    verified: verified === null ? null : !verified.differs,
    at: Date.now(),
  });
  const isGood = judged?.kind === 'well' || judged?.kind === 'behind';
  const tone = outcome.kind === 'failed' ? 'error' : isGood && outcome.steps !== null && outcome.doubt === null && outcome.invalidIndexes.length === 0 && !outcome.committed ? 'information' : 'warning';
  void showOutcome(parts, { tone, words, judged, verified, connection });
}

/** What ran, and the one at which it stopped, for the checklist. A stamp runs nothing. */
async function recordEvidence(parts: Parts, connection: Connection, { verb, steps }: MigrationPlan, { steps: done, failure }: MigrateOutcome): Promise<void> {
  if (verb === 'stamp' || done === null) return;
  const database = { id: connection.id, name: connection.name, environment: connection.environment };
  const did = verb === 'upgrade' ? 'upgraded' : 'downgraded';
  const ran = steps.slice(0, failure === null ? done : done + 1);
  for (const [index, { id }] of ran.entries()) {
    const path = id === null ? null : pathOf(parts, connection, id);
    const text = path === null ? null : await parts.workspace.read(path);
    if (id === null || text === null) continue;
    await parts.evidence.add(text, { revision: id, database, did, how: 'run', ...(index < done ? { outcome: 'passed' } : { outcome: 'failed', ...(failure !== null && { reason: failure.message }) }) });
  }
}

function pathOf({ projects }: Parts, connection: Connection, id: string): string | null {
  return projectOf(projects, connection)?.history.nodes.get(id)?.file.path ?? supabaseOf(projects, connection)?.migrations.find(({ version }) => version === id)?.path ?? null;
}

export interface ShownOutcome {
  readonly tone: 'information' | 'warning' | 'error';
  readonly words: readonly string[];
  /** Null: it could not be verified. */
  readonly judged: AfterRun | null;
  readonly verified: ConnectionVerification | null;
  readonly connection: Connection;
}

export async function showOutcome({ databaseDocuments, log }: Parts, { tone, words, judged, verified, connection }: ShownOutcome): Promise<void> {
  const showPage = 'Show Verification';
  const showLog = 'Show Log';
  const buttons = [...(verified === null ? [] : [showPage]), showLog];
  const say = { information: vscode.window.showInformationMessage, warning: vscode.window.showWarningMessage, error: vscode.window.showErrorMessage }[tone];
  const picked = await say([...words, ...(judged === null ? [] : [`Verified: ${judged.words}`])].join(' '), ...buttons);
  if (picked === showLog) log.show();
  if (picked === showPage && verified !== null) await showVerification(databaseDocuments, connection, verified, judged?.words);
}

/** What can't be verified is no failure of the run. */
export async function verifying(parts: Parts, connection: Connection): Promise<ConnectionVerification | null> {
  try {
    return await withProgress(`Verifying ${connection.name}`, (signal, report) => verifyConnection(parts, connection, signal, report));
  } catch (error) {
    if (!isCancellation(error)) parts.log.warn(`Verifying ${connection.name}: ${reasonOf(error)}`);
    return null;
  }
}
