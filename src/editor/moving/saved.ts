import * as vscode from 'vscode';
import { isInside } from '../../engine/project/paths';
import { toPath } from '../convert';
import { isFile } from '../files';

/**
 * Alembic runs files as they lie on the disk, and what is shown of them must be that. Asks to save those of the migrations that are
 * edited; a no throws a CancellationError.
 */
export async function requireSaved(folders: readonly string[]): Promise<void> {
  const edited = vscode.workspace.textDocuments.filter((document) => document.isDirty && isFile(document.uri) && folders.some((folder) => isInside(toPath(document.uri), folder)));
  if (edited.length === 0) return;
  const names = edited.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(', ');
  const save = edited.length === 1 ? 'Save and Go On' : 'Save All and Go On';
  const picked = await vscode.window.showWarningMessage(`${names} ${edited.length === 1 ? 'has' : 'have'} unsaved changes.`, { modal: true, detail: 'What runs on a database is the file as it is saved.' }, save);
  if (picked !== save) throw new vscode.CancellationError();
  for (const document of edited) if (!(await document.save())) throw new vscode.CancellationError();
}
