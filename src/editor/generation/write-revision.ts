import * as vscode from 'vscode';
import { UserProblem } from '../commands/command';
import { toUri } from '../convert';

/**
 * Writes a new revision as one undoable edit, whole or not at all, and opens it. Nothing that exists is overwritten.
 * The file is on disk at once: Alembic would stumble over an empty one.
 */
export async function writeRevision(path: string, text: string): Promise<vscode.TextEditor> {
  const uri = toUri(path);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents: new TextEncoder().encode(text) }, { label: 'Generate Migration', needsConfirmation: false });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new UserProblem(`${path} could not be written. Is there such a file already, or is the folder read-only?`);
  }
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}
