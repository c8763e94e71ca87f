import * as vscode from 'vscode';

/**
 * Runs `work` under a progress notification. Cancelling aborts the signal and waits for the end, since the server is only then as it was
 * before; gives null then. What `work` rejects with otherwise is passed on.
 */
export async function untilSettled<T>(title: string, stopping: string, work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>): Promise<T | null> {
  const controller = new AbortController();
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    token.onCancellationRequested(() => {
      progress.report({ message: stopping });
      controller.abort(new vscode.CancellationError());
    });
    try {
      return await work(controller.signal, (message) => {
        if (!controller.signal.aborted) progress.report({ message });
      });
    } catch (error) {
      if (controller.signal.aborted && !(error instanceof Error && error.name === 'LeftBehind')) return null;
      throw error;
    }
  });
}
