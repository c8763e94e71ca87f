import * as vscode from 'vscode';
import { UserProblem } from './command';

/** *Copy Revision ID*: of the line that was clicked. */
export async function copyRevisionId(id: string | null): Promise<void> {
  if (id === null) throw new UserProblem('Choose a revision in the Revisions view: its menu copies the id.');
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage(`$(check) ${id} is on the clipboard`, 4000);
}
