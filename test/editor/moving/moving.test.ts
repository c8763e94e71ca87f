/** *Upgrade Database*, *Downgrade Database* and *Stamp Database* by clicks in a real VS Code: what is shown first, the guard of production, and a lock that does not come. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { patience, waitFor } from '../../harness/processes';
import { pythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';
import { tryOnConnectedDatabases } from './connected-dry-run';

describe('moving a database in the editor', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  let urls: Readonly<Record<'library' | 'live', string>>;
  let folder: string;
  let interpreter: string;

  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    folder = copyOfProject('healthy');
    interpreter = python.interpreter;
    urls = { library: await server.createDatabase('library'), live: await server.createDatabase('live') };
    await python.alembic(folder, ['upgrade', '1f6a0c2d9e11'], { databaseUrl: urls.library.replace('postgresql:', 'postgresql+psycopg:') });
    vscode = await need(
      this,
      launch({
        workspaceFolder: folder,
        env: { LIBRARY: urls.library, LIVE: urls.live, DATABASE_URL: undefined },
        settings: {
          'alembicReview.pythonPath': python.interpreter,
          // Nothing is seen by chance.
          'alembicReview.refreshInterval': 3600,
          'alembicReview.connections': [{ name: 'dev', environmentVariable: 'LIBRARY' }, { name: 'shop live', environmentVariable: 'LIVE', environment: 'production' }],
        },
        size: { width: 1500, height: 1000 },
      }),
    );
    await vscode.openView('Databases');
    await row('dev').filter({ hasText: '2 pending' }).waitFor();
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const row = (name: string): ReturnType<VsCode['treeRow']> => vscode.page.locator('.pane-body .monaco-list-row').filter({ hasText: name }).first();
  const fromMenu = async (of: string, title: string): Promise<void> => {
    await row(of).click({ button: 'right' });
    const item = vscode.page.locator('.monaco-menu .action-item', { hasText: title }).first();
    await item.hover();
    // A menu takes what comes right after it opened for the end of the click that opened it.
    await vscode.page.waitForTimeout(500);
    await item.click();
    await item.waitFor({ state: 'hidden' });
  };
  const versions = async (database: string): Promise<readonly string[]> =>
    (await server.query('SELECT version_num FROM alembic_version', database).catch(() => ({ rows: [] }))).rows.map(({ version_num: id }: { version_num: string }) => id);
  const write = (name: string, id: string, upgrade: string, downgrade: string): string => {
    const file = path.join(folder, 'migrations', 'versions', name);
    writeFileSync(file, `"""${name.slice(13, -3)}"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = "${id}"\ndown_revision = "c93d10a7b642"\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n    ${upgrade}\n\n\ndef downgrade():\n    ${downgrade}\n`);
    return file;
  };
  /** The SQL that is shown beside. */
  const shown = (name: string): Promise<string> =>
    waitFor(name, patience, () => vscode.host.evaluate((api, wanted) => api.workspace.textDocuments.find(({ uri }) => uri.scheme === 'alembic-review-report' && uri.path.endsWith(wanted as string))?.getText(), name));

  it('shows where and what, asks, runs revision by revision, and tells what stands', async () => {
    await fromMenu('dev', 'Upgrade Database…');
    const question = await vscode.question();
    assert.equal(question.title, 'Upgrade Database: dev');
    await vscode.screenshot('moving-target');
    await vscode.choose('head');
    const dialog = await waitFor('the dialog', patience, () => vscode.dialog().catch(() => undefined));
    assert.match(dialog, /Upgrade dev\?/);
    assert.match(dialog, /postgres@127\.0\.0\.1:\d+\/library · development/);
    assert.match(dialog, /It stands at 1f6a0c2d9e11, and at c93d10a7b642 afterwards\./);
    assert.match(dialog, /72c4b8e05f3a loans/i);
    const sql = await shown('upgrade dev.sql');
    assert.match(sql, /^-- upgrade of dev: postgres@127\.0\.0\.1:\d+\/library, development\n/);
    assert.match(sql, /CREATE TABLE loan/);
    assert.ok(!sql.includes(server.password) && !dialog.includes(server.password));
    await vscode.screenshot('moving-agree');
    assert.deepEqual(await versions('library'), ['1f6a0c2d9e11']);
    await vscode.clickDialog('Upgrade');
    const told = await vscode.waitForNotification('2 revisions were upgraded');
    assert.match(told, /dev stands at c93d10a7b642 now\..*Verified: The database is as it should be\./);
    await vscode.screenshot('moving-done');
    await row('dev').filter({ hasText: 'up to date' }).waitFor();
    assert.deepEqual(await versions('library'), ['c93d10a7b642']);
    // What was agreed to has done its work, and takes no room any more.
    await vscode.page.locator('.tab', { hasText: 'upgrade dev.sql' }).waitFor({ state: 'hidden' });
    await vscode.clickNotification('2 revisions were upgraded', 'Show Verification');
    await vscode.page.locator('.tab.active', { hasText: 'dev verified.md' }).waitFor();
  });

  it('says before a downgrade what is lost, and takes a no for one', async () => {
    await fromMenu('dev', 'Downgrade Database…');
    await vscode.question();
    await vscode.choose('One step back');
    const dialog = await waitFor('the dialog', patience, () => vscode.dialog().catch(() => undefined));
    assert.match(dialog, /Downgrade dev\?[^]*Lost for good: the values of /);
    await vscode.screenshot('moving-downgrade');
    await vscode.clickDialog('Cancel');
    assert.deepEqual(await versions('library'), ['c93d10a7b642']);
  });

  it('runs nothing on production until its name is typed', async () => {
    await vscode.runCommand('Upgrade Database…');
    const which = await vscode.question();
    assert.match(which.choices[0] ?? '', /dev/, 'production is never what Enter takes');
    await vscode.choose('shop live');
    await waitFor('the question where to', patience, async () => ((await vscode.question()).title === 'Upgrade Database: shop live' ? true : undefined));
    await vscode.choose('head');
    const box = vscode.page.locator('.quick-input-widget:visible');
    await box.filter({ hasText: 'Type the name of the database, live' }).waitFor({ timeout: patience });
    await vscode.answer('library');
    await box.filter({ hasText: 'The database is called live. Nothing runs until its name stands here.' }).waitFor();
    await vscode.screenshot('moving-production');
    assert.deepEqual(await versions('live'), []);
    await vscode.answer('live');
    await vscode.waitForNotification('shop live stands at c93d10a7b642 now.');
    assert.deepEqual(await versions('live'), ['c93d10a7b642']);
  });

  it('says who holds the lock that does not come, and cancels without a trace', async () => {
    const file = path.join(folder, 'migrations', 'versions', 'd00000000001_shelves.py');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '"""shelves"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = "d00000000001"\ndown_revision = "c93d10a7b642"\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n    op.create_table("shelf", sa.Column("id", sa.Integer()))\n    op.add_column("book", sa.Column("shelf", sa.Text()))\n\n\ndef downgrade():\n    op.drop_column("book", "shelf")\n    op.drop_table("shelf")\n');
    const holder = new Client({ connectionString: urls.library, application_name: 'reporting' });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE book IN ACCESS SHARE MODE');
      await row('dev').filter({ hasText: '1 pending' }).waitFor();
      await row('dev').hover();
      await row('dev').locator('.action-label[aria-label^="Upgrade Database"]').click();
      await vscode.question();
      await vscode.choose('head');
      await waitFor('the dialog', patience, () => vscode.dialog().catch(() => undefined));
      await vscode.clickDialog('Upgrade');
      const asked = await vscode.waitForNotification('waits for a lock');
      assert.match(asked, /held by server process \d+ \(postgres, reporting, idle in transaction for \d+ s: BEGIN; LOCK TABLE book/);
      await vscode.screenshot('moving-blocked');
      await vscode.clickNotification('held by server process', 'Cancel Run');
      const told = await vscode.waitForNotification('Cancelled.');
      assert.match(told, /Nothing was changed: dev stands at c93d10a7b642, as before\./);
      await vscode.screenshot('moving-cancelled');
    } finally {
      await holder.end();
    }
    assert.deepEqual(await versions('library'), ['c93d10a7b642']);
    assert.deepEqual((await server.query(`SELECT FROM pg_class WHERE relname = 'shelf'`, 'library')).rows, []);
    rmSync(file);
  });

  it('runs no file that is not saved: what is shown is what lies on the disk', async () => {
    await vscode.openFile('c93d10a7b642_languages_and_birthdays.py');
    await vscode.page.locator('.editor-instance .view-lines').first().click();
    await vscode.page.keyboard.press('ControlOrMeta+End');
    await vscode.page.keyboard.type('# typed');
    await fromMenu('dev', 'Downgrade Database…');
    const dialog = await vscode.dialog();
    assert.match(dialog, /c93d10a7b642_languages_and_birthdays\.py has unsaved changes\./);
    await vscode.screenshot('moving-unsaved');
    await vscode.clickDialog('Save and Go On');
    await waitFor('the question where to', patience, async () => ((await vscode.question()).title === 'Downgrade Database: dev' ? true : undefined));
    await vscode.page.keyboard.press('Escape');
    assert.match(readFileSync(path.join(folder, 'migrations', 'versions', 'c93d10a7b642_languages_and_birthdays.py'), 'utf8'), /# typed/);
  });

  describe('the dry run of a draft on it', () => tryOnConnectedDatabases(() => ({ vscode, server, folder, url: urls.library })));

  // Behind the dry runs, which want the database as it is.
  describe('a stamp, a terminal, and a window that is closed', () => {
    it('stamps without running anything, and says what that makes of the verification', async () => {
      await fromMenu('dev', 'Stamp Database…');
      await vscode.question();
      await vscode.choose('72c4b8e05f3a');
      const dialog = await waitFor('the dialog', patience, () => vscode.dialog().catch(() => undefined));
      assert.match(dialog, /Stamp dev\?/);
      await vscode.clickDialog('Stamp');
      const told = await vscode.waitForNotification('No migration ran.');
      assert.match(told, /Verified: It is not what its revisions lead to: 2 differ\./);
      assert.deepEqual(await versions('library'), ['72c4b8e05f3a']);
    });

    it('does not take a stamp for an upgrade: the checklist says that nothing ran', async () => {
      const file = write('d00000000003_shelves.py', 'd00000000003', 'op.create_table("shelf", sa.Column("id", sa.Integer()))', 'op.drop_table("shelf")');
      await vscode.runCommand('Clear All Notifications');
      await row('dev').filter({ hasText: '2 pending' }).waitFor();
      await fromMenu('dev', 'Stamp Database…');
      await vscode.question();
      await vscode.choose('head');
      await waitFor('the dialog', patience, () => vscode.dialog().catch(() => undefined));
      await vscode.clickDialog('Stamp');
      await vscode.waitForNotification('No migration ran.');
      await vscode.openFile('d00000000003_shelves.py');
      await vscode.openView('Checklist');
      await vscode.treeRow('dev was stamped with d00000000003: it did not run there; shelf is missing there.').waitFor({ timeout: patience });
      await vscode.screenshot('moving-stamped-checklist');
      rmSync(file);
      await server.query("UPDATE alembic_version SET version_num = 'c93d10a7b642'", 'library');
      await vscode.openView('Databases');
      await fromMenu('dev', 'Refresh');
      await row('dev').filter({ hasText: 'up to date' }).waitFor();
    });

    it('sees what a terminal of the window has run, without being asked', async () => {
      const file = write('d00000000004_covers.py', 'd00000000004', 'op.create_table("cover", sa.Column("id", sa.Integer()))', 'op.drop_table("cover")');
      await row('dev').filter({ hasText: '1 pending' }).waitFor();
      await vscode.host.evaluate((api, { cwd, alembic, url }) => {
        const terminal = api.window.createTerminal({ name: 'outside', cwd, env: { DATABASE_URL: url } });
        terminal.show(true);
        const subscription = api.window.onDidChangeTerminalShellIntegration((event) => {
          if (event.terminal !== terminal) return;
          subscription.dispose();
          event.shellIntegration.executeCommand(`${alembic} upgrade head`);
        });
      }, { cwd: folder, alembic: path.join(path.dirname(interpreter), 'alembic'), url: urls.library.replace('postgresql:', 'postgresql+psycopg:') });
      await waitFor('the upgrade', patience, async () => ((await versions('library')).includes('d00000000004') ? true : undefined));
      // The interval of looks is set to an hour here.
      await row('dev').filter({ hasText: 'up to date' }).waitFor();
      await vscode.screenshot('moving-outside');
      await server.query("DROP TABLE cover; UPDATE alembic_version SET version_num = 'c93d10a7b642'", 'library');
      rmSync(file);
      await fromMenu('dev', 'Refresh');
      await row('dev').filter({ hasText: 'up to date' }).waitFor();
    });

    it('tells in the next session what became of an upgrade whose window was closed', async () => {
      write('d00000000005_slow.py', 'd00000000005', 'op.create_table("half", sa.Column("id", sa.Integer()))\n    op.execute("SELECT pg_sleep(300)")', 'op.drop_table("half")');
      await row('dev').filter({ hasText: '1 pending' }).waitFor();
      await fromMenu('dev', 'Upgrade Database…');
      await vscode.question();
      await vscode.choose('head');
      await waitFor('the dialog', patience, () => vscode.dialog().catch(() => undefined));
      await vscode.clickDialog('Upgrade');
      const asleep = async (): Promise<number> => (await server.query("SELECT FROM pg_stat_activity WHERE datname = 'library' AND query LIKE '%pg_sleep(300)%' AND state = 'active' AND pid <> pg_backend_pid()")).rows.length;
      await waitFor('the slow statement', patience, async () => ((await asleep()) > 0 ? true : undefined));
      await vscode.runCommand('Reload Window');
      const told = await vscode.waitForNotification(/was interrupted/);
      assert.match(told, /The upgrade of dev that began at .* was interrupted: the window was closed, or the editor ended\. Nothing was changed: dev stands at c93d10a7b642, as before\. Verified: It has what its revisions lead to; 1 revision still waits\./);
      assert.equal(await asleep(), 0);
      await vscode.openView('Databases');
      await row('dev').filter({ hasText: '1 pending' }).waitFor();
      await vscode.screenshot('moving-interrupted');
      assert.deepEqual((await server.query(`SELECT FROM pg_class WHERE relname = 'half'`, 'library')).rows, []);
    });
  });
});
