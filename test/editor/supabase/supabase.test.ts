/** SQL migrations for Supabase's CLI: in a project without Alembic, on a real database; and beside Alembic, where the form is asked. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { splitLikeSupabase } from '../../../src/engine/sql/supabase-split';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { mustRun, patience, waitFor } from '../../harness/processes';
import { prepareSupabase, pushMigrations } from '../../harness/supabase';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

const command = 'Generate Migration from Models…';
const asked = (vscode: VsCode, placeholder: string | RegExp): Promise<void> => vscode.page.locator('.quick-input-widget:visible').getByPlaceholder(placeholder).waitFor();
const messageAsked = (vscode: VsCode): Promise<void> => vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'What does this migration do?' }).waitFor();
const activeText = (vscode: VsCode): Promise<string> => vscode.host.evaluate((api) => api.window.activeTextEditor?.document.getText() ?? '');
const migrations = (folder: string): readonly string[] => readdirSync(path.join(folder, 'supabase', 'migrations')).filter((name) => name.endsWith('.sql')).sort();

describe('a Supabase project without Alembic', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  let folder: string;

  before(async function () {
    server = await need(this, startPostgres());
    folder = copyOfProject('supabase');
    const url = await server.createDatabase('recipes');
    await prepareSupabase(server, 'recipes');
    await pushMigrations(server, 'recipes', path.join(folder, 'supabase', 'migrations'));
    await server.runFile(path.join(folder, 'supabase', 'seed.sql'), 'recipes');
    vscode = await need(this, launch({ workspaceFolder: folder, env: { DATABASE_URL: url }, settings: { 'alembicReview.connections': [{ name: 'local', environmentVariable: 'DATABASE_URL' }] } }));
    await vscode.openFile('backend/recipes/models.py');
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  it('wakes the extension, and shows where its database stands among the files', async () => {
    await vscode.page.locator('.statusbar-item', { hasText: 'local: up to date' }).waitFor();
    await vscode.openView('Databases');
    // Folded, since nothing is to do.
    await vscode.treeRow('local').click();
    await vscode.treeRow(/ingredients.*head · 20240402141700/).waitFor();
    await vscode.treeRow('profiles and recipes').waitFor();
    await vscode.screenshot('supabase-databases');
  });

  it('gets its migration as a SQL file, opened, and is told that there is no way back', async () => {
    const before = migrations(folder);
    await vscode.runCommand(command);
    await asked(vscode, /^Which models\?/);
    await vscode.choose('This file');
    await messageAsked(vscode);
    await vscode.answer('steps of a recipe');
    const file = await waitFor('the file', patience, () => migrations(folder).find((name) => !before.includes(name)));
    assert.match(file, /^20\d{12}_steps_of_a_recipe\.sql$/);
    await vscode.page.locator('.tab.active', { hasText: file }).waitFor();
    await vscode.waitForNotification('A SQL migration has no downgrade: to undo it, write another one.');
    const text = await activeText(vscode);
    assert.equal(text, readFileSync(path.join(folder, 'supabase', 'migrations', file), 'utf8'));
    assert.match(text, /^-- steps of a recipe\n/);
    assert.match(text, /ALTER TABLE step ENABLE ROW LEVEL SECURITY;/);
    assert.doesNotMatch(text, /auth\.users \(|downgrade/);
    await vscode.page.locator('.statusbar-item', { hasText: 'local: 1 pending' }).waitFor();
    await vscode.screenshot('supabase-migration');
  });

  it('has nothing left to migrate once the file is pushed', async () => {
    assert.equal((await pushMigrations(server, 'recipes', path.join(folder, 'supabase', 'migrations'))).length, 1);
    await vscode.host.evaluate((api) => api.commands.executeCommand('alembicReview.refresh'));
    await vscode.page.locator('.statusbar-item', { hasText: 'local: up to date' }).waitFor();
    await vscode.runCommand(command);
    await asked(vscode, /^Which models\?/);
    await vscode.choose('All models of the workspace');
    await vscode.waitForNotification('The models and local agree');
  });

  it('marks a migration that was edited after it ran, by the statements that the database stored', async () => {
    const file = path.join(folder, 'supabase', 'migrations', '20240402141700_ingredients.sql');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `-- a comment changes nothing\n${text}`);
    await vscode.host.evaluate((api) => api.commands.executeCommand('alembicReview.refresh'));
    assert.equal(await vscode.page.locator('.monaco-list-row', { hasText: 'compare with the database' }).count(), 0);
    writeFileSync(file, `${text}\nALTER TABLE ingredient ADD COLUMN organic boolean;\n`);
    await vscode.openView('Databases');
    await vscode.treeRow('compare with the database').click();
    await vscode.page.locator('.tab.active', { hasText: 'the database \u2194 20240402141700_ingredients.sql' }).waitFor();
    await vscode.screenshot('supabase-edited');
    writeFileSync(file, text);
    await vscode.treeRow('compare with the database').waitFor({ state: 'detached' });
  });

  it('restores a migration that neither files nor git have from what the database stored', async () => {
    const file = path.join(folder, 'supabase', 'migrations', '20240402141700_ingredients.sql');
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    const unknown = vscode.treeRow('not in git; the database stored its SQL');
    await unknown.hover();
    await vscode.screenshot('supabase-stored');
    await unknown.locator('.action-label[aria-label^="Restore Revision"]').click();
    await waitFor('the file', patience, () => (existsSync(file) ? true : undefined));
    assert.equal(readFileSync(file, 'utf8'), `${text};\n`);
    await vscode.page.locator('.tab.active', { hasText: '20240402141700_ingredients.sql' }).waitFor();
    await vscode.page.locator('.statusbar-item', { hasText: 'local: up to date' }).waitFor();
  });

  const versions = async (): Promise<readonly string[]> => (await server.query('SELECT version FROM supabase_migrations.schema_migrations ORDER BY 1', 'recipes')).rows.map(({ version }: { version: string }) => version);
  const fromMenu = async (of: string, title: string): Promise<void> => {
    const line = vscode.treeRow(of);
    await line.waitFor();
    await line.click({ button: 'right' });
    const item = vscode.page.locator('.monaco-menu .action-item', { hasText: title }).first();
    await item.hover();
    // A menu takes what comes right after it opened for the end of the click that opened it.
    await vscode.page.waitForTimeout(500);
    await item.click();
    await item.waitFor({ state: 'hidden' });
  };
  const dialog = (): Promise<string> => waitFor('the dialog', patience, () => vscode.dialog().catch(() => undefined));

  it('takes a migration back, without running anything: shown as SQL, and asked', async () => {
    const all = await versions();
    const last = all.at(-1)!;
    await vscode.openView('Databases');
    await fromMenu(last, 'Stamp Database…');
    const { title, choices } = await vscode.question();
    assert.equal(title, 'Stamp Database: local');
    assert.match(choices.join('\n'), new RegExp(`Take ${last} back.*It is pending again\\. What it did to the database stays\\.[^]*Note ${last} down anew`));
    await vscode.screenshot('supabase-stamp-choices');
    await vscode.choose(`Take ${last} back`);
    const asked = await dialog();
    assert.match(asked, new RegExp(`Stamp local\\?.*postgres@127\\.0\\.0\\.1:\\d+/recipes · development.*It stands at ${last}, and at ${all.at(-2)} afterwards\\. No migration runs\\..*${last}: taken back`, 's'));
    await vscode.screenshot('supabase-stamp-dialog');
    await vscode.clickDialog('Stamp');
    await vscode.waitForNotification('No migration ran.');
    assert.deepEqual(await versions(), all.slice(0, -1));
    await vscode.page.locator('.statusbar-item', { hasText: 'local: 1 pending' }).waitFor();
  });

  it('notes down what is ticked, with the statements of the file', async () => {
    const before = await versions();
    await vscode.runCommand('Stamp Database…');
    const { choices, placeholder } = await vscode.question();
    assert.match(placeholder, /only that is noted down, nothing runs/);
    assert.equal(choices.length, before.length + 1);
    await vscode.screenshot('supabase-stamp-ticks');
    const pending = migrations(folder).map((name) => /^\d+/.exec(name)![0]).find((version) => !before.includes(version))!;
    await vscode.chooseMany([...before, pending]);
    assert.match(await dialog(), new RegExp(`${pending} steps of a recipe: noted down as applied`));
    await vscode.clickDialog('Stamp');
    await vscode.page.locator('.statusbar-item', { hasText: 'local: up to date' }).waitFor();
    const { rows: [row] } = await server.query(`SELECT name, statements FROM supabase_migrations.schema_migrations WHERE version = '${pending}'`, 'recipes');
    assert.equal(row.name, 'steps_of_a_recipe');
    const file = migrations(folder).find((name) => name.startsWith(pending))!;
    assert.deepEqual(row.statements, splitLikeSupabase(readFileSync(path.join(folder, 'supabase', 'migrations', file), 'utf8')));
    assert.ok(row.statements.length > 1);
  });

  it('takes back a version that no file has', async () => {
    await server.query(`INSERT INTO supabase_migrations.schema_migrations (version) VALUES ('20240101000099')`, 'recipes');
    await vscode.host.evaluate((api) => api.commands.executeCommand('alembicReview.refresh'));
    await vscode.openView('Databases');
    await vscode.treeRow('Stamp Database… takes it back').waitFor();
    await vscode.screenshot('supabase-unknown');
    await fromMenu('20240101000099', 'Stamp Database…');
    assert.match(await dialog(), /20240101000099: taken back/);
    await vscode.clickDialog('Stamp');
    await vscode.page.locator('.statusbar-item', { hasText: 'local: up to date' }).waitFor();
    assert.ok(!(await versions()).includes('20240101000099'));
  });

  it('walks its checklist by clicks: the branch, the migration, the dry run, the push, the commit', async function () {
    this.timeout(300_000);
    const git = async (...args: string[]): Promise<string> => (await mustRun('git', args, { cwd: folder })).stdout.trim();
    for (const args of [['init', '-q', '-b', 'main'], ['config', 'user.name', 'Ada'], ['config', 'user.email', 'ada@example.org'], ['config', 'commit.gpgsign', 'false'], ['add', '-A'], ['commit', '-q', '-m', 'Recipes']]) await git(...args);
    const rows = vscode.page.locator('.pane-body .monaco-list-row:visible');
    const spoken = (text: RegExp): Promise<string> => waitFor(`a row that says ${text.source}`, patience, async () => (await rows.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))).find((label) => text.test(label)));
    const click = async (text: string): Promise<void> => {
      await rows.filter({ hasText: text }).first().waitFor();
      await rows.filter({ hasText: text }).first().click();
    };
    const before = migrations(folder);
    const models = path.join(folder, 'backend', 'recipes', 'models.py');
    writeFileSync(models, readFileSync(models, 'utf8').replace('    minutes: Mapped[int | None]\n', '    minutes: Mapped[int | None]\n    serves: Mapped[int | None]\n'));
    await vscode.openView('Checklist');
    await spoken(/^to do: A branch of its own\. you are on main/);
    await click('Create Migration Branch…');
    await vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'The new branch begins at main.' }).waitFor();
    await vscode.answer('feature/serves');
    await spoken(/^Step 1\. Before, done$/);
    assert.equal(await git('branch', '--show-current'), 'feature/serves');

    await spoken(/^to do: The migration\. The models need 1 change that no migration makes: recipe\.$/);
    await click('Generate Migration from Models…');
    await vscode.question();
    await vscode.choose('All models of the workspace');
    await messageAsked(vscode);
    await vscode.answer('how many a recipe serves');
    const file = await waitFor('the file', patience, () => migrations(folder).find((name) => !before.includes(name)));
    const version = file.slice(0, 14);
    await spoken(new RegExp(`^The migration at hand: .*, version ${version}$`));
    await spoken(/^Step 3\. Reviewed, done$/);
    await vscode.screenshot('supabase-checklist');

    await click('Dry Run on Embedded PostgreSQL');
    await spoken(/^done: Dry run passed\. on an embedded PostgreSQL$/);
    await spoken(/^to do: On a development database\. not on local yet$/);
    await click('Upgrade Database…');
    assert.match(await dialog(), /Upgrade local\?[^]*how many a recipe serves/);
    await vscode.clickDialog('Upgrade');
    await spoken(/^Step 4\. Applied, done$/);
    await spoken(/^Step 5\. Verified, done$/);
    assert.ok((await versions()).includes(version));

    await spoken(/^to know: Tried from scratch\. A file of SQL has no way back/);
    await click('Stage and Commit Migration…');
    await vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'Stage and Commit Migration' }).waitFor();
    await vscode.question();
    await vscode.page.keyboard.press('Enter');
    await vscode.page.locator('.tab.active', { hasText: 'MIGRATION_COMMIT' }).waitFor();
    await vscode.page.locator('.editor-actions .action-label[aria-label^="Commit with This Message"]').click();
    await waitFor('the commit', patience, async () => ((await git('log', '-1', '--format=%s')) === 'Recipes' ? undefined : true));
    assert.deepEqual((await git('show', '--name-only', '--format=', 'HEAD')).split('\n').sort(), ['backend/recipes/models.py', `supabase/migrations/${file}`]);
    await vscode.screenshot('supabase-checklist-committed');
  });
});

describe('Supabase beside Alembic', () => {
  let vscode: VsCode;
  let folder: string;

  before(async function () {
    folder = copyOfProject('branched');
    mkdirSync(path.join(folder, 'supabase', 'migrations'), { recursive: true });
    vscode = await need(this, launch({ workspaceFolder: folder }));
    await vscode.openFile('models.py');
  });
  after(() => vscode?.close());

  it('asks for the form, and writes the one that is chosen', async () => {
    await vscode.runCommand(command);
    await vscode.choose('This file');
    await asked(vscode, /^In which form\?/);
    const { choices } = await vscode.question();
    assert.match(choices[0]!, /Alembic revision.*alembic\/versions/);
    assert.match(choices[1]!, /Supabase migration.*supabase\/migrations/);
    await vscode.screenshot('supabase-form');
    await vscode.choose('Supabase migration');
    await messageAsked(vscode);
    await vscode.answer('tickets');
    await waitFor('the file', patience, () => migrations(folder)[0]);
    await vscode.page.locator('.tab.active', { hasText: '_tickets.sql' }).waitFor();
    // the tab is in front a moment before its text is the active editor's
    await waitFor('its text', patience, async () => ((await activeText(vscode)).startsWith('-- ') ? true : undefined));
    assert.match(await activeText(vscode), /^-- tickets\n\nCREATE TABLE ticket \([^]*ENABLE ROW LEVEL SECURITY;\n$/);
  });

  it('does not ask where the setting says it', async () => {
    await vscode.host.evaluate((api) => api.workspace.getConfiguration('alembicReview').update('migrationFormat', 'alembic', api.ConfigurationTarget.Workspace));
    await vscode.openFile('models.py');
    await vscode.runCommand(command);
    await vscode.choose('This file');
    // The history of Alembic has two heads: its question is the next one.
    await asked(vscode, /several heads/);
    await vscode.page.keyboard.press('Escape');
    assert.equal(migrations(folder).length, 1);
  });
});
