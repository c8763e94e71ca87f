/** One example of each kind of editor test (see test/harness/vscode.ts), which also prove that the harness works. */
import assert from 'node:assert/strict';
import { patience, waitFor } from '../../harness/processes';
import { copyOfProject } from '../../harness/vscode';
import { hostSuite } from '../../harness/vscode/host-suite';

hostSuite('smoke, inside and from outside', {
  files: ['test/editor/smoke/smoke.host.ts'],
  launch: () => ({ workspaceFolder: copyOfProject('scraper') }),
  outside: (vscode) => {
    it('opens a file and runs a command from the palette', async () => {
      await vscode().openFile('alembic.ini');
      assert.match(await vscode().visibleText(), /script_location/);
      await vscode().runCommand('View: Split Editor');
      // a command goes on after its palette has closed
      await waitFor('the second editor', patience, async () => (await vscode().host.evaluate((api) => api.window.tabGroups.all.length)) === 2 || undefined);
      await vscode().screenshot('smoke');
    });
  },
});
