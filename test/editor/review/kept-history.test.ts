/** What the editor reads of a long history outlives it: it lies in the workspace's storage a while after the first review, and can be read. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { syntheticDraft, syntheticHistory, writeHistory } from '../../bench/synthetic-history';
import { patience, waitFor } from '../../harness/processes';
import { memoryFolder, temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { launch, type VsCode } from '../../harness/vscode';

describe('what the editor keeps of a history', () => {
  let vscode: VsCode;
  const folder = path.join(temporaryFolder('kept-in-editor'), 'project');
  const draft = syntheticDraft(60, 100);

  before(async function () {
    writeHistory(folder, [...syntheticHistory(60), draft]);
    vscode = await need(this, launch({ workspaceFolder: folder }));
  });
  after(() => vscode?.close());

  it('is in the workspace’s storage after a review', async () => {
    await vscode.openFile(draft.name);
    const reviewed = (): Promise<true | undefined> =>
      vscode.host.evaluate((api) => (api.languages.getDiagnostics(api.window.activeTextEditor!.document.uri).some(({ source }) => source === 'Alembic Review') ? true : undefined));
    await waitFor('a review of the draft', patience, reviewed);
    const file = await waitFor('what was read to be written', patience, () => keptFiles().find((one) => readFileSync(one, 'utf8').includes(`${folder}/alembic.ini#alembic`)));
    const lines = readFileSync(file, 'utf8').split('\n');
    assert.ok(lines.length >= 4, 'heads, replays and schemas');
    assert.ok(lines.some((line) => line.includes(`"${draft.id}"`)));
    assert.ok(lines.some((line) => line.includes('"item_14"') && line.includes('"columns"')));
  });
});

/** Of the editors that this test run started; each has a folder of its own. */
function keptFiles(): readonly string[] {
  const found: string[] = [];
  const search = (place: string, depth: number): void => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      if (entry.isDirectory() && depth > 0) search(path.join(place, entry.name), depth - 1);
      else if (entry.name.endsWith('.kept')) found.push(path.join(place, entry.name));
    }
  };
  const temporary = memoryFolder();
  for (const name of readdirSync(temporary)) if (name.startsWith('alembic-review-vscode-')) search(path.join(temporary, name), 6);
  return found;
}
