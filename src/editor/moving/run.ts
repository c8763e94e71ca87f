import * as vscode from 'vscode';
import { describeBlocker } from '../../database/backends';
import type { MigrateOutcome, MigrateProgress } from '../../runner/migrate';
import { progressWords } from '../../runner/outcome-words';
import type { Log } from '../careful-log';

export interface ShownRun {
  readonly title: string;
  readonly log: Log;
  /** Starts it; aborting the signal cancels it, and it still answers with what stands. */
  readonly start: (signal: AbortSignal, onProgress: (progress: MigrateProgress) => void) => Promise<MigrateOutcome>;
}

/**
 * Runs under a progress notification: revision by revision, with the statement that runs. Cancelling waits for the outcome, since
 * what stands is to be told. Who holds a lock that does not come is said, with the choice to wait on or to cancel.
 */
export async function showRun({ title, log, start }: ShownRun): Promise<MigrateOutcome> {
  const controller = new AbortController();
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const cancel = (): void => controller.abort(new vscode.CancellationError());
    token.onCancellationRequested(cancel);
    let step = '';
    let stopping = false;
    return start(controller.signal, (told) => {
      const words = progressWords(told);
      if (told.kind === 'statement') log.debug(words);
      else log.info(words);
      if (told.kind === 'step') step = words;
      if (told.kind === 'stopping') stopping = true;
      const shown = told.kind === 'statement' ? `${step} · ${words}` : told.kind === 'blocked' ? `${step} · waits for a lock` : words;
      progress.report({ message: shown, ...(told.kind === 'step' && { increment: told.index === 0 ? 0 : 100 / told.total }) });
      if (told.kind === 'blocked' && !stopping) void askAboutLock(told, cancel);
    });
  });
}

async function askAboutLock({ blockers }: Extract<MigrateProgress, { kind: 'blocked' }>, cancel: () => void): Promise<void> {
  const cancelRun = 'Cancel Run';
  const who = blockers.map(describeBlocker).join(', ');
  const picked = await vscode.window.showWarningMessage(`The migration waits for a lock. It is held by server process ${who}. While it waits, others queue up behind it.`, 'Wait On', cancelRun);
  if (picked === cancelRun) cancel();
}
