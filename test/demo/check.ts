/** The main job without a person: generate in VS Code, answer its questions, apply with real Alembic to rows that must survive, and back. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RoundTripFailure, migrationRoundTrip } from '../alembic/round-trip';
import type { Draft, Prepared, RoundTripResult } from '../alembic/round-trip';
import type { PostgresServer } from '../harness/postgres';
import { waitFor } from '../harness/processes';
import type { PythonEnvironment } from '../harness/python';
import { launch } from '../harness/vscode';
import type { VsCode } from '../harness/vscode';
import { answerQuestions } from './answers';
import { sample, vscodeOn } from './scene';

export interface Stage {
  readonly server: PostgresServer;
  readonly python: PythonEnvironment;
  readonly vsix: string;
}

export async function check({ server, python, vsix }: Stage): Promise<boolean> {
  const screenshots: string[] = [];
  try {
    const result = await migrationRoundTrip({
      server, python, project: sample.folder, rows: path.join(sample.folder, sample.rows), changes: sample,
      draft: (prepared) => draftInVscode(prepared, vsix, screenshots),
      held: (stage) => console.log(`ok  ${stage}`),
    });
    reportRows(result);
    console.log(`\nScreenshots:\n${screenshots.map((file) => `    ${file}`).join('\n')}\n\nAll of it held.`);
    return true;
  } catch (error) {
    console.log(`\nFAILED  ${error instanceof RoundTripFailure ? error.message : (error as Error).stack}`);
    return false;
  }
}

/** What a person does: opens two models, runs the command, answers, and saves what opens. */
async function draftInVscode({ project, databaseUrl }: Prepared, vsix: string, screenshots: string[]): Promise<Draft> {
  const vscode = await launch({ ...vscodeOn({ project, databaseUrl }), extension: { vsix } });
  const photograph = async (name: string) => void screenshots.push(await vscode.screenshot(`demo-${screenshots.length + 1}-${name}`));
  try {
    for (const model of sample.models.slice(-2)) await vscode.openFile(model);
    await vscode.openView('Databases');
    await vscode.treeRow('development').waitFor();
    await photograph('connected');
    await vscode.runCommand('Generate Migration from Models…');
    await vscode.choose('All models of the workspace');
    await answerQuestions(vscode, sample, () => photograph('questions'));
    await vscode.answer(sample.message);
    const draft = await openedDraft(vscode, project);
    await photograph('draft');
    console.log(`\n${draft.path}\n\n${draft.text}`);
    return draft;
  } catch (error) {
    await photograph('failed');
    throw error;
  } finally {
    await vscode.close();
  }
}

async function openedDraft(vscode: VsCode, project: string): Promise<Draft> {
  const file = await waitFor('the draft to be opened', 30_000, async () => {
    const active = await vscode.host.evaluate((api) => api.window.activeTextEditor?.document.uri.fsPath ?? null);
    return active?.includes(`${path.sep}versions${path.sep}`) ? active : undefined;
  });
  await vscode.host.evaluate((api) => api.workspace.saveAll(true));
  return { path: path.relative(project, file), text: readFileSync(file, 'utf8') };
}

/** Names what was kept, and each change of a value that somebody was asked about and answered. */
function reportRows({ before }: RoundTripResult): void {
  const tables = Object.entries(before.rows.tables);
  const count = tables.reduce((sum, [, rows]) => sum + rows.length, 0);
  console.log(`\n${count} rows in ${tables.length} tables kept their values, up, down and up again. Changed as answered, and nothing else:`);
  for (const { table, column, mapping } of sample.valueMappings) {
    for (const [from, to] of Object.entries(mapping)) {
      const rows = before.rows.tables[table]?.filter((row) => row[column] === from).length ?? 0;
      console.log(`    ${table}.${column}: ${JSON.stringify(from)} became ${to ?? 'NULL'} (${rows} rows)`);
    }
  }
  for (const { table, column, value } of sample.backfills) {
    const rows = before.rows.tables[table]?.filter((row) => row[column] === null).length ?? 0;
    console.log(`    ${table}.${column}: NULL became ${JSON.stringify(value)}, the model's default (${rows} rows)`);
  }
}
