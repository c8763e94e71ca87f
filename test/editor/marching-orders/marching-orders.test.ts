/**
 * A team's marching orders for a migration, walked in their order by clicks alone: what the document has people do and check by eye is done by buttons, and each
 * tick of the checklist is what was found in files, git and the database. The steps are named as the document names them. The rows of a few months lie in the
 * database before, and are looked at one by one afterwards. `test/artifacts/orders-*.png` has the pictures.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { rowDifferences, rowsAfterUpgrade, snapshotRows, type RowSnapshot } from '../../alembic/rows';
import { answerQuestions } from '../../demo/answers';
import { commitAll, openOldState, sample } from '../../demo/scene';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { mustRun, patience, waitFor } from '../../harness/processes';
import { pythonEnvironment, type PythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { launch, type VsCode } from '../../harness/vscode';

describe('Marching Orders: Database Migration for Layer 1 Refactor', function () {
  // Each step stands on the one before.
  this.bail(true);
  this.timeout(4 * patience);
  let server: PostgresServer;
  let python: PythonEnvironment;
  let vscode: VsCode;
  let folder: string;
  let versions: string;
  let databaseUrl: string;
  let atFirst: readonly string[];
  let rowsAtFirst: RowSnapshot;

  before('a team whose models were refactored, and whose database was not', async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    ({ project: folder, databaseUrl } = await openOldState(server, python));
    rowsAtFirst = await snapshotRows(server, 'scraper');
    versions = path.join(folder, 'alembic', 'versions');
    atFirst = readdirSync(versions);
    symlinkSync(path.dirname(path.dirname(python.interpreter)), path.join(folder, '.venv'));
    await commitAllButOneModel();
    vscode = await need(this, launch({ workspaceFolder: folder, env: { DATABASE_URL: databaseUrl }, settings: { 'workbench.colorTheme': 'Default Dark Modern' }, size: { width: 1500, height: 1050 } }));
    vscode.page.setDefaultTimeout(patience);
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-orders-${this.currentTest.title.slice(0, 30).replaceAll(/\W+/g, '-')}`);
  });

  describe('2. Pre-Flight Checklist', () => {
    it('Tooling: Alembic is found, and the development database is connected', async () => {
      await vscode.page.locator('.activitybar .action-label[aria-label^="Alembic Review"]').click();
      await spoken(/^done: Alembic found and configured\. alembic\.ini, migrations in alembic\/versions$/);
      await vscode.page.locator('.welcome-view-content .monaco-button', { hasText: 'Connect Database…' }).click();
      await choose('DATABASE_URL');
      await choose('Development');
      await asked('What shall it be called?');
      await vscode.answer('dev');
      await spoken(/^dev, development database, up to date/);
      await photograph('1-connected');
      await fold('Databases');
    });

    it('Affected Models: the seven tables that the migration will touch are named', async () => {
      const said = await spoken(/^done: 7 tables to touch\. /);
      assert.deepEqual(said.replace(/^.*touch\. /, '').split(', ').sort(), ['batch_job', 'contact', 'domain', 'job', 'local_business', 'place', 'sitemap']);
    });

    it('Branching: a branch of its own, and the model that was changed comes along', async () => {
      await spoken(/^Step 1\. Before, 2 of 3 done, this is next$/);
      await spoken(/^to do: A branch of its own\. you are on main, which everybody works from$/);
      await photographInBoth('2-before');
      await click('Create Migration Branch…');
      await asked('The new branch begins at main. One changed file comes along, as it is.');
      await vscode.answer('feature/..bad');
      await asked('means something else to git');
      await vscode.screenshot('orders-3-branch');
      await vscode.answer('feature/db-migration');
      await spoken(/^Step 1\. Before, done$/);
      assert.equal(await git('branch', '--show-current'), 'feature/db-migration');
      assert.equal(await git('status', '--short'), 'M app/models/place.py');
    });
  });

  describe('Step 1: Generate the Migration Script', () => {
    it('asks what only a person can know, and writes the revision on the head', async () => {
      await spoken(/^Step 2\. Generated, 0 of 1 done, this is next$/);
      await spoken(/^to do: The revision\. The models need \d+ changes that no migration makes: /);
      await click('Generate Migration from Models…');
      await choose('All models of the workspace');
      await answerQuestions(vscode, sample, () => photographInBoth('4-questions'), () => undefined);
      await vscode.answer(sample.message);
      await spoken(/^The migration at hand: Align DB schema with Layer 1 model and ENUM refactoring, revision [0-9a-f]{12}$/);
      await spoken(/^Step 2\. Generated, done$/);
      assert.match(draft().text, new RegExp(`^down_revision = "${sample.head}"$`, 'm'));
      await photograph('5-generated');
    });
  });

  describe('Step 2: CRITICAL - Review and Refine the Generated Script', () => {
    before(() => spoken(/^Step 3\. Reviewed, done$/));

    it('1. ENUM Type Creation: each type with its values, as the models have them', async () => {
      await click(/3\. Reviewed/);
      await spoken(/^done: Enum types, names and values\. 7 changes$/);
      await click(/Enum types, names/);
      await spoken(/^done: sitemap_curation_status: NEW, QUEUED, PROCESSING, COMPLETE, ERROR, SKIPPED, as the models have it$/);
      await spoken(/^done: place_status: NEW, SELECTED, MAYBE, NOT_A_FIT, ARCHIVED, as the models have it$/);
      await spoken(/^done: domain_extraction_status: NEW, QUEUED, PROCESSING, COMPLETED, ERROR, as the models have it$/);
      await photograph('6-enum-types');
      await click(/Enum types, names/);
    });

    it('2. Column Type Changes: every column that is an enum now is altered', async () => {
      await click(/Column type changes/);
      await spoken(/^done: place\.status: character varying\(20\) → place_status, as the models have it$/);
      // one that is renamed before it changes its type
      await spoken(/^done: sitemap\.curation_status: character varying\(50\) → sitemap_curation_status, as the models have it$/);
      await photograph('7-column-types');
      await click(/Column type changes/);
    });

    it('3. Column Renames: none of them is a drop with an add', async () => {
      await click(/Renames/);
      for (const rename of sample.renames) {
        const [from = '', to = ''] = rename.split('=');
        await spoken(new RegExp(`^done: ${from} becomes ${to.split('.')[1]}$`));
      }
      await photograph('8-renames');
      await click(/Renames/);
      assert.doesNotMatch(draft().text.split('def downgrade')[0] ?? '', /op\.drop_column/);
    });

    it('4. Key & Constraint Changes: each of them is listed', async () => {
      await click(/Keys and constraints/);
      await spoken(/^The primary key of place changes/);
      await photograph('9-keys');
      await click(/Keys and constraints/);
      await click(/3\. Reviewed/);
    });

    it('DO NOT TRUST IT BLINDLY: what somebody breaks by hand is said, and mended by its button', async () => {
      await deleteStatement('CREATE TYPE place_status');
      await spoken(/^Step 3\. Reviewed, 4 of 5 done, something is not right, this is next$/);
      await spoken(/^not right: Enum types, names and values\. \d+ findings? to settle$/);
      await photographInBoth('10-broken');
      await click('Fix All Safe Problems');
      await spoken(/^Step 3\. Reviewed, done$/);
      await vscode.page.keyboard.press('ControlOrMeta+S');
      await waitFor('the draft, saved', patience, () => (draft().text.includes('CREATE TYPE place_status') ? true : undefined));
    });
  });

  describe('Step 3: Apply and Test on a Development Database', () => {
    it('tries it without any database first: up, down and up again', async () => {
      await spoken(/^to do: Dry run passed\. This text of the draft was not tried yet\.$/);
      await click('Dry Run on Embedded PostgreSQL');
      await spoken(/^done: Dry run passed\. on an embedded PostgreSQL$/);
      await photograph('11-tried');
    });

    it('upgrades the development database to the head, after showing where and what', async () => {
      await spoken(/^to do: On a development database\. not on dev yet$/);
      await click('Upgrade Database…');
      await asked('Upgrade to which revision?');
      await vscode.choose('head');
      const dialog = await vscode.dialog();
      assert.match(dialog, /Upgrade dev\?.*\/scraper · development.*Align DB schema with Layer 1 model and ENUM refactoring/s);
      assert.match((await server.query('SELECT version_num FROM alembic_version', 'scraper')).rows[0].version_num, /^e6b81c94507a$/, 'nothing ran before the answer');
      await vscode.screenshot('orders-12-agree');
      await vscode.clickDialog('Upgrade');
      await spoken(/^Step 4\. Applied, done$/);
      await photograph('13-applied');
    });

    it('has kept every row', async () => {
      assert.deepEqual(rowDifferences(rowsAfterUpgrade(rowsAtFirst, sample), await snapshotRows(server, 'scraper')), []);
    });
  });

  describe('Step 4: Verify the Schema Changes in Supabase', () => {
    it('was verified by itself: tables, enum types and the version', async () => {
      await spoken(/^Step 5\. Verified, done$/);
      await click(/5\. Verified/);
      await spoken(/^done: Tables\. 7 tables on dev as the models say$/);
      await spoken(/^done: Enum types\. 7 enum types on dev as the models say$/);
      await spoken(new RegExp(`^done: alembic_version\\. dev holds ${draft().id}$`));
      await photographInBoth('14-verified');
      await click(/5\. Verified/);
    });

    it('1. Inspect Tables: \\d domain', async () => {
      await fold('Databases');
      await fromMenu(/^dev/, 'Describe Table…');
      await choose('domain');
      const text = await shown(/^ +Table "public\.domain"\n/);
      assert.match(text, /^ sitemap_curation_status \| sitemap_curation_status +\|.*'NEW'::sitemap_curation_status$/m);
      assert.match(text, /"fk_domain_local_business_id_local_business" FOREIGN KEY \(local_business_id\)/);
      await photograph('15-table');
    });

    it('2. Verify Custom ENUM Types: \\dT+', async () => {
      await fromMenu(/^dev/, 'List Types');
      assert.match(await shown(/List of data types/), /place_status/);
      await photograph('16-types');
    });

    it('3. Check Migration History: alembic_version', async () => {
      assert.deepEqual((await server.query('SELECT * FROM alembic_version', 'scraper')).rows, [{ version_num: draft().id }]);
      await click(/^dev/);
      await spoken(/^Align DB schema with Layer 1 model and ENUM refactoring, revision [0-9a-f]{12}, applied, head$/);
      await photograph('17-history');
      await fold('Databases');
    });
  });

  describe('Step 5: Commit and Deploy', () => {
    it('knows that it was tested, and sees it go down and up again by another hand', async () => {
      await spoken(/^Step 6\. Ready to commit, 1 of 3 done, this is next$/);
      await spoken(/^done: Tested up and down\. An embedded PostgreSQL went up, down and up again$/);
      await vscode.runCommand('Copy as Alembic Command…');
      await choose('Up, down and up again');
      await vscode.page.locator('.statusbar-item', { hasText: 'On the clipboard: alembic upgrade head && alembic downgrade -1 && alembic upgrade head' }).waitFor();
      await python.alembic(folder, ['downgrade', '-1'], { databaseUrl });
      await python.alembic(folder, ['upgrade', 'head'], { databaseUrl });
      await spoken(/^done: Tested up and down\. dev was seen to go down and up again$/);
      assert.deepEqual(rowDifferences(rowsAfterUpgrade(rowsAtFirst, sample), await snapshotRows(server, 'scraper')), []);
    });

    it('Deploy: offers a step that runs `alembic upgrade head` where there is none, and finds the one that is written', async () => {
      await spoken(/^to do: The deployment runs `alembic upgrade head`\. No workflow/);
      await click('Propose Deploy Step');
      assert.match(await shown(/alembic upgrade head/), /jobs:\n {2}migrate:/);
      await photograph('18-deploy');
      writeFileSync(path.join(folder, 'Procfile'), 'web: gunicorn app:app\nrelease: alembic upgrade head\n');
      await spoken(/^done: The deployment runs `alembic upgrade head`\. Procfile:2, release$/);
      await click(/The deployment runs/);
      await click('Procfile:2, release: alembic upgrade head');
      await vscode.page.locator('.tab.active', { hasText: 'Procfile' }).waitFor();
    });

    it('Commit: the script with the model that caused it and nothing else, and a message that says what changes', async () => {
      writeFileSync(path.join(folder, 'README.md'), 'mine\n');
      await git('add', 'README.md');
      await click('Stage and Commit Migration…');
      await asked(/Stage and Commit Migration/);
      const { title, choices, placeholder } = await vscode.question();
      assert.equal(title, 'Stage and Commit Migration on feature/db-migration');
      assert.equal(placeholder, 'These files and no others. Also staged, and left so: README.md.');
      assert.equal(choices.length, 2, choices.join('\n'));
      await vscode.screenshot('orders-19-commit');
      await vscode.page.keyboard.press('Enter');
      await vscode.page.locator('.tab.active', { hasText: 'MIGRATION_COMMIT' }).waitFor();
      await photograph('20-message');
      assert.equal(await git('diff', '--cached', '--name-only'), 'README.md', 'nothing is staged before the message is accepted');
      await vscode.page.locator('.editor-actions .action-label[aria-label^="Commit with This Message"]').click();
      await vscode.page.locator('.tab', { hasText: 'MIGRATION_COMMIT' }).waitFor({ state: 'detached' });
      assert.deepEqual((await git('show', '--name-only', '--format=', 'HEAD')).split('\n').sort(), [`alembic/versions/${draft().name}`, 'app/models/place.py']);
      const message = await git('log', '-1', '--format=%B');
      assert.match(message, /^Migration: Align DB schema with Layer 1 model and ENUM refactoring\n\n- /);
      assert.match(message, /^- rename place\.vicinity to formatted_address$/m);
      assert.ok(message.endsWith(`Revision ${draft().id}, on ${sample.head}`), message);
      assert.equal(await git('diff', '--cached', '--name-only'), 'README.md');
    });

    it('is done: nothing is left to do', async () => {
      await vscode.page.locator('.welcome-view-content', { hasText: 'No migration is under way' }).waitFor();
      assert.equal(await vscode.page.locator('.pane-body .welcome-view:visible .monaco-button').count(), 1);
      await photographInBoth('21-done');
    });
  });

  const git = async (...args: string[]): Promise<string> => (await mustRun('git', args, { cwd: folder })).stdout.trim();

  /** The models are committed as they are, but for one: its rename is not committed yet. */
  async function commitAllButOneModel(): Promise<void> {
    const place = path.join(folder, 'app', 'models', 'place.py');
    const text = readFileSync(place, 'utf8');
    assert.ok(text.includes('    formatted_address: '));
    writeFileSync(place, text.replace('    formatted_address: ', '    vicinity: '));
    await commitAll(folder);
    writeFileSync(place, text);
  }

  /** The script that was generated. */
  function draft(): { readonly name: string; readonly id: string; readonly text: string } {
    const name = readdirSync(versions).find((one) => one.endsWith('.py') && !atFirst.includes(one));
    assert.ok(name !== undefined, 'there is no draft');
    return { name, id: /-([0-9a-f]{12})_/.exec(name)?.[1] ?? '', text: readFileSync(path.join(versions, name), 'utf8') };
  }

  function row(text: string | RegExp): Locator {
    return vscode.page.locator('.pane-body .monaco-list-row:visible').filter({ hasText: text }).first();
  }

  /** What a screen reader says of a row, once one says this. */
  function spoken(text: RegExp): Promise<string> {
    return waitFor(`a row that says ${text.source}`, patience, async () => (await vscode.page.locator('.pane-body .monaco-list-row:visible').evaluateAll((rows) => rows.map((one) => one.getAttribute('aria-label') ?? ''))).find((label) => text.test(label)));
  }

  /** Where the mouse rests on a line, VS Code lays what it says over the line below. */
  async function away(): Promise<void> {
    await vscode.page.mouse.move(900, 1020);
    await vscode.page.locator('.workbench-hover-container:visible').waitFor({ state: 'detached' });
  }

  async function click(text: string | RegExp): Promise<void> {
    await away();
    await row(text).click();
  }

  async function fold(view: string): Promise<void> {
    await vscode.page.locator('.pane-header', { hasText: view }).click();
    await away();
  }

  async function fromMenu(of: RegExp, title: string): Promise<void> {
    await away();
    await row(of).click({ button: 'right' });
    const item = vscode.page.locator('.monaco-menu .action-item', { hasText: title }).first();
    await item.hover();
    // A menu takes what comes right after it opened for the end of the click that opened it.
    await vscode.page.waitForTimeout(500);
    await item.click();
    await item.waitFor({ state: 'hidden' });
  }

  /** The question that is asked now: the one before may still be leaving. */
  async function asked(text: string | RegExp): Promise<void> {
    const box = vscode.page.locator('.quick-input-widget:visible');
    await box.filter({ hasText: text }).or(box.filter({ has: vscode.page.getByPlaceholder(text) })).first().waitFor();
  }

  async function choose(text: string): Promise<void> {
    await vscode.page.locator('.quick-input-widget:visible .monaco-list-row').filter({ hasText: text }).first().click();
  }

  /** The text that is open and says this. */
  function shown(text: RegExp): Promise<string> {
    return waitFor(`a document that says ${text.source}`, patience, () => vscode.host.evaluate((api, source) => api.window.visibleTextEditors.map(({ document }) => document.getText()).find((one) => new RegExp(source, 'm').test(one)), text.source));
  }

  /** By hand, as somebody does who takes it for superfluous. */
  async function deleteStatement(words: string): Promise<void> {
    const lines = draft().text.split('\n');
    const at = lines.findIndex((line) => line.includes(words));
    const first = lines.slice(0, at + 1).findLastIndex((line) => line.startsWith('    op.'));
    const last = lines.findIndex((line, index) => index >= at && (index === first ? line.endsWith(')') : line === '    )'));
    await vscode.page.locator('.editor-instance .view-lines').first().click();
    await vscode.page.keyboard.press('Control+G');
    await vscode.answer(`:${first + 1}`);
    await vscode.waitForNoQuestion();
    for (let line = first; line <= last; line++) await vscode.page.keyboard.press('ControlOrMeta+Shift+K');
  }

  async function photograph(name: string): Promise<void> {
    await away();
    await vscode.screenshot(`orders-${name}`);
  }

  /** A person must understand it in either theme. */
  async function photographInBoth(name: string): Promise<void> {
    await photograph(`${name}-dark`);
    for (const [theme, kind] of [['Default Light Modern', 'light'], ['Default Dark Modern', 'dark']] as const) {
      await vscode.host.evaluate((api, value) => api.workspace.getConfiguration('workbench').update('colorTheme', value, api.ConfigurationTarget.Global), theme);
      await vscode.page.locator(`.monaco-workbench.${kind === 'light' ? 'vs' : 'vs-dark'}`).waitFor();
      if (kind === 'light') await photograph(`${name}-light`);
    }
  }
});
