import * as vscode from 'vscode';
import type { Parts } from '../parts';
import { views } from '../contributions';

/** *Refresh*: looks at the files and at one database or all of them now, with progress in the view. */
export async function refresh(parts: Parts, id?: string): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: views.databases } }, async () => {
    await parts.projects.reload();
    await parts.databases.refresh(id);
    await Promise.all([parts.unknownRevisions.refresh(), parts.editedRevisions.refresh(), parts.databaseInsights.refresh(id)]);
    if (id === undefined) await parts.checklists.refresh();
  });
}
