/** *Connect Database…* as a person does it: from the empty view, with every mistake that is easy to make, until the tree has it. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, patience, waitFor } from '../../harness/processes';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { memoryFolder, temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

describe('connecting a database', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  let nobody: number;
  let folder: string;

  before(async function () {
    server = await need(this, startPostgres());
    await server.createDatabase('scraper');
    nobody = await freePort();
    folder = copyOfProject('scraper');
    vscode = await need(
      this,
      launch({ workspaceFolder: folder, size: { width: 1500, height: 1300 }, env: { SHOP_URL: server.url('scraper') } }),
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
    const folders = readdirSync(memoryFolder()).filter((name) => name.startsWith('alembic-review-vscode-')).map((name) => path.join(memoryFolder(), name));
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

  it('connects by a form, with a password that a command prints', async () => {
    const file = path.join(temporaryFolder('password'), 'password');
    writeFileSync(file, server.password);
    await vscode.runCommand('Connect Database…');
    await asked('Where is the database?');
    await vscode.choose('Fill in a form');
    await title('The host:');
    await vscode.answer('127.0.0.1');
    await title('The port.');
    await vscode.answer('99999');
    await title('A port is a number from 1 to 65535');
    await vscode.answer(String(server.port));
    await title('The database.');
    await vscode.answer('scraper');
    await title('The user.');
    await vscode.answer('postgres');
    await asked('How shall the connection be encrypted (sslmode)?');
    await vscode.screenshot('connect-form-tls');
    await vscode.choose('No TLS.');
    await title('It is kept in secret storage');
    await vscode.screenshot('connect-password');
    await vscode.page.locator('.quick-input-widget:visible [aria-label="Take the Password from a Command"]').click();
    await title('The command that prints the password');
    await vscode.answer(`cat '${file}'`);
    await asked('What is this database for?');
    await vscode.choose('Staging');
    await title('What shall it be called?');
    await vscode.answer('formed');
    await row('formed').filter({ hasText: '6 pending' }).waitFor();
  });

  it('offers the URLs of .env files', async () => {
    writeFileSync(path.join(folder, '.env'), `DEBUG=1\nAPP_DB=${server.url('scraper')}\n`);
    await vscode.runCommand('Connect Database…');
    await asked('Where is the database?');
    await vscode.choose('APP_DB');
    await asked('What is this database for?');
    await vscode.choose('Development');
    await title('What shall it be called?');
    await vscode.answer('dotted');
    await row('dotted').filter({ hasText: '6 pending' }).waitFor();
  });

  it('edits a connection: what it is for, and what it is called', async () => {
    await vscode.runCommand('Edit Connection…');
    await asked('Which connection?');
    await vscode.choose('laptop');
    await asked('What shall change of laptop?');
    await vscode.screenshot('connect-edit');
    await vscode.choose('Environment');
    await asked('What is this database for?');
    await vscode.choose('Staging');
    await waitFor('it to be a staging database', patience, async () => (((await row('laptop').getAttribute('aria-label')) ?? '').startsWith('laptop, staging database') ? true : undefined));
    await vscode.runCommand('Edit Connection…');
    await vscode.choose('laptop');
    await asked('What shall change of laptop?');
    await vscode.choose('Name');
    await title('What shall it be called?');
    await vscode.answer('desk');
    await row('desk').filter({ hasText: '6 pending' }).waitFor();
  });

  it('disconnects from the palette', async () => {
    await vscode.runCommand('Disconnect');
    await vscode.choose('desk');
    await row('desk').waitFor({ state: 'detached' });
  });
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    const kind = statSync(file, { throwIfNoEntry: false });
    return kind?.isDirectory() === true ? filesIn(file) : kind?.isFile() === true ? [file] : [];
  });
}
