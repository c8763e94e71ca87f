import * as vscode from 'vscode';
import type { Direction } from '../../engine/history/version-sql';
import { toPath } from '../convert';
import { isFile } from '../files';
import type { Parts } from '../parts';
import { UserProblem } from './command';
import { revisionDocument } from './review-draft';

/**
 * *Preview SQL*, *Preview Downgrade SQL*: what a draft sends to the server, beside it, following each keystroke. On a
 * preview they show the other direction in its place.
 */
export async function previewSql(parts: Parts, direction: Direction, uri?: vscode.Uri): Promise<void> {
  const shown = uri ?? vscode.window.activeTextEditor?.document.uri;
  const draft = shown === undefined ? null : parts.sqlPreviews.draftOf(shown);
  if (draft !== null) {
    await show(await parts.sqlPreviews.open(draft, direction), vscode.ViewColumn.Active, false);
    return;
  }
  const path = await draftPath(parts, shown);
  await show(await parts.sqlPreviews.open(path, direction), vscode.ViewColumn.Beside, true);
}

async function show(uri: vscode.Uri, viewColumn: vscode.ViewColumn, preserveFocus: boolean): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { viewColumn: columnOf(uri) ?? viewColumn, preserveFocus, preview: true });
}

/** Where it is open already. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()))?.viewColumn;
}

/** A revision, or a file of SQL. */
async function draftPath(parts: Parts, uri: vscode.Uri | undefined): Promise<string> {
  if (uri === undefined) throw new UserProblem('Open a revision first: a file in the versions folder of your Alembic project, or a SQL migration.');
  if (uri.path.endsWith('.sql') && isFile(uri)) return toPath(uri);
  return toPath((await revisionDocument(parts, uri)).uri);
}
