/** What others have to do with a draft: code that uses an old name, a document of changes, those who may have run it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { patience, waitFor } from '../../harness/processes';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';
import { rulesOfLocks } from '../../rules/support';

const name = 'alembic/versions/2026_01_05_1000-0123456789ab_rename_and_key.py';
const draft = `"""Rename, and a key

Revision ID: 0123456789ab
Revises: e6b81c94507a

"""
from alembic import op

revision = "0123456789ab"
down_revision = "e6b81c94507a"


def upgrade() -> None:
    op.alter_column("contact", "contact_curation_status", new_column_name="curation_state")
    op.create_unique_constraint("uq_job_code", "job", ["id"])


def downgrade() -> None:
    op.drop_constraint("uq_job_code", "job", type_="unique")
    op.alter_column("contact", "curation_state", new_column_name="contact_curation_status")
`;

describe('what others have to do with a draft', () => {
  let vscode: VsCode;
  let folder: string;
  let first: string;

  before(async function () {
    folder = copyOfProject('scraper');
    const git = (...args: readonly string[]): void => void execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], { cwd: folder });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'All');
    writeFileSync(path.join(folder, name), draft);
    writeFileSync(path.join(folder, 'report.py'), '# contact\nQUERY = "SELECT contact_curation_status FROM contact"\n');
    writeFileSync(path.join(folder, 'SUMMARY.md'), '# Keys\n\n- `uq_job_code` is new\n');
    const versions = path.join(folder, 'alembic', 'versions');
    first = `alembic/versions/${readdirSync(versions).find((file) => file.endsWith('.py') && /^down_revision.*= None/m.test(readFileSync(path.join(versions, file), 'utf8')))!}`;
    const off = ['missing-change', 'unexpected-change', 'irreversible-downgrade', 'rename-leaves-names', ...rulesOfLocks];
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'alembicReview.changeDocument': 'SUMMARY.md', 'alembicReview.rules': Object.fromEntries(off.map((rule) => [rule, 'off'])) }));
    vscode = await need(this, launch({ workspaceFolder: folder }));
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const finding = (code: string, matches: RegExp = /./): Promise<Shown> =>
    waitFor(`a finding ${code}`, patience, async () => {
      const all = await vscode.host.evaluate((api) =>
        (api.window.activeTextEditor === undefined ? [] : api.languages.getDiagnostics(api.window.activeTextEditor.document.uri)).map((one) => ({
          code: String(typeof one.code === 'object' ? one.code.value : one.code),
          message: one.message,
          severity: one.severity,
          related: (one.relatedInformation ?? []).map(({ location, message }) => ({ file: location.uri.path.split('/').at(-1)!, line: location.range.start.line, message })),
        })),
      );
      return all.find((one) => one.code === code && matches.test(one.message));
    });

  const codes = (): Promise<readonly string[]> => vscode.host.evaluate((api) => api.languages.getDiagnostics(api.window.activeTextEditor!.document.uri).map((one) => String(typeof one.code === 'object' ? one.code.value : one.code)));

  it('points at the code that still uses an old name', async () => {
    await vscode.openFile(name);
    const rename = await finding('rename-breaks-running-code', /In this workspace, /);
    assert.equal(rename.severity, 2);
    assert.ok(rename.related.some(({ file, line }) => file === 'report.py' && line === 1), JSON.stringify(rename.related));
    assert.ok(rename.related.every(({ file }) => !/^2026_|^2025_/.test(file)), JSON.stringify(rename.related));
  });

  it('says where the change document mentions a key', async () => {
    const key = await finding('key-change');
    assert.equal(key.severity, 3);
    assert.match(key.message, /SUMMARY\.md mentions it in line 3/);
    assert.deepEqual(key.related.filter(({ file }) => file === 'SUMMARY.md').map(({ line }) => line), [2]);
    assert.ok(key.related.some(({ file, line }) => file.endsWith('.py') && line > 0), JSON.stringify(key.related));
    await vscode.screenshot('review-others');
  });

  it('is silent about an old revision, until that does something else; the quick fix opens both', async () => {
    await vscode.openFile(first);
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.activeTextEditor!;
      const text = editor.document.getText();
      const end = editor.document.positionAt(text.length);
      await editor.edit((edit) => edit.insert(end, '\n# a word at the end\n'));
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.ok(!(await codes()).includes('edited-after-apply'));
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.activeTextEditor!;
      const at = editor.document.getText().search(/^def upgrade\(\).*:\n/m);
      const position = editor.document.positionAt(editor.document.getText().indexOf('\n', at) + 1);
      await editor.edit((edit) => edit.insert(position, '    op.execute("CREATE TABLE surprise (id integer)")\n'));
    });
    const edited = await finding('edited-after-apply');
    assert.match(edited.message, /does not do what main has of it \(new: create the table surprise\)/);
    await vscode.host.evaluate((api) => {
      const editor = api.window.activeTextEditor!;
      const position = editor.document.positionAt(editor.document.getText().indexOf('CREATE TABLE surprise'));
      editor.selection = new api.Selection(position, position);
      editor.revealRange(new api.Range(position, position));
    });
    await vscode.runCommand('Quick Fix...');
    const action = vscode.page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Compare with main' }).first();
    await action.waitFor();
    await action.click();
    await vscode.page.locator('.tab', { hasText: 'main ↔ ' }).waitFor();
    await vscode.page.locator('.monaco-diff-editor .char-insert, .monaco-diff-editor .line-insert').first().waitFor();
    await vscode.screenshot('edited-after-apply');
  });

  it('says on the line of a model what Alembic does not compare, and offers to generate it', async () => {
    await vscode.openFile('app/models/job.py');
    const spot = await finding('autogenerate-blind-spot');
    assert.match(spot.message, /The check constraint of job is not there: the models ask for CONSTRAINT ck_job_progress_range/);
    assert.equal(spot.severity, 2);
    const titles = await vscode.host.evaluate(async (api) => {
      const { document } = api.window.activeTextEditor!;
      const [at] = api.languages.getDiagnostics(document.uri).filter((one) => typeof one.code === 'object' && one.code.value === 'autogenerate-blind-spot');
      const actions = await api.commands.executeCommand<readonly { readonly title: string; readonly command?: { readonly command: string } }[]>('vscode.executeCodeActionProvider', document.uri, at!.range);
      return actions.map(({ title, command }) => `${title} ${command?.command ?? ''}`);
    });
    assert.ok(titles.includes('Generate it alembicReview.generateMigration'), titles.join());
    await vscode.screenshot('blind-spot');
  });
});

interface Shown {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly related: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}
