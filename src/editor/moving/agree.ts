import * as vscode from 'vscode';
import type { MigrationText } from '../../workspace/migration-text';
import { back, input } from '../commands/wizard';
import type { Connection } from '../connection-setting';
import type { Parts } from '../parts';

export interface ToAgree {
  readonly connection: Connection;
  readonly verb: 'upgrade' | 'downgrade' | 'stamp';
  /** `ada@db.example.com/shop` */
  readonly target: string;
  /** As the server calls it. */
  readonly databaseName: string;
  /** `it stands at …, and at … afterwards` */
  readonly standing: string;
  /** `4f1c add status`, in order. */
  readonly revisions: readonly string[];
  readonly text: MigrationText;
}

/**
 * Shows the SQL beside, and asks: a production database's name is typed. A no throws a CancellationError; nothing has run then. Gives the
 * document that is shown, for `closeShown`.
 */
export async function agree(parts: Parts, request: ToAgree): Promise<vscode.Uri> {
  const uri = parts.databaseDocuments.show(request.connection.name, `${request.verb} ${request.connection.name}.sql`, request.text.text);
  try {
    await ask(uri, request);
    return uri;
  } catch (error) {
    await closeShown(uri);
    throw error;
  }
}

/** It took half of the window, and has done its work: it is closed, unless the person kept it or is reading it. */
export async function closeShown(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const done = tabs.filter((tab) => tab.isPreview && tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString() && !(tab.isActive && tab.group.isActive && tabs.length > 1));
  if (done.length > 0) await vscode.window.tabGroups.close(done, true);
}

async function ask(uri: vscode.Uri, { connection, verb, target, databaseName, standing, revisions, text }: ToAgree): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: beside(), preserveFocus: true, preview: true });
  const title = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`;
  const gaps = text.isWhole ? [] : ['Part of it is not understood, and stands there as a comment.'];
  const losses = text.losses.length === 0 ? [] : [`Lost for good: ${text.losses.join('; ')}.`];
  if (connection.environment === 'production') {
    const typed = await input(
      { title: `${title} ${connection.name}: production` },
      {
        prompt: `${[`${connection.name} is a production database (${target}).`, ...losses, ...gaps].join(' ')} Its SQL is shown beside. Type the name of the database, ${databaseName}, to ${verb} it`,
        placeholder: databaseName,
        validate: (value) => (value.trim() === databaseName ? null : `The database is called ${databaseName}. Nothing runs until its name stands here.`),
      },
    );
    if (typed === back) throw new vscode.CancellationError();
    return;
  }
  const where = `${target} · ${connection.environment}`;
  const blocks = [[where], [standing, ...listed(revisions)], losses, [`The SQL is shown beside. ${[...gaps, 'Nothing has run yet.'].join(' ')}`]];
  const detail = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n');
  const picked = await vscode.window.showWarningMessage(`${title} ${connection.name}?`, { modal: true, detail }, title);
  if (picked !== title) throw new vscode.CancellationError();
}

/** A dialog has room for some. */
function listed(revisions: readonly string[]): readonly string[] {
  const numbered = revisions.map((revision, index) => `${index + 1}. ${revision}`);
  return revisions.length <= 8 ? numbered : [...numbered.slice(0, 7), `and ${revisions.length - 7} more`];
}

/** Beside nothing there would be an empty half of the window. */
function beside(): vscode.ViewColumn {
  const { all } = vscode.window.tabGroups;
  return all.every(({ tabs }) => tabs.length === 0) ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}
