/** The review asked for: *Review Draft* on a revision that is applied already, what it says it left out, the report for a pull request, and fixes when the file is saved. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { patience, waitFor } from '../../harness/processes';
import { temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { launch, type VsCode } from '../../harness/vscode';
import { rulesOfLocks } from '../../rules/support';

const script = (id: string, parent: string | null, title: string, upgrade: readonly string[], downgrade: readonly string[]): string => {
  const body = (lines: readonly string[]): string => lines.map((line) => `    ${line}\n`).join('');
  return `"""${title}"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = "${id}"\ndown_revision = ${parent === null ? 'None' : `"${parent}"`}\n\n\ndef upgrade() -> None:\n${body(upgrade)}\n\ndef downgrade() -> None:\n${body(downgrade)}`;
};
const first = script('a00000000001', null, 'Places', ['op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("business_name", sa.String(200)))', 'op.add_column(*columns)'], ['op.drop_table("place")']).replace('import sqlalchemy as sa\n', 'import sqlalchemy as sa\n\nfrom app.columns import columns\n');
const second = script('b00000000002', 'a00000000001', 'Rename by hand', ['op.add_column("place", sa.Column("business_title", sa.String(200), nullable=True))', 'op.drop_column("place", "business_name")'], ['op.add_column("place", sa.Column("business_name", sa.String(200), nullable=True))', 'op.drop_column("place", "business_title")']);
const third = script('c00000000003', 'b00000000002', 'Moods', ['op.add_column("place", sa.Column("mood", sa.Enum("SAD", "OK", name="mood"), nullable=True))'], ['op.drop_column("place", "mood")']);

describe('a review that is asked for', () => {
  let vscode: VsCode;
  let server: PostgresServer;
  let folder: string;
  const versions = 'alembic/versions';

  before(async function () {
    server = await need(this, startPostgres());
    const url = await server.createDatabase('app');
    await server.query("CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('a00000000001'); CREATE TABLE place (id integer PRIMARY KEY, business_name varchar(200)); INSERT INTO place VALUES (1, 'Café'), (2, 'Bar')", 'app');
    folder = temporaryFolder('report');
    mkdirSync(path.join(folder, versions), { recursive: true });
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder, 'alembic.ini'), `[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = ${url}\n`);
    writeFileSync(path.join(folder, 'alembic', 'env.py'), '');
    writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify({
      'alembicReview.connections': [{ name: 'local', environment: 'development', alembicIni: true }],
      'alembicReview.rules': Object.fromEntries(rulesOfLocks.map((rule) => [rule, 'off'])),
      'editor.codeActionsOnSave': { 'source.fixAll.alembicReview': 'explicit' },
    }));
    for (const [name, text] of [['a_places.py', first], ['b_rename.py', second], ['c_moods.py', third]] as const) writeFileSync(path.join(folder, versions, name), text);
    vscode = await need(this, launch({ workspaceFolder: folder }));
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const codes = (): Promise<readonly string[]> =>
    vscode.host.evaluate((api) => (api.window.activeTextEditor === undefined ? [] : api.languages.getDiagnostics(api.window.activeTextEditor.document.uri)).map(({ code }) => String(typeof code === 'object' ? code.value : code)));
  const text = (): Promise<string> => vscode.host.evaluate((api) => api.window.activeTextEditor?.document.getText() ?? '');

  it('looks at an applied revision when asked, and says how much it left out', async () => {
    await vscode.openView('Databases');
    await vscode.page.locator('.pane-body .monaco-list-row', { hasText: '2 pending' }).waitFor();
    await vscode.openFile(`${versions}/a_places.py`);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.deepEqual(await codes(), [], 'nobody asked');
    await vscode.runCommand('Review Draft');
    assert.match(await vscode.waitForNotification('not reviewed'), /1 place not reviewed\./);
    assert.ok((await codes()).includes('not-reviewed'));
    await vscode.screenshot('review-asked');
    await vscode.runCommand('Clear All Notifications');
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.closePanel'));
  });

  it('writes the report of the revision in front as Markdown without a name', async () => {
    await vscode.openFile(`${versions}/b_rename.py`);
    await vscode.runCommand('Export Review Report');
    const shown = await waitFor('the report', patience, async () => ((await text()).startsWith('# Review of') ? text() : undefined));
    assert.match(shown, /^# Review of `b00000000002` Rename by hand\n\n\*\*1 error.*\*\*\n\nRead, not run\. Held against PostgreSQL \d+, local\.\n/);
    assert.match(shown, /^\| \*\*error\*\* \| line 11 \| business_name of place is dropped .* \| `destructive-rename` \|$/m);
    assert.match(shown, /2 of 2 rows lose their value/, 'the rows of the database were asked');
    assert.match(shown, /^- {5}business_name character varying\(200\)\n\+ {5}business_title character varying\(200\)$/m);
    const document = await vscode.host.evaluate((api) => ({ language: api.window.activeTextEditor?.document.languageId, scheme: api.window.activeTextEditor?.document.uri.scheme }));
    assert.deepEqual(document, { language: 'markdown', scheme: 'untitled' });
    await vscode.screenshot('report-text');
    await vscode.host.evaluate((api) => api.commands.executeCommand('markdown.showPreview'));
    await vscode.webview().locator('h1').first().waitFor();
    await new Promise((resolve) => setTimeout(resolve, 800));
    await vscode.screenshot('report-preview');
    await vscode.host.evaluate((api) => api.workspace.getConfiguration('workbench').update('colorTheme', 'Default Dark Modern', api.ConfigurationTarget.Global));
    await vscode.page.locator('.monaco-workbench.vs-dark').waitFor();
    await new Promise((resolve) => setTimeout(resolve, 800));
    await vscode.screenshot('report-preview-dark');
    await vscode.host.evaluate((api) => api.workspace.getConfiguration('workbench').update('colorTheme', undefined, api.ConfigurationTarget.Global));
    // The preview is in front; what was not saved would be asked for.
    await vscode.host.evaluate(async (api) => {
      await api.window.showTextDocument(api.workspace.textDocuments.find(({ uri }) => uri.scheme === 'untitled')!);
      await api.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await api.commands.executeCommand('workbench.action.closeAllEditors');
    });
  });

  it('writes the report of all that is pending where no revision is in front', async () => {
    await vscode.openFile('alembic.ini');
    await vscode.runCommand('Export Review Report');
    const shown = await waitFor('the report', patience, async () => ((await text()).startsWith('# Review of') ? text() : undefined));
    assert.match(shown, /^# Review of 2 migrations\n/);
    assert.ok(shown.indexOf('## `b00000000002`') < shown.indexOf('## `c00000000003`') && !shown.includes('a_places.py'), shown);
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));
  });

  it('fixes what is safe when the file is saved, for who asks for that', async () => {
    await vscode.openFile(`${versions}/c_moods.py`);
    await waitFor('the finding', patience, async () => ((await codes()).includes('enum-not-created') ? true : undefined));
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.activeTextEditor!;
      await editor.edit((edit) => edit.insert(new api.Position(0, 0), '# A remark.\n'));
    });
    // At once: who saves does not wait for the review to be there.
    await vscode.page.keyboard.press('Control+s');
    const saved = await waitFor('the file to be saved, fixed', patience, () => {
      const now = readFileSync(path.join(folder, versions, 'c_moods.py'), 'utf8');
      return Promise.resolve(now.includes('.create(op.get_bind()') ? now : undefined);
    });
    assert.ok(saved.startsWith('# A remark.\n'), saved);
    assert.deepEqual((await codes()).filter((code) => code === 'enum-not-created'), []);
  });
});
