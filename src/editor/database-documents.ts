import * as vscode from 'vscode';
import { createReadOnlyDocuments } from './read-only-documents';

/** What is told of a database, as read-only documents: one for each thing that is told, shown anew when it is asked again. */
export interface DatabaseDocuments extends vscode.Disposable {
  /** The document `name` of a connection; the name's end says the language (`.md`). */
  show(connection: string, name: string, text: string): vscode.Uri;
}

const scheme = 'alembic-review-report';

export function createDatabaseDocuments(): DatabaseDocuments {
  const documents = createReadOnlyDocuments(scheme);
  return {
    show: (connection, name, text) => documents.show(vscode.Uri.from({ scheme, path: `/${connection.replaceAll('/', ' ')}/${name.replaceAll('/', ' ')}` }), text),
    dispose: () => documents.dispose(),
  };
}
