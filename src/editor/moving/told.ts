import * as vscode from 'vscode';
import type { MigrateOutcome } from '../../runner/migrate';
import { outcomeWords } from '../../runner/outcome-words';
import type { MigrationPlan } from '../../runner/plan';
import { showVerification, verifyConnection, type ConnectionVerification } from '../commands/verify-database';
import { withProgress } from '../commands/command';
import type { Connection } from '../connection-setting';
import { projectOf, supabaseOf } from '../databases';
import { isCancellation, reasonOf } from '../log';
import type { Parts } from '../parts';

/** After a run: the tree is looked at anew, the database verified, and what stands is told, with the page to read. */
export async function tellOutcome(parts: Parts, connection: Connection, form: 'alembic' | 'supabase', plan: MigrationPlan, outcome: MigrateOutcome): Promise<void> {
  const { log } = parts;
  const words = outcomeWords(plan, form === 'supabase' ? { ...outcome, applied: outcome.applied?.slice(-1) ?? null } : outcome, connection.name);
  log.info(words.join('\n'));
  if (outcome.failure !== null && outcome.failure.details !== '') log.error(outcome.failure.details);
  await recordEvidence(parts, connection, plan, outcome);
  parts.evidence.forget(connection.id);
  const refreshing = parts.databases.refresh(connection.id);
  const verified = outcome.applied === null ? null : await verifying(parts, connection);
  await refreshing;
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
  void show(parts, outcome, [...words, ...(verified === null ? [] : [`Verified: ${verified.verdict}`])].join(' '), verified, connection);
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

async function show({ databaseDocuments, log }: Parts, { kind, steps }: MigrateOutcome, text: string, verified: ConnectionVerification | null, connection: Connection): Promise<void> {
  const showPage = 'Show Verification';
  const showLog = 'Show Log';
  const buttons = [...(verified === null ? [] : [showPage]), showLog];
  const isWell = kind === 'done' && steps !== null && verified?.differs === false;
  const picked = isWell ? await vscode.window.showInformationMessage(text, ...buttons) : kind === 'failed' ? await vscode.window.showErrorMessage(text, ...buttons) : await vscode.window.showWarningMessage(text, ...buttons);
  if (picked === showLog) log.show();
  if (picked === showPage && verified !== null) await showVerification(databaseDocuments, connection, verified);
}

/** What can't be verified is no failure of the run. */
async function verifying(parts: Parts, connection: Connection): Promise<ConnectionVerification | null> {
  try {
    return await withProgress(`Verifying ${connection.name}`, (signal, report) => verifyConnection(parts, connection, signal, report));
  } catch (error) {
    if (!isCancellation(error)) parts.log.warn(`Verifying ${connection.name}: ${reasonOf(error)}`);
    return null;
  }
}
