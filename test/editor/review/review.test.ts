/** The review as it is typed: two findings in a draft, their quick fixes, a rule's page, what is not reviewed, and no noise on applied revisions. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { patience, waitFor } from '../../harness/processes';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';
import { rulesBesides, rulesOfLocks } from '../../rules/support';

const name = 'alembic/versions/2026_01_05_1000-0123456789ab_rename_by_hand.py';
const draft = `"""Rename by hand

Revision ID: 0123456789ab
Revises: e6b81c94507a

"""
from alembic import op
import sqlalchemy as sa

revision = "0123456789ab"
down_revision = "e6b81c94507a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact", sa.Column("curation_status", sa.String(20), nullable=True))
    op.drop_column("contact", "contact_curation_status")
    op.add_column("job", sa.Column("mood", sa.Enum("SAD", "OK", name="job_mood"), nullable=True))


def downgrade() -> None:
    op.drop_column("job", "mood")
    op.add_column("contact", sa.Column("contact_curation_status", sa.String(20), nullable=True))
    op.drop_column("contact", "curation_status")
`;

describe('the review of a draft', () => {
  let vscode: VsCode;
  let folder: string;

  before(async function () {
    folder = copyOfProject('scraper');
    writeFileSync(path.join(folder, name), draft);
    // The models of this project are about other changes.
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'alembicReview.rules': { 'missing-change': 'off', 'unexpected-change': 'off', 'irreversible-downgrade': 'off', 'rename-leaves-names': 'off', 'narrowing-type': 'off', ...Object.fromEntries([...rulesOfLocks, ...rulesBesides].map((rule) => [rule, 'off'])) } }));
    vscode = await need(this, launch({ workspaceFolder: folder }));
    await vscode.openFile(name);
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const text = (): Promise<string> => vscode.host.evaluate((api) => api.window.activeTextEditor?.document.getText() ?? '');
  const findings = (): Promise<readonly Shown[]> =>
    vscode.host.evaluate((api) =>
      (api.window.activeTextEditor === undefined ? [] : api.languages.getDiagnostics(api.window.activeTextEditor.document.uri)).map((one) => ({
        code: String(typeof one.code === 'object' ? one.code.value : one.code),
        link: typeof one.code === 'object' ? one.code.target.toString() : '',
        message: one.message,
        severity: one.severity,
        place: api.window.activeTextEditor!.document.getText(one.range),
        related: one.relatedInformation?.length ?? 0,
      })),
    );
  const expectCodes = (...codes: readonly string[]): Promise<readonly Shown[]> =>
    waitFor(`findings ${codes.join(', ')}`, patience, async () => {
      const found = await findings();
      return found.map(({ code }) => code).join() === codes.join() ? found : undefined;
    });
  /** Puts the cursor on a text and opens the quick fixes there, as Ctrl+. does. */
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
    await vscode.screenshot(`quick-fix-${at.replace(/\W+/g, '-')}`);
    await action.click();
  };

  it('finds the rename and the enum that is never created, each on its smallest place', async () => {
    const [rename, enumType] = await expectCodes('destructive-rename', 'enum-not-created');
    await vscode.screenshot('review');
    assert.match(rename!.message, /contact_curation_status/);
    assert.equal(rename!.severity, 0);
    assert.ok(rename!.related > 0, 'the other half of the rename');
    assert.match(enumType!.message, /job_mood/);
  });

  it('sees what another program changes in a revision before it', async () => {
    const versions = path.join(folder, 'alembic', 'versions');
    const parent = readdirSync(versions).map((file) => path.join(versions, file)).find((file) => /^revision\b.*e6b81c94507a/m.test(readFileSync(file, 'utf8')))!;
    const before = readFileSync(parent, 'utf8');
    writeFileSync(parent, before.replace(/^def upgrade\(\).*:\n/m, `$&    op.execute("CREATE TYPE job_mood AS ENUM ('SAD', 'OK')")\n`));
    await expectCodes('destructive-rename');
    writeFileSync(parent, before);
    await expectCodes('destructive-rename', 'enum-not-created');
  });

  it("opens a rule's page from its code", async () => {
    const [rename] = await findings();
    assert.match(rename!.link, /^command:alembicReview\.openRulePage/);
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.actions.view.problems'));
    await vscode.page.locator('.markers-panel .marker-code', { hasText: 'destructive-rename' }).first().click();
    await vscode.page.locator('.tab', { hasText: 'Preview destructive-rename.md' }).waitFor();
    await vscode.webview().locator('h1').first().waitFor();
    await vscode.screenshot('rule-page');
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.closePanel'));
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.closeActiveEditor'));
    await vscode.openFile(name);
  });

  it('folds the rename in upgrade and downgrade by a quick fix', async () => {
    await quickFix('op.drop_column("contact", "contact_curation_status")', /[Rr]ename/);
    await expectCodes('enum-not-created');
    const fixed = await text();
    assert.match(fixed, /alter_column\(\s*"contact",\s*"contact_curation_status",\s*new_column_name="curation_status"/);
    assert.match(fixed, /alter_column\(\s*"contact",\s*"curation_status",\s*new_column_name="contact_curation_status"/);
    assert.doesNotMatch(fixed, /drop_column\("contact"/);
  });

  it('creates the type and drops it in the downgrade by a quick fix', async () => {
    await quickFix('sa.Enum("SAD"', /[Cc]reate/);
    await expectCodes();
    const fixed = await text();
    assert.match(fixed, /\.create\(op\.get_bind\(\)/);
    assert.match(fixed, /\.drop\(op\.get_bind\(\)|DROP TYPE/);
    await vscode.screenshot('review-fixed');
  });

  it('takes each fix back with one undo', async () => {
    await vscode.host.evaluate((api) => api.commands.executeCommand('undo'));
    await expectCodes('enum-not-created');
    await vscode.host.evaluate((api) => api.commands.executeCommand('undo'));
    await expectCodes('destructive-rename', 'enum-not-created');
    assert.equal(await text(), draft);
  });

  it('fixes what is safe by itself and leaves what a person should look at', async () => {
    await vscode.runCommand('Fix All Safe Problems');
    await expectCodes('destructive-rename');
    assert.match(await text(), /\.create\(op\.get_bind\(\)/);
    await vscode.host.evaluate((api) => api.commands.executeCommand('undo'));
    await expectCodes('destructive-rename', 'enum-not-created');
    assert.equal(await text(), draft);
  });

  it('reviews what is typed, and forgets what was fixed by hand', async () => {
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.activeTextEditor!;
      const start = editor.document.getText().indexOf('    op.add_column("job"');
      const line = editor.document.lineAt(editor.document.positionAt(start).line);
      const change = new api.WorkspaceEdit();
      change.delete(editor.document.uri, line.rangeIncludingLineBreak);
      await api.workspace.applyEdit(change);
    });
    // The downgrade still drops the column that is not added any more.
    await expectCodes('destructive-rename', 'unknown-object');
  });

  it('says what it could not review', async () => {
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.activeTextEditor!;
      const start = editor.document.positionAt(editor.document.getText().indexOf('    op.add_column("contact"'));
      const change = new api.WorkspaceEdit();
      change.insert(editor.document.uri, start, '    op.add_column(*something())\n');
      await api.workspace.applyEdit(change);
    });
    const found = await waitFor('what was not reviewed', patience, async () => {
      const all = await findings();
      return all.find(({ code }) => code === 'not-reviewed');
    });
    assert.match(found.message, /^Not reviewed: /);
    assert.equal(found.severity, 2);
  });
});

interface Shown {
  readonly code: string;
  readonly link: string;
  readonly message: string;
  readonly severity: number;
  readonly place: string;
  readonly related: number;
}
