import * as vscode from 'vscode';
import { UserProblem } from '../commands/command';
import { toUri } from '../convert';

/**
 * Writes new revisions as one undoable edit, whole or not at all, and opens them, the first in front. Nothing that exists is
 * overwritten. The files are on disk at once: Alembic would stumble over an empty one.
 */
export async function writeRevisions(drafts: readonly [Draft, ...Draft[]]): Promise<vscode.TextEditor> {
  await createFiles(drafts, 'Generate Migration');
  const [first, ...others] = drafts;
  for (const { path } of others) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(toUri(path)), { preview: false });
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(toUri(first.path)), { preview: false });
}

/** The files alone, as one edit that can be undone. Fails in words where one of them is there already. */
export async function createFiles(drafts: readonly Draft[], label: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { path, text } of drafts) {
    edit.createFile(toUri(path), { overwrite: false, ignoreIfExists: false, contents: new TextEncoder().encode(text) }, { label, needsConfirmation: false });
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new UserProblem(`${drafts.map(({ path }) => path).join(' and ')} could not be written. Is there such a file already, or is the folder read-only?`);
  }
}

interface Draft {
  readonly path: string;
  readonly text: string;
}
