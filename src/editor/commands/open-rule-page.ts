import * as vscode from 'vscode';
import type { Parts } from '../parts';
import { UserProblem } from './command';

/** Shows the page of a rule: what it catches, why, what to do, when it is fine. */
export async function openRulePage(parts: Parts, rule: string): Promise<void> {
  if (!/^[a-z-]+$/.test(rule)) throw new UserProblem(`There is no rule called ${rule}.`);
  const page = vscode.Uri.joinPath(parts.extensionUri, 'docs', 'rules', `${rule}.md`);
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
  } catch {
    // The built-in preview can be disabled.
    await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
}
