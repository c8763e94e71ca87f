/** The Revisions view, Merge Heads…, New Empty Revision… and the revision graph, clicked and typed in a real VS Code with databases on a real server. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { syntheticHistory, writeHistory } from '../../bench/synthetic-history';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { patience, waitFor } from '../../harness/processes';
import { pythonEnvironment, type PythonEnvironment } from '../../harness/python';
import { temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

describe('the revisions of a branched history', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;
  let vscode: VsCode;
  let folder: string;
  let versions: string;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    folder = copyOfProject('branched');
    versions = path.join(folder, 'alembic', 'versions');
    writeRevision(versions, 'a00000000004', 'reminders', "'a00000000003'");
    writeRevision(versions, 'b00000000001', 'report views', 'None', "branch_labels = ('reports',)\ndepends_on = 'a00000000001'");
    await databaseAt(server, 'tickets_dev', ['a00000000002']);
    await databaseAt(server, 'tickets_live', ['a00000000001']);
    vscode = await need(
      this,
      launch({
        workspaceFolder: folder,
        env: { DEV_URL: server.url('tickets_dev'), LIVE_URL: server.url('tickets_live') },
        settings: {
          'workbench.colorTheme': 'Default Dark Modern',
          'alembicReview.connections': [
            { name: 'dev', environmentVariable: 'DEV_URL', environment: 'development' },
            { name: 'live', environmentVariable: 'LIVE_URL', environment: 'production' },
          ],
        },
        size: { width: 1500, height: 1100 },
      }),
    );
    await vscode.openView('Revisions');
    // the other views give it their room
    const others = vscode.page.locator('.part.sidebar .pane-header[aria-expanded="true"]:not([aria-label^="Revisions"])');
    while ((await others.count()) > 0) await others.first().click();
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });

  const row = (text: string | RegExp): ReturnType<VsCode['treeRow']> => vscode.page.locator('.pane-body .monaco-list-row:visible').filter({ hasText: text }).first();

  it('has problems on top, then heads, labels and revisions, and says where databases stand', async () => {
    await row('have no branch label').waitFor();
    await row(/tickets.*◆ live/).waitFor();
    const texts = await vscode.page.locator('.pane-body .monaco-list-row[id*="list_id"]:visible').allTextContents();
    const at = (text: string): number => texts.findIndex((line) => line.startsWith(text));
    assert.ok(at('2 of the 3 heads have no branch label') < at('Heads') && at('Heads') < at('Branch labels') && at('Branch labels') < at('History'), texts.join('\n'));
    assert.match((await row(/tickets.*branch point of 2/).getAttribute('aria-label')) ?? '', /tickets, revision a00000000001, branch point of 2, base, production database live stands here/);
    await vscode.screenshot('revisions-view');
  });

  it('opens a revision at upgrade() on a click', async () => {
    await row(/^due date/).click();
    await vscode.page.locator('.tab.active', { hasText: 'a00000000003' }).waitFor();
    assert.match(await activeLine(vscode), /^def upgrade\(/);
  });

  it('copies an id and previews SQL from the context menu', async () => {
    await fromMenu(vscode, row(/^due date/), 'Copy Revision ID', vscode.page.locator('.statusbar-item', { hasText: 'a00000000003 is on the clipboard' }));
    await fromMenu(vscode, row(/^due date/), 'Preview SQL', vscode.page.locator('.tab', { hasText: /upgrade a00000000003/ }));
  });

  it('shows the graph: lanes, marks and databases, with the keyboard alone', async () => {
    await vscode.runCommand('Show Revision Graph');
    const graph = vscode.webview();
    await graph.locator('.row').first().waitFor();
    assert.equal(await graph.locator('.row').count(), 5);
    assert.equal(await graph.locator('[role=tree] [role=treeitem][tabindex="0"]').count(), 1);
    assert.match((await graph.locator('.row', { hasText: 'report views' }).getAttribute('aria-label')) ?? '', /report views, revision b00000000001, head, base, depends on a00000000001, branch label reports/);
    await graph.locator('.row', { hasText: 'tickets' }).filter({ hasText: '◆ live' }).waitFor();
    await vscode.screenshot('revision-graph-branched');
    await graph.locator('.row[tabindex="0"]').focus();
    await vscode.page.keyboard.press('End');
    await vscode.page.keyboard.press('ArrowRight');
    await vscode.page.keyboard.press('ArrowLeft');
    await graph.locator('.row:focus', { hasText: 'a00000000001' }).waitFor();
    await vscode.page.keyboard.press('ArrowUp');
    const id = (await graph.locator('.row:focus .id').textContent()) ?? '';
    await vscode.page.keyboard.press('Enter');
    await vscode.page.locator('.tab.active', { hasText: id }).waitFor();
  });

  it('has the same menu on a row of the graph', async () => {
    await vscode.runCommand('Show Revision Graph');
    await fromMenu(vscode, vscode.webview().locator('.row', { hasText: 'reminders' }), 'Copy Revision ID', vscode.page.locator('.statusbar-item', { hasText: 'a00000000004 is on the clipboard' }));
  });

  it('offers to merge them where the review finds several heads', async () => {
    await vscode.openFile('alembic/versions/a00000000004_reminders.py');
    const at = await waitFor('the finding', patience, () =>
      vscode.host.evaluate((api) => {
        const { document } = api.window.activeTextEditor!;
        const found = api.languages.getDiagnostics(document.uri).find(({ code }) => typeof code === 'object' && code.value === 'multiple-heads');
        return found === undefined ? undefined : document.offsetAt(found.range.start);
      }),
    );
    await vscode.host.evaluate((api, offset) => {
      const editor = api.window.activeTextEditor!;
      const position = editor.document.positionAt(offset);
      editor.selection = new api.Selection(position, position);
      editor.revealRange(new api.Range(position, position));
    }, at);
    await vscode.page.locator('.editor-instance .monaco-editor').first().click({ trial: true });
    await vscode.runCommand('Quick Fix...');
    const action = vscode.page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Merge the 2 heads…' }).first();
    await action.waitFor();
    await vscode.screenshot('merge-heads-quick-fix');
    await action.click();
    await vscode.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: 'Merge Heads' }).waitFor();
    await vscode.page.keyboard.press('Escape');
    await vscode.page.locator('.quick-input-widget:visible').waitFor({ state: 'detached' }).catch(() => undefined);
  });

  it('merges the heads as real Alembic would, from the problem on top', async () => {
    await vscode.openView('Revisions');
    await row('have no branch label').click();
    await vscode.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: 'Merge Heads' }).waitFor();
    await vscode.choose('without a branch label');
    await vscode.answer('join the "two"');
    await vscode.page.locator('.quick-input-widget:visible', { hasText: 'Quotes and backslashes' }).waitFor();
    await vscode.screenshot('merge-heads-message');
    await vscode.answer('join assignee and reminders');
    const file = await waitFor('the merge', patience, async () => readdirSync(versions).find((name) => name.endsWith('_join_assignee_and_reminders.py')));
    await vscode.page.locator('.tab.active', { hasText: file }).waitFor();
    const text = readFileSync(path.join(versions, file), 'utf8');
    assert.match(text, /down_revision: .* = \('a00000000002', 'a00000000004'\)/);
    const heads = (await python.run(['-m', 'alembic', 'heads'], { cwd: folder })).stdout.trim().split('\n');
    assert.equal(heads.length, 2, heads.join('\n'));
    await row('have no branch label').waitFor({ state: 'detached' });
    await row(/join assignee and reminders.*merges 2/).waitFor();
  });

  it('writes an empty revision on the head that is chosen', async () => {
    await vscode.runCommand('New Empty Revision…');
    const { choices } = await vscode.question();
    assert.equal(choices.length, 2, choices.join('\n'));
    await vscode.choose('report views');
    await vscode.answer('fill the views');
    const file = await waitFor('the revision', patience, async () => readdirSync(versions).find((name) => name.endsWith('_fill_the_views.py')));
    assert.match(readFileSync(path.join(versions, file), 'utf8'), /down_revision: .* = 'b00000000001'/);
    await vscode.page.locator('.tab.active', { hasText: file }).waitFor();
    await row(/^fill the views/).waitFor();
  });

  it('keeps the graph true, and saves it as SVG', async () => {
    await vscode.runCommand('Show Revision Graph');
    const graph = vscode.webview();
    await graph.locator('.row', { hasText: 'join assignee and reminders' }).filter({ hasText: 'merges 2' }).waitFor();
    await vscode.screenshot('revision-graph-merged-dark');
    await vscode.host.evaluate((api) => api.workspace.getConfiguration().update('workbench.colorTheme', 'Default High Contrast', true));
    await vscode.page.locator('body .monaco-workbench.hc-black').waitFor();
    await graph.locator('body.vscode-high-contrast .row').first().waitFor();
    await vscode.screenshot('revision-graph-merged-contrast');
    await graph.locator('button', { hasText: 'Save as SVG' }).click();
    // The dialog fills itself in, and looks at the folder, behind its opening.
    const box = vscode.page.locator('.quick-input-widget:visible .quick-input-box input');
    const target = path.join(folder, 'revisions.svg');
    await waitFor('the dialog', patience, async () => ((await box.inputValue().catch(() => '')) === target ? true : undefined));
    await vscode.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').first().waitFor();
    await vscode.page.keyboard.press('Enter');
    await waitFor('the file', patience, async () => (existsSync(target) && readFileSync(target, 'utf8').endsWith('</svg>\n') ? true : undefined));
    const svg = readFileSync(target, 'utf8');
    assert.equal(svg.match(/<circle/g)?.length, 7);
    const parsed = await vscode.page.evaluate<string>(`new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml').querySelector('parsererror')?.textContent ?? ''`);
    assert.equal(parsed, '');
  });

  it('brings the graph back when the window is loaded anew', async () => {
    await vscode.runCommand('Show Revision Graph');
    await vscode.webview().locator('.row').first().waitFor();
    // the page's own reload may be faster than what the window writes down of its panels
    await vscode.runCommand('Reload Window');
    const graph = vscode.webview();
    await graph.locator('.row', { hasText: 'join assignee and reminders' }).waitFor();
    await graph.locator('.row', { hasText: 'tickets' }).filter({ hasText: '◆ live' }).waitFor();
    assert.equal(await vscode.page.locator('.tab', { hasText: 'Revisions: ' }).count(), 1);
    await vscode.openView('Revisions');
  });

  it('says a parent that is not there, and leads to its line', async () => {
    writeRevision(versions, 'c00000000001', 'lost', "'ffffffffffff'");
    await row(/The parent ffffffffffff/).click();
    await vscode.page.locator('.tab.active', { hasText: 'c00000000001' }).waitFor();
    assert.match(await activeLine(vscode), /^down_revision = /);
    await vscode.runCommand('New Empty Revision…');
    await vscode.waitForNotification(/ffffffffffff.*Mend that first/);
  });
});

describe('the revisions of a history with 2,000 of them', () => {
  let vscode: VsCode;

  before(async function () {
    const folder = temporaryFolder('many');
    writeHistory(folder, syntheticHistory(2000));
    vscode = await need(this, launch({ workspaceFolder: folder, settings: { 'workbench.colorTheme': 'Default Light Modern' } }));
    await vscode.openView('Revisions');
  });
  after(() => vscode?.close());

  it('lists the newest, and the others in chunks', async () => {
    const rows = vscode.page.locator('.pane-body .monaco-list-row:visible');
    await rows.filter({ hasText: /^History/ }).waitFor();
    await rows.filter({ hasText: 'step 1999' }).waitFor();
    await vscode.screenshot('revisions-view-2000');
  });

  it('draws those in sight alone, and scrolls fluently', async () => {
    await vscode.runCommand('Show Revision Graph');
    const graph = vscode.webview();
    await graph.locator('.row', { hasText: 'step 1999' }).waitFor();
    assert.ok((await graph.locator('.row').count()) < 100);
    await vscode.screenshot('revision-graph-2000-light');
    // How long a jump of a screen takes the page, layout included: the middle one of 60.
    const jumps = await graph.locator('.scroller').evaluate(async (scroller) => {
      const page = globalThis as unknown as { requestAnimationFrame(run: () => void): void };
      const times: number[] = [];
      for (let index = 0; index < 60; index++) {
        const start = performance.now();
        scroller.scrollTop += scroller.clientHeight;
        scroller.dispatchEvent(new Event('scroll'));
        scroller.getBoundingClientRect();
        times.push(performance.now() - start);
        await new Promise<void>((resolve) => page.requestAnimationFrame(resolve));
      }
      return times.sort((a, b) => a - b);
    });
    console.log(`      a screen of the graph: median ${jumps[30]?.toFixed(1)} ms, 95 % ${jumps[57]?.toFixed(1)} ms`);
    assert.ok(jumps[30]! < 50, String(jumps[30]));
    await graph.locator('.row[tabindex="0"]').focus();
    await vscode.page.keyboard.press('End');
    await graph.locator('.row:focus', { hasText: 'step 0' }).waitFor();
    assert.equal(await graph.locator('.row:focus').getAttribute('aria-posinset'), '2000');
    assert.ok((await graph.locator('.row').count()) < 100);
  });
});

/** A menu that has just opened takes no click yet: chosen again until it had its effect. */
async function fromMenu(vscode: VsCode, at: ReturnType<VsCode['treeRow']>, entry: string, effect: ReturnType<VsCode['treeRow']>): Promise<void> {
  await waitFor(`${entry} from the menu`, patience, async () => {
    await vscode.page.keyboard.press('Escape');
    await at.click({ button: 'right' });
    const choice = vscode.page.locator('.context-view .action-label', { hasText: new RegExp(`^${entry}$`) });
    await choice.hover();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await choice.click();
    return effect.waitFor({ timeout: 4000 }).then(() => true, () => undefined);
  });
}

async function activeLine(vscode: VsCode): Promise<string> {
  return (
    (await vscode.host.evaluate((api) => {
      const editor = api.window.activeTextEditor;
      return editor?.document.lineAt(editor.selection.active.line).text;
    })) ?? ''
  );
}

function writeRevision(versions: string, id: string, message: string, down: string, more = ''): void {
  writeFileSync(path.join(versions, `${id}_${message.replaceAll(' ', '_')}.py`), `"""${message}\n\nRevision ID: ${id}\nCreate Date: 2025-03-01 10:00:00\n\n"""\nrevision = '${id}'\ndown_revision = ${down}\n${more}\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n`);
}

async function databaseAt(server: PostgresServer, name: string, versions: readonly string[]): Promise<void> {
  await server.createDatabase(name);
  await server.query('CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)', name);
  for (const version of versions) await server.query(`INSERT INTO alembic_version VALUES ('${version}')`, name);
}
