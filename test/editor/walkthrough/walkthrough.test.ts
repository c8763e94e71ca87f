/** The walkthrough and the log, as a newcomer opens them; and a workspace without Alembic, where nothing runs. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

describe('the first minutes', () => {
  let vscode: VsCode;

  before(async function () {
    vscode = await need(this, launch({ workspaceFolder: copyOfProject('scraper') }));
  });
  after(() => vscode?.close());

  it('has a walkthrough, each step with its page', async () => {
    await vscode.openFile('alembic.ini');
    await vscode.runCommand('Open Walkthrough');
    const steps = vscode.page.locator('.getting-started-step');
    await steps.first().waitFor();
    assert.equal(await steps.count(), 5);
    for (const [index, title] of ['Connect', 'Generate', 'Answer', 'Read', 'See'].entries()) {
      await steps.nth(index).locator('.step-title').click();
      await steps.nth(index).filter({ hasText: title }).waitFor();
      await new Promise((resolve) => setTimeout(resolve, 700));
      await vscode.screenshot(`walkthrough-${index + 1}`);
    }
  });

  it('has a log', async () => {
    await vscode.runCommand('Show Log');
    await vscode.page.locator('[id="workbench.panel.output"]').waitFor();
  });
});

describe('a folder without Alembic', () => {
  let vscode: VsCode;

  before(async function () {
    const folder = temporaryFolder('plain');
    mkdirSync(path.join(folder, 'app'));
    writeFileSync(path.join(folder, 'app', 'main.py'), 'print("hello")\n');
    vscode = await need(this, launch({ workspaceFolder: folder }));
  });
  after(() => vscode?.close());

  it('does not start the extension until somebody looks at its view, which then says what to do', async () => {
    const isActive = (): Promise<boolean | undefined> => vscode.host.evaluate((api) => api.extensions.getExtension('alembic-review.alembic-review')?.isActive);
    assert.equal(await isActive(), false);
    await vscode.openView('Databases');
    await vscode.page.locator('.pane-body .welcome-view', { hasText: 'No project with migrations was found' }).first().waitFor();
    await vscode.screenshot('no-project');
    assert.equal(await vscode.page.locator('.statusbar-item', { hasText: 'onnect database' }).count(), 0);
  });
});

describe('an alembic.ini that leads nowhere', () => {
  let vscode: VsCode;

  before(async function () {
    const folder = temporaryFolder('nowhere');
    writeFileSync(path.join(folder, 'alembic.ini'), '[alembic]\nscript_location = migrations\n');
    vscode = await need(this, launch({ workspaceFolder: folder }));
  });
  after(() => vscode?.close());

  it('says what is wrong with it', async () => {
    await vscode.openView('Databases');
    await vscode.page.locator('.pane-body', { hasText: 'The script location `migrations`' }).waitFor();
    await vscode.screenshot('no-script-location');
  });
});
