/** The review of a SQL migration as it is typed: findings on their places, quick fixes and comments in SQL, and no noise from a half-typed statement. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { patience, waitFor } from '../../harness/processes';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';
import { rulesBesides, rulesOfLocks } from '../../rules/support';

const name = 'supabase/migrations/20260105100000_by_hand.sql';
const draft = `-- Recipes say how long they take
alter table recipe add column title_text text;
alter table recipe
    drop column title,
    add column serves integer not null default 0;

create table step (
    id bigint primary key,
    recipe_id bigint not null references recipe (id)
);
`;

describe('the review of a SQL migration', () => {
  let vscode: VsCode;

  before(async function () {
    const folder = copyOfProject('supabase');
    writeFileSync(path.join(folder, name), draft);
    vscode = await need(this, launch({ workspaceFolder: folder, settings: { 'alembicReview.rules': { 'missing-change': 'off', 'unexpected-change': 'off', ...Object.fromEntries([...rulesOfLocks, ...rulesBesides].map((rule) => [rule, 'off'])) } } }));
    await vscode.openFile(name);
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const text = (): Promise<string> => vscode.host.evaluate((api) => api.window.activeTextEditor?.document.getText() ?? '');
  const expect = (...wanted: readonly string[]): Promise<unknown> =>
    waitFor(`findings ${wanted.join(', ')}`, patience, async () => {
      const found = await vscode.host.evaluate((api) =>
        (api.window.activeTextEditor === undefined ? [] : api.languages.getDiagnostics(api.window.activeTextEditor.document.uri)).map((one) => `${String(typeof one.code === 'object' ? one.code.value : one.code)}: ${api.window.activeTextEditor!.document.getText(one.range)}`),
      );
      return found.join('\n') === wanted.join('\n') ? found : undefined;
    });
  const quickFix = async (at: string, title: string | RegExp): Promise<void> => {
    await vscode.host.evaluate((api, wanted) => {
      const editor = api.window.activeTextEditor!;
      const position = editor.document.positionAt(editor.document.getText().indexOf(wanted));
      editor.selection = new api.Selection(position, position);
      editor.revealRange(new api.Range(position, position));
    }, at);
    await vscode.page.locator('.editor-instance .monaco-editor').first().click({ trial: true });
    await vscode.runCommand('Quick Fix...');
    const action = vscode.page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first();
    await action.waitFor();
    await vscode.screenshot(`sql-quick-fix-${at.replace(/\W+/g, '-')}`);
    await action.click();
  };
  const type = (before: string, typed: string): Promise<unknown> =>
    vscode.host.evaluate(
      async (api, [place, words]) => {
        const editor = api.window.activeTextEditor!;
        await editor.edit((edit) => edit.insert(editor.document.positionAt(editor.document.getText().indexOf(place)), words));
      },
      [before, typed] as const,
    );

  it('finds what loses data and what is open to the API, each on its smallest place', async () => {
    await expect('destructive-rename: title', 'row-level-security: step');
    await vscode.screenshot('sql-review');
  });

  it('goes on behind a statement that is being typed', async () => {
    await type('create table step', 'alter table recipe alter column\n\n');
    await expect('destructive-rename: title', 'syntax-error: column', 'row-level-security: step');
    await vscode.screenshot('sql-half-typed');
    await vscode.runCommand('Undo');
    await expect('destructive-rename: title', 'row-level-security: step');
  });

  it('renames the column by a quick fix, in SQL, and leaves the rest of the statement', async () => {
    await quickFix('title,', /^Rename "title" to "title_text"/);
    await expect('row-level-security: step');
    assert.match(await text(), /^alter table recipe rename title to title_text;\nalter table recipe alter column title_text drop not null;\nalter table recipe\n {4}add column serves integer not null default 0;$/m);
  });

  it('writes the comment that makes a rule silent', async () => {
    await quickFix('step (', 'Ignore row-level-security here');
    await expect();
    assert.match(await text(), /\n-- alembic-review: ignore\[row-level-security\]\ncreate table step \(/);
    await vscode.runCommand('Undo');
    await expect('row-level-security: step');
  });

  it('fixes all that is safe at once', async () => {
    await vscode.runCommand('Alembic: Fix All Safe Problems');
    await expect();
    assert.match(await text(), /\n\);\nalter table step enable row level security;\n$/);
    await vscode.runCommand('Alembic: Review Draft');
    await vscode.waitForNotification('Nothing found; all of it was reviewed.');
  });
});
