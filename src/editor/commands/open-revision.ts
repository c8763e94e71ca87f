import * as vscode from 'vscode';
import type { RevisionFile } from '../../engine/history/revision';
import { LineIndex } from '../../engine/text/text';
import { toRange, toUri } from '../convert';
import type { Parts } from '../parts';
import { UserProblem } from './command';

/** Opens a revision's file with the cursor at `upgrade()`, where that stands now. */
export async function openRevision(parts: Parts, shown: RevisionFile): Promise<void> {
  const revision = parts.projects.ofRevision(shown.path)?.history.nodes.get(shown.id)?.file ?? shown;
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(toUri(revision.path));
  } catch {
    throw new UserProblem(`${revision.path} is gone. Refresh the view, or get the file back from version control.`);
  }
  const editor = await vscode.window.showTextDocument(document);
  const place = revision.places.upgrade;
  if (place === null) return;
  const { start } = toRange(new LineIndex(document.getText()), place.range);
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.AtTop);
}
