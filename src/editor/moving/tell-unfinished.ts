import * as vscode from 'vscode';
import { readBackendAges, terminateBackends } from '../../database/backends';
import { connect, type Database } from '../../database/connect';
import { readApplied } from '../../database/versions';
import { afterRun } from '../../runner/after-run';
import { whereItStands } from '../../runner/migrate';
import { outcomeWords } from '../../runner/outcome-words';
import type { MigrationPlan } from '../../runner/plan';
import type { Connection } from '../connection-setting';
import { reach } from '../connection-source';
import { projectOf, versionTableOf } from '../databases';
import { isCancellation, reasonOf } from '../log';
import type { Parts } from '../parts';
import { showOutcome, verifying } from './told';
import type { UnfinishedRun } from './unfinished-runs';

/** Tells of each run whose end nobody saw where it has left its database; what is still at work there is waited for, and can be ended. */
export async function tellUnfinishedRuns(parts: Parts): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  await parts.projects.ready;
  for (const run of await parts.unfinishedRuns.take()) {
    const connection = parts.connections.list().find(({ id }) => id === run.connection);
    if (connection === undefined) continue;
    try {
      await tellUnfinishedRun(parts, connection, run);
    } catch (error) {
      if (!isCancellation(error)) parts.log.warn(`${connection.name}: what became of an interrupted run: ${reasonOf(error)}`);
    }
  }
}

async function tellUnfinishedRun(parts: Parts, connection: Connection, { plan, form, pids, at }: UnfinishedRun): Promise<void> {
  const project = projectOf(parts.projects, connection);
  const reached = await reach(connection, parts.connections, project);
  const begun = `The ${plan.verb} of ${connection.name} that began at ${new Date(at).toLocaleTimeString()} was interrupted: the window was closed, or the editor ended.`;
  if (reached.kind === 'problem') {
    void vscode.window.showWarningMessage(`${begun} Where ${connection.name} stands is not known: ${reached.advice}`);
    return;
  }
  const { target, password } = reached;
  await untilNobodyIsAtWork(connection, () => connect(target, password), plan, pids);
  const standing = await whereItStands(target, password, (database) => readApplied(database, form, versionTableOf(project)), plan, []);
  const shown = form === 'supabase' ? { ...standing, applied: standing.applied?.slice(-1) ?? null } : standing;
  const [, ...words] = outcomeWords(plan, { ...shown, kind: 'cancelled', failure: null, committed: false, heldBy: [], invalidIndexes: standing.invalidIndexes }, connection.name);
  const verified = standing.applied === null ? null : await verifying(parts, connection);
  await parts.databases.refresh(connection.id);
  const judged = verified === null ? null : afterRun({ verification: verified.verification, changes: null });
  parts.log.info([begun, ...words].join(' '));
  await showOutcome(parts, { tone: 'warning', words: [begun, ...words], judged, verified, connection });
}

/** A window that was closed in a browser leaves its run at work for some time; a server may take a moment to notice that its client is gone. */
async function untilNobodyIsAtWork(connection: Connection, open: () => Promise<Database>, { verb }: MigrationPlan, pids: UnfinishedRun['pids']): Promise<void> {
  if (pids.length === 0) return;
  const database = await open();
  /** A number is given to another process sooner or later: it must be as old, too. */
  const alive = async (): Promise<readonly number[]> => {
    const ages = await readBackendAges(database, pids.map(({ pid }) => pid));
    return ages.filter(({ pid, seconds }) => pids.some((one) => one.pid === pid && Math.abs((Date.now() - one.at) / 1000 - seconds) < 30)).map(({ pid }) => pid);
  };
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));
  try {
    for (let tries = 0; tries < 8 && (await alive()).length > 0; tries++) await pause();
    if ((await alive()).length === 0) return;
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: `${connection.name}: the ${verb} that an earlier window began is still at work. Cancel ends it.`, cancellable: true }, async (_progress, token) => {
      for (let left = await alive(); left.length > 0; left = await alive()) {
        if (token.isCancellationRequested) await terminateBackends(database, left);
        await pause();
      }
    });
  } finally {
    await database.close();
  }
}
