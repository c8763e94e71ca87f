import * as vscode from 'vscode';

/** Texts that are shown and cannot be typed into, by their addresses. */
export interface ReadOnlyDocuments extends vscode.Disposable {
  /** Shows another text under an address anew. */
  show(uri: vscode.Uri, text: string): vscode.Uri;
}

/** A text is kept until its document is closed. */
export function createReadOnlyDocuments(scheme: string): ReadOnlyDocuments {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) texts.delete(uri.toString());
    }),
  );
  return {
    show: (uri, text) => {
      texts.set(uri.toString(), text);
      changed.fire(uri);
      return uri;
    },
    dispose: () => subscriptions.dispose(),
  };
}
