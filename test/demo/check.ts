/** The main job without a person: generate in VS Code, answer its questions, apply with real Alembic to rows that must survive, and back. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RoundTripFailure, migrationRoundTrip } from '../alembic/round-trip';
import type { Draft, RoundTripResult } from '../alembic/round-trip';
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
  const album = createAlbum();
  let vscode: VsCode | undefined;
  try {
    const result = await migrationRoundTrip({
      server, python, database: 'scraper', project: sample.folder, rows: path.join(sample.folder, sample.rows), changes: sample,
      draft: async (prepared) => {
        vscode = await launch({ ...vscodeOn(prepared, python), extension: { vsix } });
        return draftInVscode(vscode, prepared.project, album);
      },
      upgraded: () => lookAtUpgraded(vscode!, album),
      held: (stage) => console.log(`ok  ${stage}`),
    });
    reportRows(result);
    console.log('\nAll of it held.');
    return true;
  } catch (error) {
    if (vscode) await album.add(vscode, 'failed');
    console.log(`\nFAILED  ${error instanceof RoundTripFailure ? error.message : (error as Error).stack}`);
    return false;
  } finally {
    await vscode?.close();
    console.log(`\nScreenshots:\n${album.files().map((file) => `    ${path.relative(process.cwd(), file)}`).join('\n')}`);
  }
}

/** What a person does: opens two models, runs the command, answers, and saves what opens. */
async function draftInVscode(vscode: VsCode, project: string, album: Album): Promise<Draft> {
  for (const model of sample.models.slice(-2)) await vscode.openFile(model);
  await vscode.openView('Databases');
  await vscode.clickTree('development');
  await vscode.treeRow('Applied').waitFor();
  await album.add(vscode, 'connected');
  await vscode.runCommand('Generate Migration from Models…');
  await vscode.choose('All models of the workspace');
  await answerQuestions(vscode, sample, () => album.add(vscode, 'questions'));
  await vscode.answer(sample.message);
  const draft = await openedDraft(vscode, project);
  await vscode.treeRow(/Pending/).waitFor();
  await album.add(vscode, 'draft');
  console.log(`\n${draft.path}\n\n${draft.text}`);
  return draft;
}

/** The file that the command has written and shown. */
async function openedDraft(vscode: VsCode, project: string): Promise<Draft> {
  const file = await waitFor('the draft to be shown', 30_000, async () => {
    const { path: active, line } = await vscode.host.evaluate((api) => ({
      path: api.window.activeTextEditor?.document.uri.fsPath ?? '', line: api.window.activeTextEditor?.selection.active.line ?? 0,
    }));
    return active.includes(`${path.sep}versions${path.sep}`) && line > 0 ? active : undefined;
  });
  await vscode.host.evaluate((api) => api.workspace.saveAll(true));
  return { path: path.relative(project, file), text: readFileSync(file, 'utf8') };
}

async function lookAtUpgraded(vscode: VsCode, album: Album): Promise<void> {
  await vscode.runCommand('Alembic: Refresh');
  await vscode.treeRow(/development.*up to date/).waitFor();
  await vscode.treeRow(/Enum types\s*7/).waitFor();
  await album.add(vscode, 'applied');
}

/** Screenshots in the order they were made. */
interface Album {
  add(vscode: VsCode, name: string): Promise<void>;
  files(): readonly string[];
}

function createAlbum(): Album {
  const files: string[] = [];
  return {
    add: async (vscode, name) => void files.push(await vscode.screenshot(`demo-${files.length + 1}-${name}`)),
    files: () => files,
  };
}

/** Names what was kept, and each change of a value that somebody was asked about and answered. */
function reportRows({ before }: RoundTripResult): void {
  const tables = Object.entries(before.rows.tables);
  const count = tables.reduce((sum, [, rows]) => sum + rows.length, 0);
  console.log(`\n${count} rows in ${tables.length} tables kept their values, up, down and up again. Changed as answered, and nothing else:`);
  for (const { table, column, mapping } of sample.valueMappings) {
    for (const [from, to] of Object.entries(mapping)) {
      const rows = before.rows.tables[table]?.filter((row) => row[column] === from).length ?? 0;
      console.log(`    ${table}.${column}: ${JSON.stringify(from)} became ${to ?? 'NULL'} (${rowCount(rows)})`);
    }
  }
  for (const { table, column, value } of sample.backfills) {
    const rows = before.rows.tables[table]?.filter((row) => row[column] === null).length ?? 0;
    console.log(`    ${table}.${column}: NULL became ${JSON.stringify(value)}, the model's default (${rowCount(rows)})`);
  }
}

function rowCount(count: number): string {
  return `${count} ${count === 1 ? 'row' : 'rows'}`;
}
