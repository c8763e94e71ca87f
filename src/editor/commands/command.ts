import * as vscode from 'vscode';
import { LineIndex, type Place } from '../../engine/text/text';
import type { CommandId } from '../contributions';
import { toRange, toUri } from '../convert';
import type { Log } from '../careful-log';
import { isCancellation, reasonOf } from '../log';

/** A failure whose sentence is meant for the person at the keyboard: it says what to do, and is shown as it is. */
export class UserProblem extends Error {
  override readonly name = 'UserProblem';

  /** `at`: where it is to be corrected; the notification then leads there, or to what `remedy` says. */
  constructor(
    message: string,
    readonly at: Place | null = null,
    readonly remedy: vscode.Command | null = null,
  ) {
    super(message);
  }
}

/**
 * Registers a command behind the one error boundary: whatever `run` throws becomes one notification that says what
 * failed and why, with *Show Log*; a cancelled command says nothing. `title` completes "… failed".
 */
export function registerCommand(
  id: CommandId,
  title: string,
  log: Log,
  run: (...args: readonly unknown[]) => Promise<unknown>,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      return await run(...args);
    } catch (error) {
      if (isCancellation(error)) {
        log.debug(`${title}: cancelled`);
        return undefined;
      }
      log.error(error instanceof UserProblem ? `${title}: ${error.message}` : error instanceof Error ? error : String(error));
      void showFailure(title, error, log);
      return undefined;
    }
  });
}

async function showFailure(title: string, error: unknown, log: Log): Promise<void> {
  const sentence = reasonOf(error);
  const showLog = 'Show Log';
  const showPlace = 'Show Place';
  const { at: place, remedy } = error instanceof UserProblem ? error : { at: null, remedy: null };
  const buttons = [...(place === null ? [] : [showPlace]), ...(remedy === null ? [] : [remedy.title]), showLog];
  const picked =
    error instanceof UserProblem
      ? await vscode.window.showWarningMessage(sentence, ...buttons)
      : await vscode.window.showErrorMessage(`${title} failed: ${sentence}`, ...buttons);
  if (picked === showLog) log.show();
  else if (picked === showPlace && place !== null) await showAt(place);
  else if (picked !== undefined && remedy !== null) await vscode.commands.executeCommand(remedy.command, ...(remedy.arguments ?? []));
}

/** Opens a file with the place selected. */
export async function showAt(place: Place): Promise<void> {
  const document = await vscode.workspace.openTextDocument(toUri(place.path));
  const range = toRange(new LineIndex(document.getText()), place.range);
  await vscode.window.showTextDocument(document, { selection: range });
}

/** What takes longer than this is shown; a notification that comes and goes in a moment only disturbs, and costs the editor more than the work. */
const showAfter = 400;

/**
 * Runs `work`; when that takes a moment, under a progress notification with a cancel button. Cancelling aborts the signal
 * and throws a `CancellationError` as soon as `work` settles or, if it does not listen, at once.
 */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let said = '';
  let tell: ((message: string) => void) | null = null;
  const working = work(controller.signal, (message) => {
    said = message;
    tell?.(message);
  });
  // When the person cancelled, how the work then ends interests nobody.
  working.catch(() => undefined);
  if (await settlesWithin(working, showAfter)) return working;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      tell = (message) => progress.report({ message });
      if (said !== '') tell(said);
      const cancelled = new Promise<never>((_resolve, reject) => {
        token.onCancellationRequested(() => {
          controller.abort(new vscode.CancellationError());
          reject(new vscode.CancellationError());
        });
      });
      return Promise.race([working, cancelled]);
    },
  );
}

async function settlesWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const settled = work.then(() => true, () => true);
  return Promise.race([settled, late]).finally(() => clearTimeout(timer));
}
