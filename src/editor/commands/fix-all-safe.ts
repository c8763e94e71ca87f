import * as vscode from 'vscode';
import type { Diagnostic } from '../../engine/rules/rule';
import type { TextEdit } from '../../engine/text/text';
import { toPath, toTextEdits } from '../convert';
import type { Parts } from '../parts';
import { fixAllSafe as fixText } from '../diagnostics/fix-all';
import { revisionDocument } from './review-draft';
import { UserProblem, withProgress } from './command';

/** *Fix All Safe Problems*: one undoable edit with every fix that cannot lose data or change what was meant. */
export async function fixAllSafe(parts: Parts, uri?: vscode.Uri): Promise<void> {
  const document = await revisionDocument(parts, uri);
  const text = document.getText();
  const path = toPath(document.uri);
  const result = await withProgress('Fixing safe problems', async (signal) =>
    fixText(text, async (current) => {
      signal.throwIfAborted();
      let diagnostics: readonly Diagnostic[] = [];
      // The last review is the one that knows most.
      for await (const review of parts.reviewText(path, current, signal)) diagnostics = review.diagnostics;
      return diagnostics;
    }),
  );
  if (result.fixed === 0) {
    void vscode.window.showInformationMessage('There is nothing that can be fixed safely by itself in this draft.');
    return;
  }
  if (document.getText() !== text) throw new UserProblem('The draft changed while it was being fixed. Run the command again.');
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, toTextEdits(text, [oneEdit(text, result.text)]));
  if (!(await vscode.workspace.applyEdit(edit))) throw new UserProblem('The editor did not accept the change. Is the file read-only?');
  await parts.reviews.review(document);
  vscode.window.setStatusBarMessage(`Fixed ${result.fixed} ${result.fixed === 1 ? 'problem' : 'problems'}`, 5000);
}

/** The edit that makes `after` of `before`, no larger than it must be, so that the cursor stays where it is. */
function oneEdit(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { range: { start, end: before.length - tail }, newText: after.slice(start, after.length - tail) };
}
