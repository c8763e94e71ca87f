/**
 * The three ways in which a draft that looks right goes wrong, as a person meets them: typed, pointed at, repaired by the quick fix, saved,
 * and taken up, down and up again by real Alembic on a database with rows. In light and in dark; the pictures are there to be looked at.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openAlembicSession, type AlembicSession } from '../../alembic/alembic-session';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { patience, waitFor } from '../../harness/processes';
import { pythonEnvironment } from '../../harness/python';
import { temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { launch, type VsCode } from '../../harness/vscode';

interface Pitfall {
  readonly name: string;
  /** Lines of `upgrade()` and `downgrade()`, typed one after the other. */
  readonly upgrade: readonly string[];
  readonly downgrade: readonly string[];
  /** The rule that speaks, on this text, with one sentence at most three lines long. */
  readonly rule: string;
  readonly at: string;
  readonly fix: RegExp;
  /** What the repaired draft says. */
  readonly fixed: readonly RegExp[];
  readonly rows: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const pitfalls: readonly Pitfall[] = [
  {
    name: 'rename',
    upgrade: ['op.drop_column("contact", "contact_curation_status")', 'op.add_column("contact", sa.Column("curation_status", sa.String(20), nullable=True))'],
    downgrade: ['op.drop_column("contact", "curation_status")', 'op.add_column("contact", sa.Column("contact_curation_status", sa.String(20), nullable=True))'],
    rule: 'destructive-rename',
    at: '"contact_curation_status"',
    fix: /^Rename "contact_curation_status" to "curation_status", keeping its values$/,
    fixed: [/op\.alter_column\(\s*"contact",\s*"contact_curation_status",\s*new_column_name="curation_status"/, /op\.alter_column\(\s*"contact",\s*"curation_status",\s*new_column_name="contact_curation_status"/],
    rows: 'SELECT to_jsonb(contact)::text AS row FROM contact ORDER BY id',
    before: ['{"id": 1, "contact_curation_status": "NEW"}', '{"id": 2, "contact_curation_status": "QUEUED"}', '{"id": 3, "contact_curation_status": null}'],
    after: ['{"id": 1, "curation_status": "NEW"}', '{"id": 2, "curation_status": "QUEUED"}', '{"id": 3, "curation_status": null}'],
  },
  {
    name: 'enum',
    upgrade: ['op.add_column("job", sa.Column("status", sa.Enum("NEW", "QUEUED", "DONE", name="job_status"), nullable=True))'],
    downgrade: ['op.drop_column("job", "status")'],
    rule: 'enum-not-created',
    at: 'sa.Enum(',
    fix: /^Create the type "job_status" here, drop it in downgrade$/,
    fixed: [/job_status"\)?\.create\(op\.get_bind\(\), checkfirst=True\)|name="job_status"\s*\)\.create\(op\.get_bind\(\), checkfirst=True\)/, /name="job_status"\)\.drop\(op\.get_bind\(\), checkfirst=True\)/],
    rows: 'SELECT to_jsonb(job)::text AS row FROM job ORDER BY id',
    before: ['{"id": 1, "title": "Import"}', '{"id": 2, "title": "Clean"}'],
    after: ['{"id": 1, "title": "Import", "status": null}', '{"id": 2, "title": "Clean", "status": null}'],
  },
  {
    name: 'using',
    upgrade: ['op.execute("CREATE TYPE place_status AS ENUM (\'NEW\', \'QUEUED\', \'DONE\')")', 'op.alter_column("place", "status", type_=sa.Enum("NEW", "QUEUED", "DONE", name="place_status"))'],
    downgrade: ['op.alter_column("place", "status", type_=sa.String(20))', 'op.execute("DROP TYPE place_status")'],
    rule: 'type-change-needs-using',
    at: 'sa.Enum(',
    fix: /^Convert the values with USING, and the default with them$/,
    fixed: [/postgresql_using="status::(text::)?place_status"/, /server_default=None/],
    rows: 'SELECT to_jsonb(place)::text AS row FROM place ORDER BY id',
    before: ['{"id": 1, "status": "NEW"}', '{"id": 2, "status": "DONE"}', '{"id": 3, "status": "NEW"}'],
    after: ['{"id": 1, "status": "NEW"}', '{"id": 2, "status": "DONE"}', '{"id": 3, "status": "NEW"}'],
  },
];

const database = `
CREATE TABLE contact (id integer PRIMARY KEY, contact_curation_status varchar(20));
INSERT INTO contact VALUES (1, 'NEW'), (2, 'QUEUED'), (3, NULL);
CREATE TABLE job (id integer PRIMARY KEY, title text);
INSERT INTO job VALUES (1, 'Import'), (2, 'Clean');
CREATE TABLE place (id integer PRIMARY KEY, status varchar(20) NOT NULL DEFAULT 'NEW');
INSERT INTO place VALUES (1, DEFAULT), (2, 'DONE'), (3, 'NEW')`;

const environment = `import os

from alembic import context
from sqlalchemy import create_engine

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;

function template(id: string, parent: string, title: string): string {
  return `"""${title}"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = "${id}"\ndown_revision = ${parent === '' ? 'None' : `"${parent}"`}\n\n\ndef upgrade() -> None:\n    pass\n\n\ndef downgrade() -> None:\n    pass\n`;
}

for (const [theme, colours, mark] of [['light', 'Default Light Modern', '.vs'], ['dark', 'Default Dark Modern', '.vs-dark']] as const) {
  describe(`the three pitfalls, ${theme}`, () => {
    let vscode: VsCode;
    let server: PostgresServer;
    let alembic: AlembicSession;
    let url: string;
    let folder: string;

    before(async function () {
      const python = await need(this, pythonEnvironment());
      server = await need(this, startPostgres());
      alembic = openAlembicSession(python);
      url = await server.createDatabase('app');
      folder = temporaryFolder('pitfalls');
      mkdirSync(path.join(folder, 'alembic', 'versions'), { recursive: true });
      writeFileSync(path.join(folder, 'alembic.ini'), `[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = ${url}\n`);
      writeFileSync(path.join(folder, 'alembic', 'env.py'), environment);
      const base = database.trim().split(';\n').map((statement) => `    op.execute(${JSON.stringify(statement)})\n`).join('');
      writeFileSync(path.join(folder, 'alembic', 'versions', 'base.py'), template('b000', '', 'What is there').replace('    pass\n', base));
      await alembic.run(folder, url, 'upgrade', 'head');
      vscode = await need(this, launch({
        workspaceFolder: folder,
        size: { width: 1300, height: 720 },
        settings: {
          'workbench.colorTheme': colours,
          'alembicReview.connections': [{ name: 'local', environment: 'development', alembicIni: true }],
          // What is typed is what stands there.
          'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never', 'editor.quickSuggestions': 'off', 'editor.suggestOnTriggerCharacters': false, 'editor.parameterHints.enabled': false,
        },
      }));
      await vscode.page.locator(`.monaco-workbench${mark}`).first().waitFor();
      await vscode.openView('Databases');
      await vscode.page.locator('.pane-body .monaco-list-row', { hasText: 'up to date' }).waitFor();
      await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.toggleSidebarVisibility'));
    });
    after(async () => {
      await vscode?.close();
      alembic?.close();
      await server?.stop();
    });
    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${theme}-${this.currentTest.title.slice(0, 40)}`);
    });

    const text = (): Promise<string> => vscode.host.evaluate((api) => api.window.activeTextEditor?.document.getText() ?? '');
    const findings = (): Promise<readonly { readonly code: string; readonly message: string; readonly marked: string; readonly severity: number }[]> =>
      vscode.host.evaluate((api) => {
        const document = api.window.activeTextEditor?.document;
        return document === undefined ? [] : api.languages.getDiagnostics(document.uri).map((one) => ({ code: String(typeof one.code === 'object' ? one.code.value : one.code), message: one.message, marked: document.getText(one.range), severity: one.severity }));
      });
    /** Puts the cursor (or a selection) on the first place of a text behind another one. */
    const select = (what: string, behind: string, whole: boolean): Promise<void> =>
      vscode.host.evaluate((api, [wanted, start, all]) => {
        const editor = api.window.activeTextEditor!;
        const all_ = editor.document.getText();
        const offset = all_.indexOf(wanted as string, all_.indexOf(start as string));
        const from = editor.document.positionAt(offset);
        editor.selection = new api.Selection(from, all === true ? editor.document.positionAt(offset + (wanted as string).length) : from);
      }, [what, behind, whole]);
    /** Types lines where `pass` stands, on the keyboard. */
    const typeBody = async (direction: 'upgrade' | 'downgrade', lines: readonly string[]): Promise<void> => {
      await select('pass', `def ${direction}()`, true);
      await vscode.page.locator('.editor-instance .monaco-editor').first().click({ trial: true });
      await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.focusActiveEditorGroup'));
      for (const [index, line] of lines.entries()) {
        if (index > 0) await vscode.page.keyboard.press('Enter');
        await vscode.page.keyboard.type(line, { delay: 3 });
      }
    };
    const rowsOf = async (sql: string): Promise<readonly string[]> => (await server.query(sql, 'app')).rows.map(({ row }: { row: string }) => row);

    for (const [index, pitfall] of pitfalls.entries()) {
      const parent = pitfalls[index - 1]?.name ?? 'b000';
      it(`${pitfall.name}: is pointed at as it is typed, and the quick fix leaves a draft that runs and keeps the rows`, async () => {
        const file = `alembic/versions/${pitfall.name}.py`;
        writeFileSync(path.join(folder, file), template(pitfall.name, parent, `Pitfall: ${pitfall.name}`));
        await vscode.openFile(file);
        await typeBody('upgrade', pitfall.upgrade);
        await typeBody('downgrade', pitfall.downgrade);
        // The extension host hears of the last keys a moment later.
        const typed = await waitFor('what was typed', patience, async () => {
          const now = await text();
          return [...pitfall.upgrade, ...pitfall.downgrade].every((line) => now.includes(`    ${line}\n`)) ? now : undefined;
        });

        const found = await waitFor(`the finding ${pitfall.rule}`, patience, async () => (await findings()).find(({ code, severity }) => code === pitfall.rule && severity === 0));
        assert.ok(found.marked.startsWith(pitfall.at), found.marked);
        assert.deepEqual((await findings()).filter(({ severity }) => severity === 0).map(({ code }) => code), [pitfall.rule], 'one error, said once');

        await select(pitfall.at, 'def upgrade()', false);
        await vscode.host.evaluate((api) => api.commands.executeCommand('editor.action.showHover'));
        await vscode.page.locator('.monaco-hover:visible', { hasText: pitfall.rule }).first().waitFor();
        // What is found has its way out at once.
        await vscode.page.locator('.monaco-hover:visible', { hasText: /Quick Fix\.\.\./ }).first().waitFor();
        await vscode.screenshot(`pitfall-${pitfall.name}-1-found-${theme}`);
        await vscode.page.keyboard.press('Escape');

        await select(pitfall.at, 'def upgrade()', false);
        const action = vscode.page.locator('.action-widget .monaco-list-row').filter({ hasText: pitfall.fix }).first();
        // The hover that goes away may take the first keys with it.
        await waitFor('the quick fixes', patience, async () => {
          if (await action.isVisible()) return true;
          await vscode.page.keyboard.press('Control+.');
          return (await action.waitFor({ timeout: 4_000 }).then(() => true, () => undefined)) ?? undefined;
        });
        await vscode.screenshot(`pitfall-${pitfall.name}-2-fixes-${theme}`);
        await action.click();
        await waitFor('no error', patience, async () => (!(await findings()).some(({ severity }) => severity === 0) && (await text()) !== typed ? true : undefined));
        for (const shape of pitfall.fixed) assert.match(await text(), shape);
        await vscode.page.keyboard.press('Escape');
        await vscode.screenshot(`pitfall-${pitfall.name}-3-fixed-${theme}`);
        await vscode.page.keyboard.press('Control+s');
        await waitFor('the file to be saved', patience, async () => ((await vscode.host.evaluate((api) => api.window.activeTextEditor?.document.isDirty)) === false ? true : undefined));

        assert.deepEqual(await rowsOf(pitfall.rows), pitfall.before);
        await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.closeAllEditors'));
        await alembic.run(folder, url, 'upgrade', 'head');
        assert.deepEqual(await rowsOf(pitfall.rows), pitfall.after);
        await alembic.run(folder, url, 'downgrade', '-1');
        assert.deepEqual(await rowsOf(pitfall.rows), pitfall.before);
        await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.closeAllEditors'));
        await alembic.run(folder, url, 'upgrade', 'head');
        assert.deepEqual(await rowsOf(pitfall.rows), pitfall.after);
      });
    }
  });
}
