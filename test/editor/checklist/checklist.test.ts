/** The Checklist view as a person walks it: from a changed model to a commit, each tick by what is found in files, git and databases, and nothing ticked by hand. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { mustRun, waitFor } from '../../harness/processes';
import { pythonEnvironment, type PythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

describe('the checklist of a migration', function () {
  // Each step stands on the one before.
  this.bail(true);
  let server: PostgresServer;
  let python: PythonEnvironment;
  let vscode: VsCode;
  let folder: string;
  let versions: string;
  let url: string;
  let atFirst: readonly string[];

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    folder = copyOfProject('healthy');
    versions = path.join(folder, 'migrations', 'versions');
    atFirst = readdirSync(versions);
    url = await server.createDatabase('library');
    await alembic('upgrade', 'head');
    writeFileSync(path.join(folder, 'notes.txt'), 'mine\n');
    for (const args of [['init', '-q', '-b', 'main'], ['config', 'user.name', 'Ada'], ['config', 'user.email', 'ada@example.org'], ['config', 'commit.gpgsign', 'false'], ['add', '-A'], ['commit', '-q', '-m', 'Library']]) await git(...args);
    vscode = await need(
      this,
      launch({
        workspaceFolder: folder,
        env: { LIBRARY: url, DATABASE_URL: undefined },
        settings: { 'workbench.colorTheme': 'Default Dark Modern', 'alembicReview.pythonPath': python.interpreter, 'alembicReview.connections': [{ name: 'dev', environmentVariable: 'LIBRARY', environment: 'development' }] },
        size: { width: 1500, height: 1050 },
      }),
    );
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const git = async (...args: string[]): Promise<string> => (await mustRun('git', args, { cwd: folder })).stdout.trim();
  const alembic = (...args: string[]): Promise<unknown> => python.alembic(folder, args, { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
  const row = (text: string | RegExp): Locator => vscode.page.locator('.pane-body .monaco-list-row:visible').filter({ hasText: text }).first();
  /** The row of a step or an item once a screen reader says this of it. */
  const spoken = (text: RegExp): Promise<string> =>
    waitFor(`a row that says ${text.source}`, 30_000, async () => (await vscode.page.locator('.pane-body .monaco-list-row:visible').evaluateAll((rows) => rows.map((one) => one.getAttribute('aria-label') ?? ''))).find((label) => text.test(label)));
  const click = async (text: string | RegExp): Promise<void> => {
    await row(text).waitFor();
    await row(text).click();
  };
  /** In both themes: a person must understand it in either. */
  const photograph = async (name: string): Promise<void> => {
    for (const [theme, kind] of [['Default Light Modern', 'light'], ['Default Dark Modern', 'dark']] as const) {
      await vscode.host.evaluate((api, value) => api.workspace.getConfiguration('workbench').update('colorTheme', value, api.ConfigurationTarget.Global), theme);
      await vscode.page.locator(`.monaco-workbench.${kind === 'light' ? 'vs' : 'vs-dark'}`).waitFor();
      await vscode.page.waitForTimeout(300);
      await vscode.screenshot(`checklist-${name}-${kind}`);
    }
  };
  const draft = (): string => path.join(versions, readdirSync(versions).find((name) => name.endsWith('.py') && !atFirst.includes(name)) ?? '');

  it('says that nothing is under way, with one button', async () => {
    await vscode.openView('Databases');
    await vscode.page.locator('.pane-header', { hasText: 'Databases' }).click();
    await vscode.openView('Checklist');
    await vscode.page.locator('.welcome-view-content', { hasText: 'No migration is under way' }).waitFor();
    assert.equal(await vscode.page.locator('.pane-body .welcome-view:visible .monaco-button').count(), 1);
    await photograph('empty');
  });

  it('sees that a model changed, and asks for a branch first', async () => {
    const models = path.join(folder, 'library', 'models.py');
    const text = readFileSync(models, 'utf8');
    writeFileSync(
      models,
      text
        .replace('class Author(Base):', 'class Binding(enum.Enum):\n    paperback = 1\n    hardcover = 2\n\n\nclass Author(Base):')
        .replace('    pages: Mapped[Optional[int]]\n', '    pages: Mapped[Optional[int]]\n    binding: Mapped[Optional[Binding]] = mapped_column(Enum(Binding, name="binding"))\n'),
    );
    await row('A migration to generate').waitFor();
    await spoken(/^Step 1\. Before, 2 of 3 done, this is next$/);
    await spoken(/^to do: A branch of its own\. you are on main, which everybody works from$/);
    await spoken(/^done: 1 table to touch\. book$/);
    await spoken(/^Step 3\. Reviewed, not yet$/);
    await photograph('before');
  });

  it('makes the branch by its button, and takes the changed model along', async () => {
    await click('Create Migration Branch…');
    const box = vscode.page.locator('.quick-input-widget:visible');
    await box.filter({ hasText: 'The new branch begins at main. One changed file comes along, as it is.' }).waitFor();
    assert.equal(await box.locator('input').first().inputValue(), 'feature/db-migration-add-book-binding');
    await vscode.answer('feature/..bad');
    await box.filter({ hasText: 'means something else to git' }).waitFor();
    await vscode.screenshot('checklist-branch');
    await vscode.answer('feature/db-migration');
    await waitFor('the branch', 15_000, async () => ((await git('branch', '--show-current')) === 'feature/db-migration' ? true : undefined));
    await spoken(/^Step 1\. Before, done$/);
    assert.match(await git('status', '--short'), /^M library\/models\.py/);
  });

  it('generates by its button', async () => {
    await spoken(/^Step 2\. Generated, 0 of 1 done, this is next$/);
    await spoken(/^to do: The revision\. The models need 2 changes that no migration makes: book\.$/);
    await click('Generate Migration from Models…');
    await vscode.question();
    await vscode.choose('All models of the workspace');
    await vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'What does this migration do?' }).waitFor();
    await vscode.answer('bindings of books');
    await waitFor('the draft', 30_000, async () => (draft().endsWith('.py') ? true : undefined));
    await spoken(/^The migration at hand: bindings of books, revision [0-9a-f]{12}$/);
    await spoken(/^Step 2\. Generated, done$/);
    await spoken(/^Step 3\. Reviewed, done$/);
    await spoken(/^Step 4\. Applied, 0 of 2 done, this is next$/);
    await photograph('generated');
  });

  it('says what is wrong with the draft, and ticks it when it is mended by its button', async () => {
    await vscode.host.evaluate(async (api, file) => {
      const document = await api.workspace.openTextDocument(file);
      const edit = new api.WorkspaceEdit();
      for (let line = 0; line < document.lineCount; line++) if (document.lineAt(line).text.includes('CREATE TYPE')) edit.delete(document.uri, document.lineAt(line).rangeIncludingLineBreak);
      await api.workspace.applyEdit(edit);
    }, draft());
    await spoken(/^Step 3\. Reviewed, 4 of 5 done, this is next$/);
    await spoken(/^not right: Enum types, names and values\. 1 finding to settle$/);
    await photograph('findings');
    await click('Fix All Safe Problems');
    await spoken(/^Step 3\. Reviewed, done$/);
    await vscode.host.evaluate((api) => api.workspace.saveAll(false));
    await row(/3\. Reviewed/).click();
    await spoken(/^done: Enum types, names and values\. \d changes?$/);
    await row(/Enum types, names/).click();
    await row('binding: paperback, hardcover, as the models have it').waitFor();
    await photograph('reviewed');
    await row(/3\. Reviewed/).click();
  });

  it('tries the draft by its button, up, down and up again', async () => {
    await spoken(/^to do: Dry run passed\. This text of the draft was not tried yet\.$/);
    await click('Dry Run on Embedded PostgreSQL');
    await spoken(/^done: Dry run passed\. on an embedded PostgreSQL$/);
    await photograph('tried');
  });

  it('applies it by its button, and ticks Applied and Verified', async () => {
    await spoken(/^to do: On a development database\. not on dev yet$/);
    await click('Upgrade Database…');
    await waitFor('the question where to', 20_000, async () => ((await vscode.question()).title === 'Upgrade Database: dev' ? true : undefined));
    await vscode.choose('head');
    const dialog = await waitFor('the dialog', 30_000, () => vscode.dialog().catch(() => undefined));
    assert.match(dialog, /Upgrade dev\?[^]*bindings of books/);
    await vscode.clickDialog('Upgrade');
    await vscode.waitForNotification('Verified: The database is as it should be.');
    await spoken(/^Step 4\. Applied, done$/);
    await spoken(/^Step 5\. Verified, done$/);
    await row(/5\. Verified/).click();
    await spoken(/^done: Tables\. 1 table on dev as the models say$/);
    await spoken(/^done: alembic_version\. dev holds [0-9a-f]{12}$/);
    await photograph('verified');
    await row(/5\. Verified/).click();
  });

  it('ticks the test of both ways when it is seen to go down and up again', async () => {
    await spoken(/^Step 6\. Ready to commit, 1 of 3 done, this is next$/);
    await spoken(/^done: Tested up and down\. An embedded PostgreSQL went up, down and up again$/);
    assert.equal(await vscode.host.evaluate((api) => api.commands.executeCommand('alembicReview.copyAlembicCommand', 'roundTrip')), 'alembic upgrade head && alembic downgrade -1 && alembic upgrade head');
    await alembic('downgrade', '-1');
    await alembic('upgrade', 'head');
    await spoken(/^done: Tested up and down\. dev was seen to go down and up again$/);
  });

  it('offers a deploy step where there is none, and finds the one that is written', async () => {
    await spoken(/^to do: The deployment runs `alembic upgrade head`\. No workflow/);
    await click('Propose Deploy Step');
    const text = await waitFor('the offer', 15_000, () => vscode.host.evaluate((api) => api.workspace.textDocuments.find((document) => document.isUntitled && document.getText().includes('alembic upgrade head'))?.getText()));
    assert.match(text, /jobs:\n {2}migrate:/);
    await photograph('offer');
    writeFileSync(path.join(folder, 'Procfile'), 'web: gunicorn app:app\nrelease: alembic upgrade head\n');
    await spoken(/^done: The deployment runs `alembic upgrade head`\. Procfile:2, release$/);
    await row(/The deployment runs/).click();
    await click('Procfile:2, release: alembic upgrade head');
    await vscode.page.locator('.tab.active', { hasText: 'Procfile' }).waitFor();
  });

  it('stages and commits the revision with its model and nothing else, with a message that says what changes', async () => {
    writeFileSync(path.join(folder, 'notes.txt'), 'mine, too\n');
    await git('add', 'notes.txt');
    await click('Stage and Commit Migration…');
    const box = vscode.page.locator('.quick-input-widget:visible');
    await box.filter({ hasText: 'Stage and Commit Migration' }).waitFor();
    const { choices, placeholder } = await vscode.question();
    assert.match(placeholder, /go into one commit on feature\/db-migration\. Also staged, and left so: notes\.txt\./);
    assert.equal(choices.length, 2, choices.join('\n'));
    await vscode.screenshot('checklist-commit-files');
    await vscode.page.keyboard.press('Enter');
    await vscode.page.locator('.tab.active', { hasText: 'MIGRATION_COMMIT' }).waitFor();
    await photograph('commit-message');
    const before = await git('rev-parse', 'HEAD');
    assert.deepEqual((await git('diff', '--cached', '--name-only')).split('\n'), ['notes.txt'], 'nothing is staged before the message is accepted');
    await vscode.page.locator('.editor-actions .action-label[aria-label^="Commit with This Message"]').click();
    await waitFor('the commit', 20_000, async () => ((await git('rev-parse', 'HEAD')) === before ? undefined : true));
    assert.deepEqual((await git('show', '--name-only', '--format=', 'HEAD')).split('\n').sort(), ['library/models.py', path.relative(folder, draft())].sort());
    const id = path.basename(draft()).slice(0, 12);
    assert.equal(await git('log', '-1', '--format=%B'), `Migration: bindings of books\n\n- create type binding (paperback, hardcover)\n- add book.binding\n\nRevision ${id}, on c93d10a7b642`);
    assert.deepEqual((await git('diff', '--cached', '--name-only')).split('\n'), ['notes.txt']);
    await vscode.page.locator('.tab', { hasText: 'MIGRATION_COMMIT' }).waitFor({ state: 'detached' });
  });

  it('is ready: nothing is left of it', async () => {
    await vscode.host.evaluate((api, file) => api.window.showTextDocument(api.Uri.file(file)), draft());
    await vscode.openView('Checklist');
    await vscode.page.locator('.welcome-view-content', { hasText: 'No migration is under way' }).waitFor();
    await photograph('ready');
  });
});
