/** *Connect Database…* as a person does it: from the empty view, with every mistake that is easy to make, until the tree has it. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../harness/processes';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

describe('connecting a database', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  let nobody: number;

  before(async function () {
    server = await need(this, startPostgres());
    await server.createDatabase('scraper');
    nobody = await freePort();
    vscode = await need(
      this,
      launch({ workspaceFolder: copyOfProject('scraper'), env: { SHOP_URL: server.url('scraper') } }),
    );
    await vscode.openView('Databases');
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const asked = (placeholder: string): Promise<void> => vscode.page.locator('.quick-input-widget:visible').getByPlaceholder(placeholder).waitFor();
  const title = (text: string | RegExp): Promise<void> => vscode.page.locator('.quick-input-widget:visible').filter({ hasText: text }).waitFor();
  const row = (text: string | RegExp): ReturnType<VsCode['treeRow']> => vscode.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();

  it('has an empty state that says what to do, with one button', async () => {
    const button = vscode.page.locator('.pane-body .welcome-view .monaco-button', { hasText: 'Connect Database…' });
    await button.waitFor();
    await vscode.screenshot('connect-empty');
    await button.click();
    await asked('Where is the database?');
    await vscode.screenshot('connect-where');
  });

  it('says at once what is wrong with a URL', async () => {
    await vscode.choose('Enter a URL');
    await title('The password is asked for apart');
    await vscode.answer('mysql://root@localhost/shop');
    await title('Alembic Review works with PostgreSQL');
    await vscode.screenshot('connect-bad-url');
  });

  it('explains a server that does not answer, and lets the URL be corrected', async () => {
    await vscode.answer(`postgresql+asyncpg://postgres@127.0.0.1:${nobody}/scraper`);
    await title('It is kept in secret storage');
    await vscode.answer('wrong-Passw0rd');
    assert.match(await vscode.dialog(), /Nothing answers/);
    await vscode.screenshot('connect-refused');
    await vscode.clickDialog('Correct the URL');
    await title('The password is asked for apart');
    await vscode.answer(`postgresql+asyncpg://postgres@127.0.0.1:${server.port}/scraper`);
  });

  it('explains a wrong password, and asks for it again', async () => {
    await title('It is kept in secret storage');
    await vscode.answer('wrong-Passw0rd');
    assert.match(await vscode.dialog(), /password for user postgres .* is wrong/);
    await vscode.screenshot('connect-wrong-password');
    await vscode.clickDialog('Enter the Password Again');
    await title('It is kept in secret storage');
    await vscode.answer(server.password);
  });

  it('asks what the database is for and what to call it, and then shows it', async () => {
    await asked('What is this database for?');
    await vscode.screenshot('connect-environment');
    await vscode.page.keyboard.press('Enter');
    await title('What shall it be called?');
    await vscode.answer('laptop');
    await row('laptop').filter({ hasText: '6 pending' }).waitFor();
    await vscode.page.locator('.statusbar-item', { hasText: 'laptop: 6 pending' }).waitFor();
    await vscode.screenshot('connect-done');
  });

  it('leaves the password in secret storage alone: no file of the editor has it', () => {
    const folders = readdirSync(os.tmpdir()).filter((name) => name.startsWith('alembic-review-vscode-')).map((name) => path.join(os.tmpdir(), name));
    assert.ok(folders.length > 0);
    for (const file of folders.flatMap(filesIn)) assert.ok(!readFileSync(file).includes(server.password), file);
  });

  it('connects through an environment variable, and refuses one that is not set', async () => {
    await vscode.runCommand('Connect Database…');
    await asked('Where is the database?');
    await vscode.choose('environment variable');
    await title('The name of the environment variable');
    await vscode.answer('NO_SUCH_URL');
    await title('was started without NO_SUCH_URL');
    await vscode.answer('SHOP_URL');
    await asked('What is this database for?');
    await vscode.choose('Production');
    await title('What shall it be called?');
    await vscode.answer('shop');
    await row('shop').filter({ hasText: '6 pending' }).waitFor();
  });

  it('disconnects from the palette', async () => {
    await vscode.runCommand('Disconnect');
    await vscode.choose('laptop');
    await row('laptop').waitFor({ state: 'detached' });
  });
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    const kind = statSync(file, { throwIfNoEntry: false });
    return kind?.isDirectory() === true ? filesIn(file) : kind?.isFile() === true ? [file] : [];
  });
}
