/** Several heads, several projects, no database: what a generation asks then, and what it says. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { patience, waitFor } from '../../harness/processes';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

const command = 'Generate Migration from Models…';
const askedIn = (vscode: VsCode, placeholder: string | RegExp): Promise<void> => vscode.page.locator('.quick-input-widget:visible').getByPlaceholder(placeholder).waitFor();

describe('a history with two heads and no database', () => {
  let vscode: VsCode;
  let folder: string;

  before(async function () {
    folder = copyOfProject('branched');
    vscode = await need(this, launch({ workspaceFolder: folder }));
    await vscode.openFile('models.py');
  });
  after(() => vscode?.close());

  it('asks which head the migration continues, and finds from the history that nothing is to do', async () => {
    await vscode.runCommand(command);
    await vscode.choose('This file');
    await askedIn(vscode, /several heads/);
    const { choices } = await vscode.question();
    assert.equal(choices.length, 2);
    await vscode.screenshot('several-heads');
    await vscode.choose('a00000000003');
    await vscode.waitForNotification('The models and the history agree');
  });

  it('writes onto the chosen head what the unsaved text adds', async () => {
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.activeTextEditor!;
      const change = new api.WorkspaceEdit();
      change.insert(editor.document.uri, new api.Position(editor.document.lineCount, 0), '    priority = Column(Integer)\n');
      await api.workspace.applyEdit(change);
    });
    await vscode.runCommand(command);
    await vscode.choose('This file');
    await askedIn(vscode, /several heads/);
    await vscode.choose('a00000000003');
    await vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'What does this migration do?' }).waitFor();
    assert.equal(await vscode.page.locator('.quick-input-widget:visible input').first().inputValue(), 'add ticket.priority');
    await vscode.page.keyboard.press('Enter');
    const versions = path.join(folder, 'alembic', 'versions');
    await waitFor('the revision', patience, () => readdirSync(versions).find((name) => name.endsWith('_add_ticket_priority.py')));
    await vscode.page.locator('.tab.active', { hasText: 'add_ticket_priority' }).waitFor();
    const text = await vscode.host.evaluate((api) => api.window.activeTextEditor!.document.getText());
    assert.match(text, /down_revision[^\n]*= ["']a00000000003["']/);
    assert.match(text, /add_column\("ticket", sa\.Column\("priority", sa\.Integer\(\)/);
  });
});

describe('two projects in one workspace', () => {
  let server: PostgresServer;
  let vscode: VsCode;

  before(async function () {
    server = await need(this, startPostgres());
    const url = await server.createDatabase('billing');
    vscode = await need(this, launch({ workspaceFolder: copyOfProject('two-databases'), env: { BILLING_URL: url } }));
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  it('asks which migrations belong to a database, and holds it against those', async () => {
    await vscode.openFile('models/billing.py');
    await vscode.runCommand('Connect Database…');
    await askedIn(vscode, /^Which migrations/);
    await vscode.screenshot('several-projects');
    await vscode.choose('billing');
    await askedIn(vscode, /^Where is the database/);
    await vscode.choose('environment variable');
    await vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'The name of the environment variable' }).waitFor();
    await vscode.answer('BILLING_URL');
    await askedIn(vscode, /^What is this database for/);
    await vscode.choose('Staging');
    await vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'What shall it be called?' }).waitFor();
    await vscode.answer('billing');
    await vscode.openView('Databases');
    const row = vscode.page.locator('.pane-body .monaco-list-row');
    await row.filter({ hasText: /^billing.*2 pending/ }).waitFor();
    await row.filter({ hasText: /next · d00000000011/ }).waitFor();
  });

  it('asks which project gets a migration', async () => {
    await vscode.runCommand(command);
    await vscode.choose('This file');
    await askedIn(vscode, /^Which project gets the migration/);
    await vscode.choose('orders');
    await vscode.page.keyboard.press('Escape');
  });
});
