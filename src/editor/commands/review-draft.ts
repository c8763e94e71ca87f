import * as vscode from 'vscode';
import { reviewSummary } from '../../engine/render/review-summary';
import { commands } from '../contributions';
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
  void sayFound(document.uri, reviewSummary({ findings: review.diagnostics, notReviewed: review.notReviewed.length }));
  if (review.diagnostics.length + review.notReviewed.length > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

async function sayFound(uri: vscode.Uri, summary: string): Promise<void> {
  const exported = 'Export Report';
  if ((await vscode.window.showInformationMessage(summary, exported)) === exported) await vscode.commands.executeCommand(commands.exportReport, uri);
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
