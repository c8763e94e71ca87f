import * as vscode from 'vscode';
import { toPath } from '../convert';
import { isFile } from '../files';
import type { Parts } from '../parts';
import { UserProblem } from './command';

/** *Review Draft*: reviews the given or active revision now, applied or not, and says in one line what was found. */
export async function reviewDraft(parts: Parts, uri?: vscode.Uri): Promise<void> {
  const document = await revisionDocument(parts, uri);
  if (uri !== undefined) await vscode.window.showTextDocument(document);
  const review = await parts.reviews.review(document);
  if (review === null) return;
  const count = review.diagnostics.length;
  if (count === 0) {
    void vscode.window.showInformationMessage('The review found nothing to say about this draft.');
    return;
  }
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** The document of a revision, or of a file of SQL; throws with what to do when there is none. */
export async function revisionDocument(parts: Parts, uri: vscode.Uri | undefined): Promise<vscode.TextDocument> {
  await parts.projects.ready;
  const document = uri === undefined ? vscode.window.activeTextEditor?.document : await vscode.workspace.openTextDocument(uri);
  if (document === undefined) throw new UserProblem('Open a revision first: a file in the versions folder of your Alembic project, or a SQL migration.');
  if (isFile(document.uri) && document.uri.path.endsWith('.sql')) return document;
  if (!isFile(document.uri) || parts.projects.ofRevision(toPath(document.uri)) === null) {
    throw new UserProblem(`${document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1)} is no revision: it lies outside of the versions folder.`);
  }
  return document;
}
