/** *Dry Run on Connected Database…* by clicks, in the window and on the databases of moving.test.ts: nothing of it may stay there, whatever happens. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { PostgresServer } from '../../harness/postgres';
import { patience, waitFor } from '../../harness/processes';
import type { VsCode } from '../../harness/vscode';

export interface Around {
  readonly vscode: VsCode;
  readonly server: PostgresServer;
  readonly folder: string;
  /** Of the database `library`, which the connection `dev` leads to. */
  readonly url: string;
}

const name = 'd00000000002_notes.py';
const draft = (upgrade: readonly string[], downgrade: readonly string[]): string => {
  const body = (lines: readonly string[]): string => lines.map((line) => `    ${line}\n`).join('');
  return `"""notes"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = "d00000000002"\ndown_revision = "c93d10a7b642"\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n${body(upgrade)}\n\ndef downgrade():\n${body(downgrade)}`;
};

export function tryOnConnectedDatabases(around: () => Around): void {
  let file: string;

  before(() => {
    file = path.join(around().folder, 'migrations', 'versions', name);
  });
  after(async () => {
    rmSync(file, { force: true });
    await setting('lockTimeout', undefined);
  });

  const setting = (key: string, value: string | undefined): Promise<unknown> =>
    around().vscode.host.evaluate((api, [wanted, to]) => api.workspace.getConfiguration('alembicReview').update(wanted!, to ?? undefined, api.ConfigurationTarget.Global), [key, value] as const);
  const theme = (wanted: string | undefined): Promise<unknown> => around().vscode.host.evaluate((api, to) => api.workspace.getConfiguration('workbench').update('colorTheme', to ?? undefined, api.ConfigurationTarget.Global), wanted);
  /** Writes the draft, opens it, and goes as far as the choice of the way. */
  const begin = async (upgrade: readonly string[], downgrade: readonly string[], database = 'dev'): Promise<void> => {
    const { vscode } = around();
    writeFileSync(file, draft(upgrade, downgrade));
    await vscode.openFile(name);
    await waitFor('the draft as it was written', patience, () => vscode.host.evaluate((api, text) => (api.window.activeTextEditor?.document.getText() === text ? true : undefined), draft(upgrade, downgrade)));
    await vscode.runCommand('Dry Run on Connected Database…');
    const which = await vscode.question();
    assert.equal(which.placeholder, 'On which database? Nothing of it stays there. Never on a production one.');
    await vscode.choose(database);
  };
  const way = async (text: string): Promise<void> => {
    const { vscode } = around();
    await waitFor('the question where', patience, async () => ((await vscode.question()).title === 'Dry Run on dev' ? true : undefined));
    await vscode.choose(text);
  };
  const dialog = (): Promise<string> => waitFor('the dialog', patience, () => around().vscode.dialog().catch(() => undefined));
  const forget = (): Promise<void> => around().vscode.runCommand('Clear All Notifications');
  const columns = async (): Promise<readonly string[]> => (await around().server.query("SELECT attname::text AS name FROM pg_attribute WHERE attrelid = 'book'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum", 'library')).rows.map((row: { name: string }) => row.name);
  const temporary = async (): Promise<readonly unknown[]> => (await around().server.query("SELECT datname FROM pg_database WHERE datname LIKE 'alembic_review_dry_run_%'")).rows;
  const asleep = (database: string): Promise<true> => waitFor('the statement that sleeps', patience, async () => ((await around().server.query(`SELECT FROM pg_stat_activity WHERE datname LIKE '${database}' AND query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()`)).rows.length > 0 ? true : undefined));
  const cancel = async (): Promise<void> => {
    const { vscode } = around();
    await vscode.waitForNotification(`Dry run of ${name} on dev`);
    await vscode.clickNotification(`Dry run of ${name} on dev`, 'Cancel');
  };

  it('is run in a transaction of the database, which is rolled back', async () => {
    const { vscode } = around();
    const before = await columns();
    await begin(['op.add_column("book", sa.Column("note", sa.Text()))', 'op.execute("UPDATE book SET note = title")'], ['op.drop_column("book", "note")']);
    await waitFor('the question where', patience, async () => ((await vscode.question()).title === 'Dry Run on dev' ? true : undefined));
    await vscode.screenshot('connected-dry-run-where');
    await way('In a transaction that is rolled back');
    assert.match(await dialog(), /Run the draft on dev and roll it back\?[^]*Until then it holds these locks:[^]*AccessExclusiveLock on book: blocks reads and writes[^]*A statement may take 30 s; a lock that somebody else holds is waited for 2 s\./);
    await vscode.screenshot('connected-dry-run-locks');
    assert.deepEqual(await columns(), before);
    await vscode.clickDialog('Run and Roll Back');
    const told = await vscode.waitForNotification('Dry run on dev:');
    assert.match(told, /Dry run on dev: It runs up, down and up again; the downgrade leads back to the schema before\. It was rolled back: nothing of it stays\./);
    await vscode.screenshot('connected-dry-run-passes');
    assert.deepEqual(await columns(), before);
    await forget();
  });

  it('gives up a lock that somebody holds after the time of the settings, and says who', async () => {
    const { vscode, url } = around();
    await setting('lockTimeout', '700ms');
    const holder = new Client({ connectionString: url, application_name: 'reporting' });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE book IN ACCESS SHARE MODE');
      await begin(['op.add_column("book", sa.Column("note", sa.Text()))'], ['op.drop_column("book", "note")']);
      await way('In a transaction that is rolled back');
      assert.match(await dialog(), /a lock that somebody else holds is waited for 700 ms\./);
      await vscode.clickDialog('Run and Roll Back');
      const told = await vscode.waitForNotification('Dry run on dev:');
      assert.match(told, /Could not be tried to the end: the upgrade stops at line 12: 55P03: canceling statement due to lock timeout\. The lock was held by server process \d+ \(postgres, reporting, idle in transaction for \d+ s: BEGIN; LOCK TABLE book IN ACCESS SHARE MODE\)\. That is no fault of the draft’s/);
      await vscode.screenshot('connected-dry-run-locked');
    } finally {
      await holder.end();
      await setting('lockTimeout', undefined);
    }
    assert.ok(!(await columns()).includes('note'));
    await forget();
  });

  it('does not start with a time that is none', async () => {
    const { vscode } = around();
    await setting('lockTimeout', '5 seconds');
    try {
      await begin(['op.add_column("book", sa.Column("note", sa.Text()))'], ['op.drop_column("book", "note")']);
      assert.match(await vscode.waitForNotification('alembicReview.lockTimeout'), /“5 seconds” is no time\. Write it as PostgreSQL does: 5s/);
    } finally {
      await setting('lockTimeout', undefined);
    }
    await forget();
  });

  it('refuses what can’t be rolled back, line by line, and leads to a temporary database, which is dropped', async () => {
    const { vscode } = around();
    await begin(
      ['with op.get_context().autocommit_block():', '    op.create_index("book_title_idx", "book", ["title"], postgresql_concurrently=True)', '    op.execute("VACUUM book")', 'op.execute("COMMIT")'],
      ['op.drop_index("book_title_idx", "book")'],
    );
    assert.match(await dialog(), /can’t be tried on dev in a transaction that is rolled back[^]*line 13: It stands in an autocommit_block\(\)[^]*line 14:[^]*line 15: It begins or ends a transaction by itself/);
    await vscode.screenshot('connected-dry-run-refused');
    await theme('Default Dark Modern');
    await vscode.page.locator('.monaco-workbench.vs-dark').waitFor();
    await vscode.screenshot('connected-dry-run-refused-dark');
    await theme(undefined);
    await vscode.clickDialog('Cancel');
    await begin(['with op.get_context().autocommit_block():', '    op.create_index("book_title_idx", "book", ["title"], postgresql_concurrently=True)'], ['op.drop_index("book_title_idx", "book")']);
    await dialog();
    await vscode.clickDialog('Use Temporary Database');
    const told = await vscode.waitForNotification('Dry run on dev:');
    assert.match(told, /It runs up, down and up again[^]*The temporary database was dropped\./);
    assert.deepEqual(await temporary(), []);
    await forget();
  });

  it('leaves no temporary database when it is cancelled, and no lock', async () => {
    const { vscode, server } = around();
    const slow = [['op.add_column("book", sa.Column("note", sa.Text()))', 'op.execute("SELECT pg_sleep(50)")'], ['op.drop_column("book", "note")']] as const;
    await begin(...slow);
    await way('In a temporary database');
    await asleep('alembic_review_dry_run_%');
    await cancel();
    await vscode.waitForNotification('Dry run on dev cancelled. The temporary database was dropped.');
    assert.deepEqual(await temporary(), []);
    await forget();
    await begin(...slow);
    await way('In a transaction that is rolled back');
    await dialog();
    await vscode.clickDialog('Run and Roll Back');
    await asleep('library');
    await cancel();
    await vscode.waitForNotification('Dry run on dev cancelled. It was rolled back: nothing of it stays.');
    await server.query('BEGIN; LOCK TABLE book IN ACCESS EXCLUSIVE MODE NOWAIT; ROLLBACK', 'library');
    assert.ok(!(await columns()).includes('note'));
    await forget();
  });

  it('is not made on a production database', async () => {
    const { vscode } = around();
    await begin(['op.add_column("book", sa.Column("note", sa.Text()))'], ['op.drop_column("book", "note")'], 'shop live');
    await vscode.waitForNotification('shop live is a production database: no dry run is made there');
    await vscode.screenshot('connected-dry-run-production');
    await forget();
  });
}
