import * as vscode from 'vscode';
import { renderReport } from '../../engine/render/review-report';
import { toPath, toUri } from '../convert';
import { isFile } from '../files';
import type { Report } from '../diagnostics/report-text';
import type { Parts } from '../parts';
import { revisionDocument } from './review-draft';
import { UserProblem, withProgress } from './command';

/**
 * *Export Review Report*: one page of Markdown for a pull request, as a document without a name, which a person saves where it belongs.
 * Of the revisions that are selected or open in front; elsewhere of all that wait to be applied.
 */
export async function exportReport(parts: Parts, uris: readonly vscode.Uri[]): Promise<void> {
  const documents = await documentsOf(parts, uris);
  const reports = await withProgress('Writing the review report', async (signal, tell) => {
    const written: Report[] = [];
    for (const [index, document] of documents.entries()) {
      if (documents.length > 1) tell(`${index + 1} of ${documents.length}`);
      const report = await parts.reportText(toPath(document.uri), document.getText(), signal);
      if (report !== null) written.push(report);
    }
    return written;
  });
  const text = renderReport(reports.map(({ draft }) => draft), { database: reports[0]?.database ?? null });
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
  await vscode.window.showTextDocument(document, { preview: false });
}

async function documentsOf(parts: Parts, uris: readonly vscode.Uri[]): Promise<readonly vscode.TextDocument[]> {
  await parts.projects.ready;
  if (uris.length > 0) return Promise.all(uris.map((uri) => revisionDocument(parts, uri)));
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active !== undefined && (parts.projects.ofRevision(toPath(active)) !== null || (isFile(active) && active.path.endsWith('.sql')))) return [await revisionDocument(parts, active)];
  const waiting = pendingOf(parts);
  if (waiting.length === 0) throw new UserProblem('No revision waits to be applied. Open the one that the report should be about.');
  return Promise.all(waiting.map((path) => revisionDocument(parts, toUri(path))));
}

/** What connected databases still lack, the next to run first; where none answers, nobody knows, and the last revisions are meant. */
function pendingOf({ projects, databases }: Parts): readonly string[] {
  const positions = databases.states().flatMap(({ outcome }) => (outcome.kind === 'read' ? [outcome.position] : []));
  const heads = projects.all().flatMap(({ history }) => history.heads.flatMap((id) => history.nodes.get(id)?.file ?? []));
  const files = positions.length === 0 ? heads : positions.flatMap(({ pending }) => pending);
  // Those of Supabase's CLI are none of Alembic's.
  return [...new Set(files.map(({ path }) => path))].filter((path) => projects.ofRevision(path) !== null);
}
