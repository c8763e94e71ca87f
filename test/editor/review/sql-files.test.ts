/** A quick fix of a SQL migration that takes files of their own: made by a click, undone by one, and reviewed where they stand. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { patience, waitFor } from '../../harness/processes';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';
import { rulesBesides, rulesOfLocks } from '../../rules/support';

const name = 'supabase/migrations/20260105100000_by_hand.sql';
const draft = `-- Recipes are looked for by title
alter table recipe add column serves integer;

-- The search page asks for these.
create index ix_recipe_title on recipe (title);

alter table recipe add constraint recipe_serves_check check (serves > 0);
`;

describe('a fix of a SQL migration that takes files of their own', () => {
  let vscode: VsCode;
  let folder: string;

  before(async function () {
    folder = copyOfProject('supabase');
    writeFileSync(path.join(folder, name), draft);
    const off = [...rulesOfLocks, ...rulesBesides, 'missing-change', 'unexpected-change'].filter((rule) => rule !== 'index-not-concurrent' && rule !== 'constraint-scan');
    vscode = await need(this, launch({ workspaceFolder: folder, settings: { 'alembicReview.rules': Object.fromEntries(off.map((rule) => [rule, 'off'])) } }));
    await vscode.openFile(name);
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const migrations = (): readonly string[] => readdirSync(path.join(folder, 'supabase', 'migrations')).filter((file) => file.endsWith('.sql')).sort();
  const textOf = (file: string): Promise<string | undefined> => vscode.host.evaluate((api, end) => api.workspace.textDocuments.find(({ uri }) => uri.path.endsWith(end))?.getText(), file);
  const found = (file: string): Promise<readonly string[]> =>
    vscode.host.evaluate((api, end) => api.languages.getDiagnostics().flatMap(([uri, all]) => (uri.path.endsWith(end) ? all.map((one) => String(typeof one.code === 'object' ? one.code.value : one.code)) : [])), file);
  const expect = (file: string, ...wanted: readonly string[]): Promise<unknown> =>
    waitFor(`${wanted.join(', ')} in ${file}`, patience, async () => ((await found(file)).join() === wanted.join() ? true : undefined));
  const quickFix = async (at: string, title: string): Promise<void> => {
    await vscode.host.evaluate((api, wanted) => {
      const editor = api.window.activeTextEditor!;
      const position = editor.document.positionAt(editor.document.getText().indexOf(wanted));
      editor.selection = new api.Selection(position, position);
    }, at);
    await vscode.page.locator('.editor-instance .monaco-editor').first().click({ trial: true });
    await vscode.runCommand('Quick Fix...');
    const action = vscode.page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first();
    await action.waitFor();
    await vscode.screenshot(`sql-files-${at.replace(/\W+/g, '-')}`);
    await action.click();
  };

  it('makes the file right behind the draft, and takes the statement out of it', async () => {
    await expect(name, 'index-not-concurrent', 'constraint-scan');
    await quickFix('ix_recipe_title', 'Build "ix_recipe_title" CONCURRENTLY (makes a file)');
    const file = await waitFor('the file', patience, () => migrations().find((one) => one.includes('ix_recipe_title')));
    assert.equal(file, '20260105100002_build_ix_recipe_title.sql');
    const text = readFileSync(path.join(folder, 'supabase', 'migrations', file), 'utf8');
    assert.match(text, /^-- The search page asks for these\.\n(?:-- .*\n)+create index concurrently ix_recipe_title on recipe \(title\);\n$/);
    assert.doesNotMatch((await textOf(name)) ?? '', /ix_recipe_title|search page/);
    await expect(name, 'constraint-scan');
    await vscode.page.locator('.explorer-item', { hasText: file.slice(0, 30) }).waitFor();
    await vscode.screenshot('sql-files-made');
  });

  it('puts the next file before it, which says nothing of what was put in order', async () => {
    await quickFix('recipe_serves_check', 'Add "recipe_serves_check" NOT VALID, then validate it');
    const file = await waitFor('the file', patience, () => migrations().find((one) => one.includes('validate_recipe_serves_check')));
    assert.equal(file, '20260105100001_validate_recipe_serves_check.sql');
    await expect(name);
    assert.match((await textOf(name)) ?? '', /check \(serves > 0\) not valid;\n$/);
    await vscode.runCommand('File: Save All Files');
    await vscode.openFile(`supabase/migrations/${file}`);
    await expect(file);
    await vscode.openFile('supabase/migrations/20260105100002_build_ix_recipe_title.sql');
    await expect('20260105100002_build_ix_recipe_title.sql');
    await vscode.screenshot('sql-files-all');
  });

  it('undoes both together', async () => {
    writeFileSync(path.join(folder, 'supabase', 'migrations', '20260106100000_next.sql'), 'create index ix_recipe_minutes on recipe (minutes);\ncreate index ix_recipe_state on recipe (state);\n');
    await vscode.openFile('supabase/migrations/20260106100000_next.sql');
    await expect('20260106100000_next.sql', 'index-not-concurrent', 'index-not-concurrent');
    await quickFix('ix_recipe_minutes', 'Build "ix_recipe_minutes" CONCURRENTLY');
    const file = await waitFor('the file', patience, () => migrations().find((one) => one.includes('ix_recipe_minutes')));
    await expect('20260106100000_next.sql', 'index-not-concurrent');
    await vscode.openFile('supabase/migrations/20260106100000_next.sql');
    await vscode.runCommand('Undo');
    const dialog = vscode.page.locator('.monaco-dialog-box');
    if (await dialog.waitFor({ timeout: 5_000 }).then(() => true, () => false)) {
      await vscode.screenshot('sql-files-undo');
      await dialog.getByText(/^Undo in \d+ Files$/).click();
    }
    await waitFor('the file is gone', patience, () => (existsSync(path.join(folder, 'supabase', 'migrations', file)) ? undefined : true));
    await expect('20260106100000_next.sql', 'index-not-concurrent', 'index-not-concurrent');
  });
});
