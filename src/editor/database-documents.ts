import * as vscode from 'vscode';

/** What is told of a database, as read-only documents: one for each thing that is told, shown anew when it is asked again. */
export interface DatabaseDocuments extends vscode.Disposable {
  /** The document `name` of a connection; the name's end says the language (`.md`). */
  show(connection: string, name: string, text: string): vscode.Uri;
}

const scheme = 'alembic-review-report';

export function createDatabaseDocuments(): DatabaseDocuments {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
  );
  return {
    show: (connection, name, text) => {
      const uri = vscode.Uri.from({ scheme, path: `/${connection.replaceAll('/', ' ')}/${name.replaceAll('/', ' ')}` });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      return uri;
    },
    dispose: () => subscriptions.dispose(),
  };
}
