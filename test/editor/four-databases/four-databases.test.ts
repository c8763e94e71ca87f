/**
 * The Databases view whole, as a person has it: four databases on PostgreSQL 14 and 18, one up to date, one two behind and changed by hand,
 * one with revisions of another git branch, one that is down. Every line is read, every action is clicked, and no server writes anything.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { freePort, mustRun, patience, waitFor } from '../../harness/processes';
import { pythonEnvironment, type PythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

describe('four databases', function () {
  this.timeout(180_000);
  let newest: PostgresServer;
  let oldest: PostgresServer;
  let vscode: VsCode;
  let folder: string;
  let atFirst: readonly string[];

  const git = async (...args: string[]): Promise<string> => (await mustRun('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd: folder })).stdout.trim();
  const versions = (): string => path.join(folder, 'alembic', 'versions');
  const revision = (id: string, parent: string, message: string, upgrade: string): void =>
    writeFileSync(path.join(versions(), `${id}_${message.replaceAll(' ', '_')}.py`), `"""${message}\n\nRevision ID: ${id}\nRevises: ${parent}\nCreate Date: 2024-11-02 10:00:00+00:00\n\n"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = '${id}'\ndown_revision = '${parent}'\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade() -> None:\n    ${upgrade}\n\n\ndef downgrade() -> None:\n    pass\n`);
  const database = async (python: PythonEnvironment, server: PostgresServer, name: string, to: string): Promise<void> => {
    const url = await server.createDatabase(name);
    await python.alembic(folder, ['upgrade', to], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
  };
  /** The next transaction that writes anything, on any database of the server, gets this number: reading takes none. */
  const nextWrites = async (): Promise<readonly string[]> => Promise.all([newest, oldest].map(async (server) => String(Object.values((await server.query('select pg_snapshot_xmax(pg_current_snapshot())::text as next')).rows[0] as object)[0])));

  before(async function () {
    const python = await need(this, pythonEnvironment());
    const quiet = { settings: { autovacuum: 'off' } } as const;
    [newest, oldest] = [await need(this, startPostgres({ major: 18, ...quiet })), await need(this, startPostgres({ major: 14, ...quiet }))];
    folder = copyOfProject('scraper');
    await git('init', '-q', '-b', 'main');
    await git('add', '-A');
    await git('commit', '-q', '-m', 'The scraper');
    await git('checkout', '-q', '-b', 'feature/ratings');
    revision('aa11bb22cc33', 'e6b81c94507a', 'add ratings', "op.add_column('place', sa.Column('stars', sa.Integer()))");
    revision('dd44ee55ff66', 'aa11bb22cc33', 'index ratings', "op.create_index('ix_place_stars', 'place', ['stars'])");
    await git('add', '-A');
    await git('commit', '-q', '-m', 'Ratings of places');
    await database(python, newest, 'feature', 'head');
    await git('checkout', '-q', 'main');
    await database(python, newest, 'dev', 'head');
    await database(python, oldest, 'staging', 'c05e3a86f912');
    await oldest.query(`create type mood as enum ('ok', 'sad'); alter table place add column nick mood; alter table domain alter column tenant_id drop not null`, 'staging');
    // applied everywhere, and edited afterwards
    const edited = path.join(versions(), readdirSync(versions()).find((name) => name.includes('4e9a7710d5b8'))!);
    writeFileSync(edited, readFileSync(edited, 'utf8').replace("sa.Column('sitemap_type', sa.String(length=50), nullable=False)", "sa.Column('sitemap_type', sa.String(length=80), nullable=False)"));
    vscode = await need(this, launch({
      workspaceFolder: folder,
      env: { DEV: newest.url('dev'), STAGING: oldest.url('staging'), FEATURE: newest.url('feature'), LIVE: `postgresql://app:secret@127.0.0.1:${await freePort()}/scraper` },
      settings: {
        'workbench.colorTheme': 'Default Dark Modern',
        'alembicReview.refreshInterval': 2,
        'alembicReview.connections': [
          { name: 'dev', environmentVariable: 'DEV', environment: 'development' },
          { name: 'staging', environmentVariable: 'STAGING', environment: 'staging' },
          { name: 'feature', environmentVariable: 'FEATURE', environment: 'development' },
          { name: 'live', environmentVariable: 'LIVE', environment: 'production' },
        ],
      },
      size: { width: 1500, height: 1300 },
    }));
    atFirst = await nextWrites();
    await vscode.openView('Databases');
    // the side bar as wide as a person drags it to read
    const sash = vscode.page.locator('.monaco-sash.vertical').filter({ visible: true });
    const box = await vscode.page.locator('.part.sidebar').boundingBox();
    assert.ok(box !== null && (await sash.count()) > 0);
    await vscode.page.mouse.move(box.x + box.width, box.y + 400);
    await vscode.page.mouse.down();
    await vscode.page.mouse.move(box.x + 640, box.y + 400, { steps: 5 });
    await vscode.page.mouse.up();
    // the other views give it their room
    const others = vscode.page.locator('.part.sidebar .pane-header[aria-expanded="true"]:not([aria-label^="Databases"])');
    while ((await others.count()) > 0) await others.first().click();
  });
  after(async () => {
    await vscode?.close();
    await newest?.stop();
    await oldest?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`four-failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const pane = (): Locator => vscode.page.locator('.pane', { has: vscode.page.locator('.pane-header[aria-label^="Databases"]') });
  const row = (text: string | RegExp): Locator => pane().locator('.monaco-list-row').filter({ hasText: text }).first();
  /** All lines as a person reads them, with their depth; the list draws what is in sight, so the pane is high. */
  const lines = async (): Promise<readonly string[]> =>
    (await pane().locator('.monaco-list-row').evaluateAll((rows) => rows.map((element) => ({ at: Number(element.getAttribute('data-index')), text: `${'  '.repeat(Number(element.getAttribute('aria-level')) - 1)}${element.querySelector('.label-name')?.textContent ?? ''} | ${element.querySelector('.label-description')?.textContent ?? ''}` }))))
      .toSorted((a, b) => a.at - b.at).map(({ text }) => text);
  const fold = async (text: string | RegExp, open: boolean): Promise<void> => {
    await row(text).waitFor();
    if ((await row(text).getAttribute('aria-expanded')) !== String(open)) await row(text).locator('.monaco-tl-twistie').click();
  };
  const inline = async (text: string | RegExp, action: string): Promise<void> => {
    await row(text).hover();
    await row(text).locator(`.action-label[aria-label^="${action}"]`).click();
  };
  const fromMenu = async (text: string | RegExp, title: string): Promise<void> => {
    const item = vscode.page.locator('.monaco-menu .action-item', { hasText: title }).first();
    // a click on a line that is drawn anew in that moment is lost
    await waitFor(`the menu of ${text}`, patience, async () => {
      await row(text).click({ button: 'right' });
      return item.hover({ timeout: 3_000 }).then(() => true, () => undefined);
    });
    await vscode.page.waitForTimeout(500);
    await item.click();
    await item.waitFor({ state: 'hidden' });
  };
  const told = (name: string): Promise<string> => waitFor(name, patience, () => vscode.host.evaluate((api, wanted) => api.workspace.textDocuments.find(({ uri }) => uri.scheme === 'alembic-review-report' && uri.path.endsWith(wanted as string))?.getText(), name));
  const tab = (text: string): Locator => vscode.page.locator('.tab.active', { hasText: text });
  const activity = (): Locator => vscode.page.locator('.activitybar .action-item', { has: vscode.page.locator('[aria-label*="Alembic Review"]') });

  it('are told apart, and the one that is down holds up nobody', async () => {
    await row('live').filter({ hasText: 'unreachable: connection refused' }).waitFor();
    await row('dev').filter({ hasText: 'up to date' }).waitFor();
    await row('staging').filter({ hasText: '2 pending' }).waitFor();
    await row('feature').filter({ hasText: 'ahead: unknown revision' }).waitFor();
    await row('dd44ee55ff66').filter({ hasText: /on branch feature\/ratings, commit [0-9a-f]{8}, (just now|\d+ minutes? ago), by Ada/ }).waitFor();
    await row('staging').filter({ hasText: 'drift: 4' }).waitFor();
  });

  it('count what is pending in the view’s badge and in the status bar', async () => {
    await activity().locator('.badge-content', { hasText: '2' }).waitFor();
    await vscode.page.locator('.statusbar-item', { hasText: 'dev: up to date' }).waitFor();
  });

  it('show what is next, what stands where, and what was done by hand', async () => {
    await fold(/^dev/, true);
    await row('Enum types').waitFor();
    // what the edited revision says now, the databases don't have
    await waitFor('the drift of dev', patience, async () => ((await lines()).some((line) => line === '  Drift | 1 difference') ? true : undefined));
    const all = await lines();
    assert.ok(all.some((line) => /^ {4}One tenant \| next · 71d2fa4b38ce$/.test(line)), all.join('\n'));
    assert.ok(all.some((line) => /^ {4}Curate contacts \| head · e6b81c94507a$/i.test(line)), all.join('\n'));
    assert.ok(all.some((line) => /^ {4}Sitemaps and contacts \| edited · 4e9a7710d5b8$/i.test(line)), all.join('\n'));
    await vscode.screenshot('four-databases-dark');
  });

  it('mark a revision that was edited after it was applied, and compare both texts by a click', async () => {
    await row('compare with main').click();
    await tab('4e9a7710d5b8').waitFor();
    const texts = await waitFor('the comparison', patience, () => vscode.host.evaluate((api) => {
      const input = api.window.tabGroups.activeTabGroup.activeTab?.input;
      if (!(input instanceof api.TabInputTextDiff)) return undefined;
      const shown = [input.original, input.modified].map((uri) => api.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.getText() ?? '');
      return shown.includes('') ? undefined : shown;
    }));
    assert.ok(texts[0]!.includes('length=50') && texts[1]!.includes('length=80'));
    await vscode.screenshot('four-databases-compare');
  });

  it('badge the files in the explorer', async () => {
    const decorated = await waitFor('the badges', patience, async () => {
      await vscode.host.evaluate(async (api) => {
        await api.commands.executeCommand('workbench.view.explorer');
        const [file] = await api.workspace.findFiles('alembic/versions/*71d2fa4b38ce*.py');
        if (file !== undefined) await api.commands.executeCommand('revealInExplorer', file);
      });
      // badges are drawn by style sheets
      const label = (id: string): Promise<string> => vscode.page.locator('.explorer-folders-view .monaco-list-row', { hasText: id }).first()
        .evaluate((element) => [...element.querySelectorAll('*')].map((part) => part.ownerDocument.defaultView!.getComputedStyle(part, '::after').content).join(), undefined, { timeout: 3_000 }).catch(() => '');
      const found = [await label('71d2fa4b38ce'), await label('4e9a7710d5b8'), await label('8c1f0b6e2a47')];
      return found[0]!.includes('↑') && found[1]!.includes('!') && found[2]!.includes('✓') ? found : undefined;
    });
    assert.equal(decorated.length, 3);
    await vscode.screenshot('four-databases-explorer');
    await vscode.openView('Databases');
  });

  it('tell enum types with their values and columns, and open the model by a click', async () => {
    for (const name of [/^live/, /^feature/, /^dev/]) await fold(name, false);
    await fold('Applied', false);
    await fold('Enum types', true);
    await row(/^mood/).waitFor();
    const all = await lines();
    const wanted = all.find((line) => line.startsWith('    ') && line.includes('in the models, not in the database'))?.trim().split(' | ')[0];
    assert.ok(wanted !== undefined && all.includes('    mood | in no model · ok, sad'), all.join('\n'));
    await fold(/^mood/, true);
    await row('place.nick').filter({ hasText: 'uses it' }).waitFor();
    await vscode.screenshot('four-databases-enums');
    await row(new RegExp(`^${wanted}`)).click();
    await waitFor('the model', patience, async () => (/\/models\/\w+\.py$/.test(await vscode.host.evaluate((api) => api.window.activeTextEditor?.document.uri.path ?? '')) ? true : undefined));
    await inline('Enum types', 'List Types');
    assert.match(await told('types.txt'), /mood/);
    await fold('Enum types', false);
  });

  it('tell drift part by part, with the report behind it', async () => {
    await row(/^Drift/).filter({ hasText: '4 differences' }).waitFor();
    await fold(/^Drift/, true);
    await row('column nick').filter({ hasText: 'only in the database; no revision makes it' }).waitFor();
    await row('nullability of column tenant_id').filter({ hasText: 'NULL · by the revisions NOT NULL' }).waitFor();
    await row(/wait for a migration \(no drift\)/).waitFor();
    await vscode.screenshot('four-databases-drift');
    await inline(/^Drift/, 'Verify Database');
    assert.match(await told('verified.md'), /^# Database verified\n\n\*\*The database is not as it should be/);
    await row('nullability of column tenant_id').click();
    await waitFor('the model', patience, async () => ((await vscode.host.evaluate((api) => api.window.activeTextEditor?.document.lineAt(api.window.activeTextEditor.selection.active.line).text ?? '')).includes('tenant_id') ? true : undefined));
    await row(/wait for a migration \(no drift\)/).click();
    await waitFor('the question of what to generate', patience, async () => ((await vscode.question()).title.startsWith('Generate Migration from Models') ? true : undefined));
    await vscode.page.keyboard.press('Escape');
    await vscode.waitForNoQuestion();
    await fold(/^Drift/, false);
  });

  it('open a pending revision at upgrade(), and copy its id', async () => {
    await row('next · 71d2fa4b38ce').click();
    await tab('71d2fa4b38ce').waitFor();
    await waitFor('upgrade()', patience, async () => (/^def upgrade\(/.test(await vscode.host.evaluate((api) => api.window.activeTextEditor?.document.lineAt(api.window.activeTextEditor.selection.active.line).text ?? '')) ? true : undefined));
    await fromMenu('next · 71d2fa4b38ce', 'Copy Revision ID');
    await vscode.page.locator('.statusbar-item', { hasText: '71d2fa4b38ce is on the clipboard' }).waitFor();
  });

  it('are described and refreshed from the menu and from the line', async () => {
    await fromMenu(/^staging/, 'Describe Table');
    await vscode.choose('place');
    assert.match(await told('public.place.txt'), /nick/);
    await fromMenu(/^staging/, 'List Types');
    await inline(/^staging/, 'Refresh');
    await pane().locator('.pane-header').hover();
    await pane().locator('.pane-header .action-label[aria-label^="Refresh"]').click();
    await row('staging').filter({ hasText: '2 pending' }).waitFor();
    // a click on a line that is drawn anew in that moment is lost
    await vscode.page.locator('.part.sidebar .monaco-progress-container.active').waitFor({ state: 'detached' });
    await vscode.page.waitForTimeout(500);
    await inline(/^dev/, 'Verify Database');
    await waitFor('the report on dev', patience, () => vscode.host.evaluate((api) => api.workspace.textDocuments.some(({ uri }) => uri.path.endsWith('dev verified.md')) || undefined));
  });

  it('copy the id of an unknown revision, and restore its file with the one it stands on, after saying so', async () => {
    await fold(/^feature/, true);
    await fromMenu('dd44ee55ff66', 'Copy Revision ID');
    await vscode.page.locator('.statusbar-item', { hasText: 'dd44ee55ff66 is on the clipboard' }).waitFor();
    await inline('dd44ee55ff66', 'Restore Revision');
    const said = await vscode.dialog();
    assert.match(said, /Restore dd44ee55ff66\?.*stands on a revision that no file here has either: aa11bb22cc33/);
    await vscode.screenshot('four-databases-restore');
    await vscode.clickDialog('Cancel');
    assert.deepEqual(readdirSync(versions()).filter((name) => name.includes('ratings')), []);
    await inline('dd44ee55ff66', 'Restore Revision');
    await vscode.dialog();
    await vscode.clickDialog('Restore 2 Files');
    await tab('dd44ee55ff66_index_ratings').waitFor();
    for (const name of ['aa11bb22cc33_add_ratings.py', 'dd44ee55ff66_index_ratings.py']) {
      assert.equal(readFileSync(path.join(versions(), name), 'utf8').trim(), await git('show', `feature/ratings:alembic/versions/${name}`));
    }
    await row('feature').filter({ hasText: 'up to date' }).waitFor();
    await row('dev').filter({ hasText: '2 pending' }).waitFor();
    await activity().locator('.badge-content', { hasText: '6' }).waitFor();
    await vscode.page.locator('.statusbar-item', { hasText: 'dev: 2 pending' }).waitFor();
  });

  it('look as good in a light theme', async () => {
    await vscode.host.evaluate((api) => api.workspace.getConfiguration('workbench').update('colorTheme', 'Default Light Modern', api.ConfigurationTarget.Global));
    await vscode.page.waitForTimeout(1_500);
    await vscode.screenshot('four-databases-light');
  });

  it('say plainly that git does not have a revision either', async () => {
    await newest.query(`update alembic_version set version_num = '0badc0ffee00'`, 'feature');
    await row('0badc0ffee00').filter({ hasText: 'git does not have it' }).waitFor();
    await row('git fetch --all').waitFor();
    await row('0badc0ffee00').hover();
    assert.equal(await row('0badc0ffee00').locator('.action-label[aria-label^="Restore"]').count(), 0);
    const drift = pane().locator('.monaco-list-row').filter({ hasText: /^Drift/ }).last();
    await drift.filter({ hasText: /its history is not known$/ }).waitFor();
    await drift.locator('.monaco-tl-twistie').click();
    await row('Held against the models alone').waitFor();
    await vscode.screenshot('four-databases-nowhere');
    await newest.query(`update alembic_version set version_num = 'dd44ee55ff66'`, 'feature');
    await row('feature').filter({ hasText: 'up to date' }).waitFor();
  });

  it('were only read', async () => {
    // our own two updates above
    const expected = [String(Number(atFirst[0]) + 2), atFirst[1]];
    assert.deepEqual(await nextWrites(), expected);
    assert.ok(!existsSync(path.join(folder, 'alembic', 'versions', 'dd44ee55ff66_index_ratings_restored.py')));
  });

  it('are disconnected from the menu', async () => {
    await fromMenu(/^feature/, 'Disconnect');
    await row('feature').waitFor({ state: 'detached' });
  });
});
