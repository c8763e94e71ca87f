import * as vscode from 'vscode';
import { verdictOf, type DryRun } from '../../engine/dry-run/dry-run';
import { renderDryRun } from '../../engine/dry-run/markdown';
import { verdictWords, type LineOf } from '../../engine/dry-run/text';
import { baseName } from '../../engine/project/paths';
import { LineIndex } from '../../engine/text/text';
import { ShadowFailure } from '../../shadow/failure';
import { toPath } from '../convert';
import type { Parts } from '../parts';
import { UserProblem, withProgress } from './command';
import { revisionDocument } from './review-draft';

/** *Dry Run on Embedded PostgreSQL*: the draft's text as it is, up, down and up again; what became of each statement on its line, and as a page. */
export async function dryRunDraft(parts: Parts, uri?: vscode.Uri): Promise<void> {
  const document = await revisionDocument(parts, uri);
  await vscode.window.showTextDocument(document, { preview: false });
  const name = baseName(toPath(document.uri));
  const text = document.getText();
  const run = await withProgress(`Dry run of ${name}`, (signal, report) => parts.dryRuns.run(document, signal, report)).catch((error: unknown) => {
    throw error instanceof ShadowFailure ? new UserProblem(error.message) : error;
  });
  if (run === null) throw new UserProblem(`${name} is no revision: it sets no revision and down_revision.`);
  await tell(parts, run, { name, text, path: toPath(document.uri) });
}

interface Tried {
  /** The draft, as a person calls it. */
  readonly name: string;
  readonly text: string;
  readonly path: string;
  /** The connection's name; absent: the embedded PostgreSQL. */
  readonly on?: string | null;
}

/** The answer in a line, with the page a click away. */
export async function tell(parts: Parts, run: DryRun, { name, text, path, on = null }: Tried): Promise<void> {
  const lines = new LineIndex(text);
  const lineOf: LineOf = (at) => (at.path === path ? `line ${lines.at(at.range.start).line + 1}` : `in ${baseName(at.path)}`);
  const page = parts.databaseDocuments.show('dry run', `${name} dry run.md`, renderDryRun(run, { name, lineOf }));
  const say = { passed: vscode.window.showInformationMessage, failed: vscode.window.showErrorMessage, incomplete: vscode.window.showWarningMessage }[verdictOf(run)];
  const show = 'Show Report';
  const left = { embedded: '', 'rolled back': ' It was rolled back: nothing of it stays.', temporary: ' The temporary database was dropped.' }[run.place.kind];
  void say(`Dry run${on === null ? '' : ` on ${on}`}: ${verdictWords(run, lineOf)}${left}`, show).then((picked) => (picked === show ? vscode.commands.executeCommand('markdown.showPreviewToSide', page) : undefined));
}
