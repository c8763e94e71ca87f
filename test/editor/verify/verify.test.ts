/** *Verify Database*, *Describe Table* and *List Types* as a person uses them: from the tree and the palette, on a database that somebody changed by hand. */
import assert from 'node:assert/strict';
import { psql, startPostgres, type PostgresServer } from '../../harness/postgres';
import { freePort, patience, waitFor } from '../../harness/processes';
import { pythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

describe('verifying and describing a database', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  let url: string;

  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    await need(this, psql(server.url(), ['\\d']));
    const folder = copyOfProject('healthy');
    url = await server.createDatabase('library');
    await python.alembic(folder, ['upgrade', 'head'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
    await server.query(`alter table author alter column name type varchar(100), add column nick text; alter table book drop constraint book_pages_check; alter type loan_state add value 'stolen'; create table legacy (id int); create table kept (id int)`, 'library');
    vscode = await need(
      this,
      launch({
        workspaceFolder: folder,
        env: { LIBRARY: url, NOBODY: `postgresql://app:secret@127.0.0.1:${await freePort()}/x` },
        settings: {
          'alembicReview.keepTables': ['kept'],
          'alembicReview.connections': [{ name: 'dev', environmentVariable: 'LIBRARY' }, { name: 'live', environmentVariable: 'NOBODY', environment: 'production' }],
        },
        size: { width: 1500, height: 1000 },
      }),
    );
    await vscode.openView('Databases');
    await row('dev').filter({ hasText: 'up to date' }).waitFor();
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const row = (name: string): ReturnType<VsCode['treeRow']> => vscode.page.locator('.pane-body .monaco-list-row').filter({ hasText: name }).first();
  /** The text of the read-only document of this name. */
  const told = (name: string): Promise<string> =>
    waitFor(name, patience, () => vscode.host.evaluate((api, wanted) => api.workspace.textDocuments.find(({ uri }) => uri.scheme === 'alembic-review-report' && uri.path.endsWith(wanted as string))?.getText(), name));
  const fromMenu = async (title: string): Promise<void> => {
    await row('dev').click({ button: 'right' });
    const item = vscode.page.locator('.monaco-menu .action-item', { hasText: title }).first();
    await item.hover();
    // A menu takes what comes right after it opened for the end of the click that opened it.
    await vscode.page.waitForTimeout(500);
    await item.click();
    await item.waitFor({ state: 'hidden' });
  };

  it('shows what differs as a page to read', async () => {
    await fromMenu('Verify Database Against Models');
    const text = await told('verified.md');
    assert.match(text, /^# Database verified\n\n\*\*The database is not as it should be\.\*\*\n\n`dev: postgres@127\.0\.0\.1:\d+\/library`, PostgreSQL /);
    assert.ok(text.includes('| **differs** | type of column name | `character varying(200)` | `character varying(100)` |  |'), text);
    assert.ok(text.includes('- table `kept`: No model declares it, and it was said to stay.'), text);
    assert.ok(!text.includes(server.password));
    const label = await waitFor('the preview', patience, () => vscode.host.evaluate((api) => (api.window.tabGroups.activeTabGroup.activeTab?.input instanceof api.TabInputWebview ? api.window.tabGroups.activeTabGroup.activeTab.label : undefined)));
    assert.equal(label, 'Preview dev verified.md');
    const preview = vscode.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await preview.locator('h2', { hasText: 'Against the history' }).waitFor({ state: 'attached' });
    await vscode.screenshot('verify');
  });

  it('tells what is there now when it is asked again', async () => {
    await server.query(`alter table author alter column name type varchar(200), drop column nick; alter table book add constraint book_pages_check check (pages > 0); drop table legacy; drop table kept; drop index ix_loan_open; alter table loan alter column state drop default, alter column state type text; drop type loan_state; create type loan_state as enum ('open', 'returned', 'lost'); alter table loan alter column state type loan_state using state::loan_state, alter column state set default 'open'; create unique index ix_loan_open on loan (book_id) where state = 'open'`, 'library');
    await fromMenu('Verify Database Against Models');
    await waitFor('the new page', patience, async () => ((await told('verified.md')).includes('**The database is as it should be.**') ? true : undefined));
    await vscode.screenshot('verify-same');
  });

  it('describes a table as psql does', async () => {
    await fromMenu('Describe Table…');
    await vscode.choose('loan');
    const text = await told('public.loan.txt');
    assert.equal(text, await psql(url, ['\\d loan']));
    await vscode.page.locator('.tab.active', { hasText: 'public.loan.txt' }).waitFor();
    await vscode.screenshot('describe');
    await vscode.page.locator('.editor-instance .view-lines').first().click();
    await vscode.page.keyboard.type('x');
    await vscode.page.locator('.monaco-editor-overlaymessage', { hasText: 'read-only' }).waitFor();
    assert.equal(await told('public.loan.txt'), text);
  });

  it('lists types as psql does, of the database that is chosen in the palette', async () => {
    await vscode.runCommand('List Types');
    await vscode.choose('dev');
    assert.equal(await told('types.txt'), await psql(url, ['\\dT+']));
    await vscode.screenshot('types');
  });

  it('says why a database can’t be reached', async () => {
    await vscode.runCommand('Verify Database Against Models');
    await vscode.choose('live');
    const said = await vscode.waitForNotification('live:');
    assert.match(said, /Nothing answers at 127\.0\.0\.1/);
    assert.ok(!said.includes('secret'));
  });
});
