/** The Databases view on real servers: one database up to date, one behind, one ahead, one down; clicks, refreshes, badges. */
import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';
import { freePort, patience, waitFor } from '../../harness/processes';

describe('the Databases view', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  let folder: string;

  before(async function () {
    server = await need(this, startPostgres());
    folder = copyOfProject('scraper');
    await databaseAt(server, 'scraper_dev', ['e6b81c94507a']);
    await databaseAt(server, 'scraper_staging', ['c05e3a86f912']);
    await databaseAt(server, 'scraper_branch', ['0badc0ffee00']);
    const nobody = await freePort();
    vscode = await need(
      this,
      launch({
        workspaceFolder: folder,
        env: {
          DEV_URL: server.url('scraper_dev'),
          STAGING_URL: server.url('scraper_staging'),
          BRANCH_URL: server.url('scraper_branch'),
          PRODUCTION_URL: `postgresql://app:secret@127.0.0.1:${nobody}/scraper`,
        },
        settings: {
          'alembicReview.refreshInterval': 1,
          'alembicReview.connections': [
            { name: 'dev', environmentVariable: 'DEV_URL', environment: 'development' },
            { name: 'staging', environmentVariable: 'STAGING_URL', environment: 'staging' },
            { name: 'feature', environmentVariable: 'BRANCH_URL', environment: 'development' },
            { name: 'live', environmentVariable: 'PRODUCTION_URL', environment: 'production' },
          ],
        },
        size: { width: 1500, height: 1300 },
      }),
    );
    await vscode.openView('Databases');
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });

  const row = (name: string): ReturnType<VsCode['treeRow']> => vscode.page.locator('.pane-body .monaco-list-row').filter({ hasText: name }).first();
  const spoken = async (name: string): Promise<string> => (await row(name).getAttribute('aria-label')) ?? '';

  it('shows each database with its state, and the one that is down without holding up the others', async () => {
    await row('live').filter({ hasText: 'unreachable: connection refused' }).waitFor();
    await row('dev').filter({ hasText: 'up to date' }).waitFor();
    await row('staging').filter({ hasText: '2 pending' }).waitFor();
    await row('feature').filter({ hasText: 'ahead: unknown revision' }).waitFor();
    await vscode.screenshot('databases');
  });

  it('speaks each row to a screen reader', async () => {
    assert.match(await spoken('dev'), /^dev, development database, up to date/);
    assert.match(await spoken('live'), /^live, production database, unreachable: connection refused/);
  });

  it('lists pending revisions, the next one first, and opens the file at upgrade() on a click', async () => {
    await row('next · 71d2fa4b38ce').click();
    await vscode.page.locator('.tab.active', { hasText: '71d2fa4b38ce' }).waitFor();
    const line = await vscode.host.evaluate((api) => {
      const editor = api.window.activeTextEditor;
      return editor?.document.lineAt(editor.selection.active.line).text;
    });
    assert.match(line ?? '', /^def upgrade\(/);
  });

  it('says what to do about a database that is down', async () => {
    await vscode.page.locator('.pane-body .monaco-list-row').filter({ hasText: /refuse|running/ }).last().waitFor();
  });

  it('sees by itself that a database moved', async () => {
    await server.query(`UPDATE alembic_version SET version_num = 'e6b81c94507a'`, 'scraper_staging');
    await row('staging').filter({ hasText: 'up to date' }).waitFor();
  });

  it('keeps what is open and what is selected, and the keyboard where it is, while databases are looked at and one moves', async () => {
    /** The enum types of dev: other databases have such a row, too. */
    const enums = async (): Promise<{ readonly index: string; readonly state: Readonly<Record<string, string | boolean>> } | undefined> => {
      const rows = await vscode.page.locator('[aria-label="Databases"] .monaco-list-row').evaluateAll((all) =>
        all
          .map((one) => ({ level: one.getAttribute('aria-level'), label: one.getAttribute('aria-label') ?? '', index: one.getAttribute('data-index') ?? '', state: { expanded: one.getAttribute('aria-expanded') ?? '', selected: one.getAttribute('aria-selected') ?? '', focused: one.classList.contains('focused') } }))
          .sort((a, b) => Number(a.index) - Number(b.index)),
      );
      const below = rows.slice(rows.findIndex(({ label }) => label.startsWith('dev,')) + 1);
      const end = below.findIndex(({ level }) => level === '1');
      return below.slice(0, end === -1 ? below.length : end).find(({ label }) => /^Enum types, .*more in the models/.test(label));
    };
    const isOpen = vscode.page.locator('[aria-label="Databases"] .monaco-list-row[aria-expanded="true"]', { hasText: 'dev' });
    // It may be open already, and a click would fold it.
    await waitFor('dev to be open', patience, async () => {
      if ((await isOpen.count()) > 0) return true;
      await row('dev').click();
      return isOpen.first().waitFor({ timeout: patience }).then(() => true, () => undefined);
    });
    const { index } = await waitFor('the enum types of dev', patience, enums);
    await vscode.page.locator(`[aria-label="Databases"] .monaco-list-row[data-index="${index}"]`).click();
    const before = await waitFor('the enum types of dev to be open', patience, async () => {
      const state = (await enums())?.state;
      return state?.['expanded'] === 'true' ? state : undefined;
    });
    assert.deepEqual(before, { expanded: 'true', selected: 'true', focused: true });
    await server.query(`UPDATE alembic_version SET version_num = 'c05e3a86f912'`, 'scraper_dev');
    await row('dev').filter({ hasText: '2 pending' }).waitFor();
    await row('Pending').waitFor();
    assert.deepEqual((await waitFor('the enum types of dev', patience, enums)).state, before);
    await server.query(`UPDATE alembic_version SET version_num = 'e6b81c94507a'`, 'scraper_dev');
    await row('dev').filter({ hasText: 'up to date' }).waitFor();
    assert.deepEqual((await waitFor('the enum types of dev', patience, enums)).state, before);
    await row('dev').click();
  });

  it('sees by itself that a revision was added', async () => {
    const text = `"""add a flag\n\nRevision ID: aaaa11112222\nRevises: e6b81c94507a\n\n"""\nrevision = 'aaaa11112222'\ndown_revision = 'e6b81c94507a'\n\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n`;
    const file = path.join(folder, 'alembic', 'versions', 'aaaa11112222_add_a_flag.py');
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    await row('dev').filter({ hasText: '1 pending' }).waitFor();
    await vscode.page.locator('.statusbar-item', { hasText: 'dev: 1 pending' }).waitFor();
  });

  it('chooses another active database from the status bar, with the keyboard alone', async () => {
    await vscode.page.locator('.statusbar-item a', { hasText: 'dev: 1 pending' }).click();
    const { choices } = await vscode.question();
    assert.equal(choices.length, 4);
    await vscode.screenshot('choose-database');
    await vscode.page.keyboard.type('staging');
    await vscode.page.keyboard.press('Enter');
    await vscode.page.locator('.statusbar-item', { hasText: 'staging: 1 pending' }).waitFor();
  });

  it('disconnects one, and offers it again in Connect Database…', async () => {
    await row('feature').click({ button: 'right' });
    const item = vscode.page.locator('.monaco-menu .action-item', { hasText: 'Disconnect' }).first();
    await item.hover();
    // A menu takes what comes right after it opened for the end of the click that opened it.
    await vscode.page.waitForTimeout(500);
    await item.click();
    await row('feature').waitFor({ state: 'detached' });
    await vscode.runCommand('Connect Database…');
    const { choices } = await vscode.question();
    assert.ok(choices.some((choice) => choice.includes('feature')), choices.join('\n'));
    await vscode.screenshot('connect-where');
    await vscode.page.keyboard.press('Escape');
  });
});

async function databaseAt(server: PostgresServer, name: string, versions: readonly string[]): Promise<void> {
  await server.createDatabase(name);
  await server.query('CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)', name);
  for (const version of versions) await server.query(`INSERT INTO alembic_version VALUES ('${version}')`, name);
}
