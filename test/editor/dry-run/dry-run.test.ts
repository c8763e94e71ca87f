/** *Dry Run on Embedded PostgreSQL* as a person uses it: a draft that fails, put right, run again; the page, the report, and cancel. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { patience, waitFor } from '../../harness/processes';
import { pythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

const name = 'alembic/versions/2026_01_05_1000-0123456789ab_moods.py';
const draft = (makesType: boolean): string => `"""Moods

Revision ID: 0123456789ab
Revises: e6b81c94507a

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0123456789ab"
down_revision = "e6b81c94507a"
branch_labels = None
depends_on = None


def upgrade() -> None:
${makesType ? `    op.execute("CREATE TYPE mood AS ENUM ('low', 'high')")\n` : ''}    op.add_column("job", sa.Column("note", sa.Text(), nullable=True))
    op.add_column(
        "job",
        sa.Column("mood", postgresql.ENUM("low", "high", name="mood", create_type=False), nullable=True),
    )
    op.create_index("ix_job_mood", "job", ["mood"])


def downgrade() -> None:
    op.drop_index("ix_job_mood", table_name="job")
    op.drop_column("job", "mood")
    op.drop_column("job", "note")
${makesType ? '    op.execute("DROP TYPE mood")\n' : ''}`;
const endless = draft(true).replace('def downgrade', '    op.execute("SELECT count(*) FROM generate_series(1, 1000000000000)")\n\n\ndef downgrade');

describe('the dry run of a draft', () => {
  let folder: string;
  let vscode: VsCode;

  before(async function () {
    folder = copyOfProject('scraper');
    writeFileSync(path.join(folder, name), draft(false));
    const python = await need(this, pythonEnvironment());
    vscode = await need(this, launch({ workspaceFolder: folder, settings: { 'alembicReview.pythonPath': python.interpreter }, size: { width: 1500, height: 900 } }));
    await vscode.openFile(name);
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  interface Told {
    readonly line: number;
    readonly message: string;
    readonly code: string;
  }
  const told = (): Promise<readonly Told[]> =>
    vscode.host.evaluate((api) => {
      const uri = api.window.activeTextEditor?.document.uri;
      return uri === undefined ? [] : api.languages.getDiagnostics(uri).filter(({ source }) => source === 'Alembic dry run').map(({ range, message, code }) => ({ line: range.start.line + 1, message, code: String(code) }));
    });
  /** What is drawn behind the lines: it is no text of the document. */
  const drawn = (mark: string): Promise<number> =>
    // The page's own words: tests know no browser.
    vscode.page.evaluate(`[...document.querySelectorAll('.view-line span')].filter((span) => getComputedStyle(span, '::after').content.includes(${JSON.stringify(mark)})).length`);
  const replace = (text: string): Promise<unknown> =>
    vscode.host.evaluate(async (api, next) => {
      const editor = api.window.activeTextEditor!;
      await editor.edit((edit) => edit.replace(new api.Range(0, 0, editor.document.lineCount, 0), next as string));
    }, text);

  /** The draft alone, in the first group. */
  const inFront = (): Promise<unknown> =>
    vscode.host.evaluate(async (api, file) => {
      await api.commands.executeCommand('workbench.action.focusFirstEditorGroup');
      await api.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
      await api.window.showTextDocument(api.Uri.file(file as string), { viewColumn: api.ViewColumn.One });
    }, path.join(folder, name));

  it('tells on its line which statement fails, with PostgreSQL’s words', async () => {
    await vscode.runCommand('Dry Run on Embedded PostgreSQL');
    const said = await vscode.waitForNotification('Dry run:');
    assert.match(said, /The upgrade stops at line 19: 42704: type "mood" does not exist\./);
    assert.deepEqual(await told(), [{ line: 19, message: 'Dry run, upgrade: 42704: type "mood" does not exist.', code: '42704' }]);
    await waitFor('marks', patience, async () => ((await drawn('✗ 42704')) === 1 && (await drawn('✓')) === 1 && (await drawn('not reached')) === 1 ? true : undefined));
    await vscode.screenshot('dry-run-fails');
  });

  it('forgets it with the first keystroke, and passes when it is put right', async () => {
    await replace(draft(true));
    assert.deepEqual(await told(), []);
    await waitFor('no marks', patience, async () => ((await drawn('✗')) === 0 ? true : undefined));
    await vscode.runCommand('Dry Run on Embedded PostgreSQL');
    const said = await vscode.waitForNotification('It runs up, down and up again');
    assert.match(said, /the downgrade leads back to the schema before/);
    await waitFor('marks', patience, async () => ((await drawn('✓')) === 8 ? true : undefined));
    await vscode.screenshot('dry-run-passes');
    await vscode.page.locator('.notifications-list-container .monaco-list-row, .notification-toast', { hasText: 'It runs up' }).locator('.monaco-button', { hasText: 'Show Report' }).first().click();
    const preview = vscode.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await preview.locator('h2', { hasText: 'Downgrade: runs, 4 statements' }).waitFor();
    await vscode.screenshot('dry-run-report');
    await vscode.host.evaluate((api) => api.workspace.getConfiguration('workbench').update('colorTheme', 'Default Dark Modern', api.ConfigurationTarget.Global));
    await vscode.page.locator('.monaco-workbench.vs-dark').waitFor();
    await vscode.screenshot('dry-run-report-dark');
    await vscode.host.evaluate((api) => api.workspace.getConfiguration('workbench').update('colorTheme', undefined, api.ConfigurationTarget.Global));
  });

  it('stands in the review’s report', async () => {
    await inFront();
    await vscode.runCommand('Export Review Report');
    const text = await waitFor('the report', patience, () => vscode.host.evaluate((api) => (api.window.activeTextEditor?.document.languageId === 'markdown' ? api.window.activeTextEditor.document.getText() : undefined)));
    assert.match(text, /^## Dry run\n\n✅ \*\*It runs up, down and up again/m);
  });

  it('has the project’s own Alembic run what only running it can tell, as it is typed', async () => {
    await inFront();
    await replace(draft(true).replace('    op.create_index(', '    for (name,) in op.get_bind().execute(sa.text("SELECT \'of_\' || current_user")):\n        op.add_column("job", sa.Column(name, sa.Text(), nullable=True))\n    op.create_index(').replace('op.drop_column("job", "mood")', 'op.drop_column("job", "mood")\n    op.drop_column("job", "of_postgres")'));
    await vscode.runCommand('Dry Run on Embedded PostgreSQL');
    await vscode.waitForNotification('It runs up, down and up again');
    assert.deepEqual(await told(), []);
    await waitFor('marks', patience, async () => ((await drawn('✓')) === 11 ? true : undefined));
    await vscode.screenshot('dry-run-by-alembic');
  });

  it('ends at once when it is cancelled, and nothing is left', async () => {
    await inFront();
    await replace(endless);
    await vscode.runCommand('Dry Run on Embedded PostgreSQL');
    await vscode.waitForNotification('Upgrade…');
    const progress = vscode.page.locator('.notifications-list-container .monaco-list-row, .notification-toast', { hasText: 'Upgrade…' }).first();
    await vscode.screenshot('dry-run-progress');
    const started = Date.now();
    await progress.locator('.monaco-button', { hasText: 'Cancel' }).click();
    await progress.waitFor({ state: 'hidden' });
    assert.ok(Date.now() - started < 5_000);
    assert.deepEqual(await told(), []);
    assert.equal(await drawn('✓'), 0);
  });
});
