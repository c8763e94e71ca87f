import * as vscode from 'vscode';
import type { RevisionFile } from '../../engine/history/revision';
import { UserProblem } from './command';

/** *Copy Revision ID*: of the line that was clicked. */
export async function copyRevisionId(revision: RevisionFile | null): Promise<void> {
  if (revision === null) throw new UserProblem('Choose a revision in the Revisions view: its menu copies the id.');
  await vscode.env.clipboard.writeText(revision.id);
  vscode.window.setStatusBarMessage(`$(check) ${revision.id} is on the clipboard`, 4000);
}
