/** *Generate Migration from Models…* as a person does it, on real rows: two open files, one of them unsaved; the questions; the draft; and every way out. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openOldState } from '../../demo/scene';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { mustRun, patience, waitFor } from '../../harness/processes';
import { pythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { launch, type VsCode } from '../../harness/vscode';

describe('generating a migration', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  let folder: string;
  let versions: string;
  let atFirst: readonly string[];

  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    const scene = await openOldState(server, python);
    folder = scene.project;
    versions = path.join(folder, 'alembic', 'versions');
    atFirst = revisions();
    await commitOldModels(folder);
    vscode = await need(
      this,
      launch({
        workspaceFolder: folder,
        env: { DATABASE_URL: scene.databaseUrl },
        settings: { 'files.autoSave': 'off', 'alembicReview.connections': [{ name: 'dev', environmentVariable: 'DATABASE_URL' }] },
      }),
    );
    await vscode.openFile('app/models/place.py');
    await vscode.openFile('app/models/sitemap.py');
    await vscode.page.locator('.statusbar-item', { hasText: 'dev: up to date' }).waitFor();
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const revisions = (): readonly string[] => readdirSync(versions).filter((name) => name.endsWith('.py')).sort();
  const asked = (placeholder: string | RegExp): Promise<void> => vscode.page.locator('.quick-input-widget:visible').getByPlaceholder(placeholder).waitFor();
  const prompted = (text: string | RegExp): Promise<void> => vscode.page.locator('.quick-input-widget:visible').filter({ hasText: text }).waitFor();
  const activeFile = (): Promise<string> => vscode.host.evaluate((api) => api.window.activeTextEditor?.document.uri.fsPath ?? '');
  const command = 'Generate Migration from Models…';

  it('has its button on model files, and not on others', async () => {
    const button = vscode.page.locator('.editor-actions .action-label[aria-label^="Generate Migration"]');
    await button.waitFor();
    await vscode.openFile('alembic/env.py');
    await button.waitFor({ state: 'detached' });
    await vscode.openFile('app/models/sitemap.py');
    await button.waitFor();
  });

  it('offers the open model files, and says that one is unsaved', async () => {
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.activeTextEditor!;
      const place = editor.document.getText().indexOf('    domain = relationship');
      const change = new api.WorkspaceEdit();
      change.insert(editor.document.uri, editor.document.positionAt(place), '    reviewed_by = Column(Text)\n');
      await api.workspace.applyEdit(change);
    });
    await vscode.runCommand(command);
    await asked(/^Which models\?/);
    const { choices } = await vscode.question();
    assert.match(choices[0]!, /Open model files.*2 files, 1 of them unsaved/);
    assert.match(choices[0]!, /app\/models\/place\.py, app\/models\/sitemap\.py/);
    assert.match(choices[1]!, /This file.*app\/models\/sitemap\.py/);
    assert.match(choices[2]!, /All models of the workspace/);
    await vscode.screenshot('generate-scope');
  });

  it('asks about each likely rename, with both columns side by side and what would be lost', async () => {
    await vscode.page.keyboard.press('Enter');
    const form = vscode.webview().locator('form.questions');
    await form.waitFor();
    await vscode.screenshot('generate-questions');
    const cards = await form.locator('.card').evaluateAll((all) => all.map((card) => card.getAttribute('data-question')));
    assert.ok(cards.includes('rename-column:place.vicinity'), cards.join());
    assert.ok(cards.includes('rename-column:sitemap.deep_scrape_curation_status'), cards.join());
    // tables of files that are not in scope are left alone
    assert.ok(cards.every((card) => /:(place|sitemap)\./.test(card ?? '')), cards.join());
    const card = form.locator('[data-question="rename-column:sitemap.deep_scrape_curation_status"]');
    const content = await card.innerText();
    assert.match(content, /deep_scrape_curation_status\s+goes/);
    assert.match(content, /curation_status\s+comes · (very likely|possible)/);
    assert.match(content, /Rename deep_scrape_curation_status to curation_status\s+keeps all \d+ values/);
    assert.match(content, /⚠ [\d,]+ of [\d,]+ rows lose the value/);
  });

  it('shows the lines of the models that git has, committed or not, in every theme', async () => {
    const form = vscode.webview().locator('form.questions');
    const edit = (question: string) => form.locator(`[data-question="${question}"] .edit`).first();
    const place = await edit('rename-column:place.vicinity').innerText();
    assert.match(place, /vicinity → formatted_address · models\/place\.py · not committed yet/);
    assert.match(place, /−\s*(removed:\s*)?vicinity: Mapped\[str \| None\] = mapped_column\(Text\)/);
    assert.match(place, /\+\s*(added:\s*)?formatted_address: Mapped\[str \| None\] = mapped_column\(Text\)/);
    const sitemap = await edit('rename-column:sitemap.deep_scrape_curation_status').innerText();
    assert.match(sitemap, /models\/sitemap\.py · commit [0-9a-f]{8} "One name for the curation status"/);
    assert.equal(await form.locator('[data-question="rename-column:place.vicinity"] input:checked').inputValue(), 'rename:formatted_address');
    const theme = (name: string): Promise<unknown> => vscode.host.evaluate((api, value) => api.workspace.getConfiguration('workbench').update('colorTheme', value, api.ConfigurationTarget.Global), name);
    for (const [name, kind] of [['Default Light Modern', 'vscode-light'], ['Default High Contrast', 'vscode-high-contrast'], ['Default High Contrast Light', 'vscode-high-contrast-light'], ['Default Dark Modern', 'vscode-dark']] as const) {
      await theme(name);
      await waitFor(name, patience, async () => ((await form.evaluate((one) => one.ownerDocument.body.className)).split(' ').includes(kind) ? true : undefined));
      const marks = await edit('rename-column:place.vicinity').locator('.line').evaluateAll((lines) => lines.map((line) => {
        const { backgroundColor, borderTopColor, color } = line.ownerDocument.defaultView!.getComputedStyle(line);
        return { marked: [backgroundColor, borderTopColor].some((one) => one !== 'rgba(0, 0, 0, 0)'), color };
      }));
      assert.deepEqual(marks.map(({ marked }) => marked), [true, true], `${name}: ${JSON.stringify(marks)}`);
      await edit('rename-column:place.vicinity').scrollIntoViewIfNeeded();
      await vscode.screenshot(`generate-diff-${kind}`);
    }
  });

  it('says what is still open when a question is left without an answer', async () => {
    const form = vscode.webview().locator('form.questions');
    await form.locator('button[type=submit]').click();
    const problem = form.locator('.card.wrong .problem', { hasText: 'Choose one.' }).first();
    await problem.waitFor();
    assert.equal(await problem.getAttribute('role'), 'alert');
    await vscode.screenshot('generate-open-question');
  });

  it('goes on with the keyboard alone', async () => {
    const form = vscode.webview().locator('form.questions');
    for (let round = 0; await form.isVisible(); round++) {
      assert.ok(round < 6, 'the questions do not end');
      const heading = (await form.locator('.card').evaluateAll((all) => all.map((card) => card.getAttribute('data-question')))).join();
      for (const card of await form.locator('.card').all()) {
        if ((await card.locator('select').count()) > 0) {
          for (const select of await card.locator('select').all()) {
            if ((await select.inputValue()) !== '') continue;
            await select.focus();
            await vscode.page.keyboard.press('ArrowDown');
          }
        } else if ((await card.locator('input:checked').count()) === 0) {
          await card.locator('input').first().focus();
          await vscode.page.keyboard.press('Space');
        }
      }
      await vscode.screenshot(`generate-round-${round + 1}`);
      await form.locator('button[type=submit]').focus();
      await vscode.page.keyboard.press('Enter');
      await waitFor('the next round, or the message', patience, async () => {
        if (await vscode.page.locator('.quick-input-widget:visible').isVisible()) return true;
        if (!(await form.isVisible())) return undefined;
        const next = (await form.locator('.card').evaluateAll((all) => all.map((card) => card.getAttribute('data-question')))).join();
        return next !== heading ? true : undefined;
      });
    }
  });

  it('suggests a message', async () => {
    await prompted('What does this migration do?');
    await vscode.screenshot('generate-message');
    const value = await vscode.page.locator('.quick-input-widget:visible input').first().inputValue();
    // the key of place changes, and with it the foreign key that refers to it
    assert.equal(value, 'change place, sitemap and local_business');
    await vscode.answer('curate places and sitemaps');
  });

  it('writes the revision by the project’s file naming, opens it at upgrade(), and shows it as pending', async () => {
    const file = await waitFor('the draft', patience, async () => {
      const active = await activeFile();
      return path.dirname(active) === versions ? active : undefined;
    });
    assert.match(path.basename(file), /^\d{4}_\d\d_\d\d_\d{4}-[0-9a-f]{12}_curate_places_and_sitemaps\.py$/);
    const text = readFileSync(file, 'utf8');
    assert.match(text, /down_revision = "e6b81c94507a"/);
    assert.match(text, /new_column_name="curation_status"/);
    assert.match(text, /"reviewed_by"/, 'unsaved text counts');
    assert.doesNotMatch(text, /op\.(add|drop|alter)_column\(\s*"(domain|job|batch_job|contact|local_business)"/, 'tables out of scope are left alone');
    await vscode.page.locator('.statusbar-item', { hasText: 'dev: 1 pending' }).waitFor();
    await waitFor('the cursor at upgrade()', 5_000, async () => {
      const line = await vscode.host.evaluate((api) => api.window.activeTextEditor!.document.lineAt(api.window.activeTextEditor!.selection.active.line).text);
      return line.startsWith('def upgrade(') ? true : undefined;
    });
    await vscode.openView('Databases');
    await vscode.treeRow('urate places and sitemaps').waitFor();
    await vscode.screenshot('generate-draft');
  });

  it('has no error and no warning in the review of what it wrote', async () => {
    const findings = await vscode.host.evaluate((api) =>
      api.languages.getDiagnostics(api.window.activeTextEditor!.document.uri).filter(({ severity }) => severity < api.DiagnosticSeverity.Information).map((one) => `${String(typeof one.code === 'object' ? one.code.value : one.code)}: ${one.message}`),
    );
    // The other models of the project, which are not open, need more.
    assert.deepEqual(findings.filter((one) => !one.startsWith('missing-change: ')), []);
  });

  it('is taken back by one undo', async () => {
    const file = await activeFile();
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.focusActiveEditorGroup'));
    await vscode.host.evaluate((api) => api.commands.executeCommand('undo'));
    await waitFor('the file to be gone', patience, () => (existsSync(file) ? undefined : true));
    assert.deepEqual(revisions(), atFirst);
  });

  it('writes nothing when the questions are cancelled, and says nothing about it', async () => {
    await vscode.openFile('app/models/sitemap.py');
    await vscode.runCommand(command);
    await asked(/^Which models\?/);
    await vscode.choose('Open model files');
    const form = vscode.webview().locator('form.questions');
    await form.waitFor();
    await form.locator('input').first().focus();
    await vscode.page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await vscode.page.locator('.statusbar-item .codicon-bell-dot').count(), 0);
    assert.deepEqual(revisions(), atFirst);
  });

  it('leads to the place of a syntax error, and writes nothing', async () => {
    await vscode.openFile('app/models/place.py');
    await vscode.host.evaluate(async (api) => {
      const editor = api.window.activeTextEditor!;
      const place = editor.document.getText().indexOf('    place_id:');
      const change = new api.WorkspaceEdit();
      change.insert(editor.document.uri, editor.document.positionAt(place), '    broken = mapped_column(Text\n');
      await api.workspace.applyEdit(change);
    });
    await vscode.runCommand(command);
    await asked(/^Which models\?/);
    await vscode.choose('This file');
    const said = await vscode.waitForNotification('place.py');
    await vscode.screenshot('generate-syntax-error');
    assert.doesNotMatch(said, /failed|undefined/);
    await vscode.clickNotification('place.py', 'Show Place');
    assert.equal(path.basename(await activeFile()), 'place.py');
    await vscode.host.evaluate((api) => api.commands.executeCommand('undo'));
    assert.deepEqual(revisions(), atFirst);
  });

  it('starts from what pending revisions lead to where the database is behind, and says so', async () => {
    writeFileSync(
      path.join(versions, '2027_01_01_0000-aaaabbbbcccc_later.py'),
      `"""Later"""\nfrom alembic import op\n\nrevision = 'aaaabbbbcccc'\ndown_revision = 'e6b81c94507a'\n\n\ndef upgrade():\n    op.alter_column('place', 'vicinity', new_column_name='formatted_address')\n\n\ndef downgrade():\n    pass\n`,
    );
    await vscode.page.locator('.statusbar-item', { hasText: 'dev: 1 pending' }).waitFor();
    await vscode.runCommand(command);
    await asked(/^Which models\?/);
    await vscode.choose('All models of the workspace');
    const form = vscode.webview().locator('form.questions');
    await form.waitFor();
    assert.match(await form.locator('.intro').innerText(), /dev .*is behind the head by one revision: the migration starts from what they lead to/);
    const cards = await form.locator('.card').evaluateAll((all) => all.map((card) => card.getAttribute('data-question')));
    assert.ok(!cards.includes('rename-column:place.vicinity'), 'the pending revision renames it');
    assert.ok(cards.includes('rename-column:sitemap.deep_scrape_curation_status'), cards.join());
    await vscode.screenshot('generate-behind');
    await form.locator('button.secondary').click();
    await form.waitFor({ state: 'detached' });
    assert.equal(revisions().length, atFirst.length + 1);
  });
});

/** The models as they were are committed; one rename follows in a commit of its own, the others are not committed yet. */
async function commitOldModels(folder: string): Promise<void> {
  const git = (...args: string[]): Promise<unknown> => mustRun('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd: folder });
  const change = (name: string, from: string, to: string): (() => void) => {
    const file = path.join(folder, 'app', 'models', name);
    const text = readFileSync(file, 'utf8');
    assert.ok(text.includes(from), `${name}: ${from}`);
    writeFileSync(file, text.replace(from, to));
    return () => writeFileSync(file, text);
  };
  const placeAgain = change('place.py', '    formatted_address: ', '    vicinity: ');
  const sitemapAgain = change('sitemap.py', '    curation_status = ', '    deep_scrape_curation_status = ');
  await git('init', '-q');
  await git('add', '-A');
  await git('commit', '-q', '-m', 'Models as the database has them');
  sitemapAgain();
  await git('commit', '-q', '-a', '-m', 'One name for the curation status');
  placeAgain();
}
