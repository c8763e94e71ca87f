/** *Preview SQL* as a person uses it: beside the draft, following each keystroke, both directions, and what becomes of it when the draft goes. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { patience, waitFor } from '../../harness/processes';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

const name = 'alembic/versions/2026_01_05_1000-0123456789ab_moods.py';
const draft = `"""Moods

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
    op.add_column("job", sa.Column("mood", sa.Text(), nullable=True))
    op.create_index("ix_job_mood", "job", ["mood"])
    for row in op.get_bind().execute(sa.text("SELECT id FROM job")):
        op.execute(f"UPDATE job SET mood = 'OK' WHERE id = {row.id}")
    op.alter_column("job", "mood", type_=sa.String(20), existing_type=sa.Text())


def downgrade() -> None:
    op.drop_column("job", "mood")
`;
const migration = 'supabase/migrations/20260105100000_moods.sql';

describe('the preview of a draft’s SQL', () => {
  let folder: string;
  let vscode: VsCode;

  before(async function () {
    folder = copyOfProject('scraper');
    writeFileSync(path.join(folder, name), draft);
    mkdirSync(path.join(folder, 'supabase', 'migrations'), { recursive: true });
    writeFileSync(path.join(folder, migration), 'CREATE TABLE mood (id integer PRIMARY KEY);\n\nCREATE INDEX mood_id ON mood (id);\n');
    vscode = await need(this, launch({ workspaceFolder: folder, size: { width: 1600, height: 900 } }));
    await vscode.openFile(name);
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  interface Shown {
    readonly label: string;
    readonly text: string;
    readonly language: string;
    readonly column: number;
    readonly firstLine: number;
  }
  /** The preview that can be seen; undefined: none. */
  const shown = (): Promise<Shown | undefined> =>
    vscode.host.evaluate((api) => {
      const editor = api.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'alembic-review-sql');
      if (editor === undefined) return undefined;
      const { document, viewColumn, visibleRanges } = editor;
      return { label: document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1), text: document.getText(), language: document.languageId, column: viewColumn ?? 0, firstLine: visibleRanges[0]?.start.line ?? 0 };
    });
  const shownWith = (what: string | RegExp): Promise<Shown> =>
    waitFor(`a preview with ${String(what)}`, patience, async () => {
      const preview = await shown();
      return preview !== undefined && (typeof what === 'string' ? preview.text.includes(what) : what.test(preview.text)) ? preview : undefined;
    });
  /** Types key by key, behind the first place where `after` stands. */
  const typeBehind = (after: string, typed: string): Promise<void> =>
    vscode.host.evaluate(
      async (api, [place, keys]) => {
        const draftEditor = api.window.visibleTextEditors.find(({ document }) => document.uri.path.endsWith('_moods.py'))!;
        const editor = await api.window.showTextDocument(draftEditor.document, { viewColumn: draftEditor.viewColumn! });
        const at = editor.document.positionAt(editor.document.getText().indexOf(place!) + place!.length);
        editor.selection = new api.Selection(at, at);
        for (const key of keys!) await api.commands.executeCommand('type', { text: key });
      },
      [after, typed],
    );
  const activePath = (): Promise<string> => vscode.host.evaluate((api) => api.window.activeTextEditor?.document.uri.path ?? '');

  it('has its button on a revision, and opens beside it', async () => {
    await vscode.page.locator('.editor-actions .action-label[aria-label^="Preview SQL"]').click();
    const { label, text, language, column } = await shownWith('Running upgrade');
    assert.equal(label, 'upgrade 0123456789ab.sql');
    assert.equal(language, 'sql');
    assert.equal(column, 2);
    assert.ok((await activePath()).endsWith('_moods.py'), 'the draft keeps the keyboard');
    assert.equal(
      text,
      `-- What upgrade() of 2026_01_05_1000-0123456789ab_moods.py does on the server,
-- with the locks that it takes. Nothing is run.

BEGIN;

-- Running upgrade e6b81c94507a -> 0123456789ab

-- AccessExclusiveLock on job: blocks reads and writes
ALTER TABLE job ADD COLUMN mood text;

-- ShareLock on job: blocks writes; builds index ix_job_mood
CREATE INDEX ix_job_mood ON job (mood);

-- not understood (line 20): How often this runs hangs on something that is not
-- known.

-- AccessExclusiveLock on job: blocks reads and writes; rewrites the table
ALTER TABLE job ALTER COLUMN mood TYPE character varying(20);

UPDATE alembic_version SET version_num='0123456789ab' WHERE alembic_version.version_num = 'e6b81c94507a';

COMMIT;
`,
    );
    await vscode.screenshot('preview');
  });

  it('follows what is typed, and lets the person scroll', async () => {
    await typeBehind('op.create_index("ix_job_mood", "job", ["mood"', ', "id');
    await shownWith('CREATE INDEX ix_job_mood ON job (mood, id);');
    // half a call is no call yet; what stands around it stays
    await typeBehind('["mood", "id"])', '\nop.drop_column("job", ');
    const half = await shownWith('not understood (line 19)');
    assert.match(half.text, /CREATE INDEX ix_job_mood ON job \(mood, id\);[^]*TYPE character varying\(20\)[^]*COMMIT;\n$/);
    await typeBehind('op.drop_column("job", ', '"progress');
    await shownWith('ALTER TABLE job DROP COLUMN progress;');
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'alembic-review-sql')!;
      editor.revealRange(new api.Range(8, 0, 8, 0), api.TextEditorRevealType.AtTop);
    });
    const scrolled = await waitFor('the preview to scroll', 5_000, async () => (((await shown())?.firstLine ?? 0) > 0 ? await shown() : undefined));
    await typeBehind('op.add_column("job", sa.Column("mood"', ', sa.Enum("OK", name="mood")');
    await waitFor('the new text', patience, async () => ((await shown())?.text.includes('ADD COLUMN mood mood') === true ? true : undefined));
    assert.equal((await shown())?.firstLine, scrolled.firstLine);
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.files.revert'));
    await shownWith('ALTER TABLE job ADD COLUMN mood text;');
  });

  it('shows the way back in its place, and the way forth again', async () => {
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'alembic-review-sql')!;
      await api.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn! });
    });
    await vscode.page.locator('.editor-actions .action-label[aria-label^="Preview Downgrade SQL"]').click();
    const down = await shownWith('Running downgrade 0123456789ab -> e6b81c94507a');
    assert.equal(down.label, 'downgrade 0123456789ab.sql');
    assert.equal(down.column, 2);
    assert.match(down.text, /ALTER TABLE job DROP COLUMN mood;/);
    await vscode.screenshot('preview-downgrade');
    const columns = await vscode.host.evaluate((api) => api.window.tabGroups.all.map(({ tabs }) => tabs.length));
    assert.deepEqual(columns, [1, 1]);
    await vscode.page.locator('.editor-group-container.active .editor-actions .action-label[aria-label^="Preview SQL"]').click();
    assert.equal((await shownWith('Running upgrade')).label, 'upgrade 0123456789ab.sql');
  });

  it('can be read on a dark background and in high contrast', async () => {
    const themes: readonly (readonly [string, string, string])[] = [['dark', 'Default Dark Modern', '.vs-dark'], ['contrast', 'Default High Contrast', '.hc-black']];
    for (const [shot, theme, mark] of themes) {
      await vscode.host.evaluate((api, one) => api.workspace.getConfiguration('workbench').update('colorTheme', one, api.ConfigurationTarget.Global), theme);
      await vscode.page.locator(`.monaco-workbench${mark}`).waitFor();
      await vscode.screenshot(`preview-${shot}`);
    }
    await vscode.host.evaluate((api) => api.workspace.getConfiguration('workbench').update('colorTheme', undefined, api.ConfigurationTarget.Global));
  });

  it('stays when the draft is closed, follows it to another name, and says when it is gone', async () => {
    await vscode.host.evaluate(async (api) => {
      const tab = api.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof api.TabInputText && input.uri.path.endsWith('_moods.py'))!;
      await api.window.tabGroups.close(tab);
    });
    const renamed = name.replace('_moods', '_feelings');
    await vscode.host.evaluate(async (api, [from, to]) => {
      const [root] = api.workspace.workspaceFolders!;
      const change = new api.WorkspaceEdit();
      change.renameFile(api.Uri.joinPath(root!.uri, from!), api.Uri.joinPath(root!.uri, to!));
      await api.workspace.applyEdit(change);
    }, [name, renamed]);
    await shownWith('What upgrade() of 2026_01_05_1000-0123456789ab_feelings.py');
    writeFileSync(path.join(folder, renamed), draft.replace('"ix_job_mood"', '"ix_job_feeling"'));
    await shownWith('CREATE INDEX ix_job_feeling ON job (mood);');
    rmSync(path.join(folder, renamed));
    assert.match((await shownWith('is not there any more')).text, /^-- 2026_01_05_1000-0123456789ab_feelings\.py is not there any more: it was\n-- deleted, or moved elsewhere\.\n$/);
    await vscode.screenshot('preview-gone');
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.closeAllEditors'));
  });

  it('shows a SQL migration’s statements with what they are and lock', async () => {
    await vscode.openFile(migration);
    await vscode.page.locator('.editor-actions .action-label[aria-label^="Preview SQL"]').click();
    const { label, text } = await shownWith('does on the server');
    assert.equal(label, 'SQL of 20260105100000_moods.sql');
    assert.match(text, /-- create_table mood\nCREATE TABLE mood \(id integer PRIMARY KEY\);\n\n-- create_index mood_id on mood\n/);
    await vscode.screenshot('preview-sql-file');
  });

  it('is not offered on other files', async () => {
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.closeAllEditors'));
    await vscode.openFile('app/main.py');
    await vscode.page.locator('.tab.active', { hasText: 'main.py' }).waitFor();
    assert.equal(await vscode.page.locator('.editor-actions .action-label[aria-label^="Preview SQL"]').count(), 0);
    await vscode.runCommand('Preview SQL');
    assert.match(await vscode.waitForNotification('is no revision'), /main\.py is no revision: it lies outside of the versions folder\./);
  });
});
