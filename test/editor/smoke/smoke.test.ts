/** One example of each kind of editor test (see test/harness/vscode.ts), which also prove that the harness works. */
import assert from 'node:assert/strict';
import { waitFor } from '../../harness/processes';
import { need } from '../../harness/tools';
import { copyOfProject, launch } from '../../harness/vscode';
import type { VsCode } from '../../harness/vscode';
import { hostSuite } from '../../harness/vscode/host-suite';

hostSuite('smoke, inside', { files: ['test/editor/smoke/smoke.host.ts'], launch: () => ({ workspaceFolder: copyOfProject('scraper') }) });

describe('smoke, from outside', () => {
  let vscode: VsCode;

  before(async function () {
    vscode = await need(this, launch({ workspaceFolder: copyOfProject('scraper') }));
  });
  after(() => vscode?.close());

  it('opens a file and runs a command from the palette', async () => {
    await vscode.openFile('alembic.ini');
    assert.match(await vscode.visibleText(), /script_location/);
    await vscode.runCommand('View: Split Editor');
    // a command goes on after its palette has closed
    await waitFor('the second editor', 10_000, async () => (await vscode.host.evaluate((api) => api.window.tabGroups.all.length)) === 2 || undefined);
    await vscode.screenshot('smoke');
  });
});
