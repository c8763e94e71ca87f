/** A workspace that is not trusted: models and drafts are read and reviewed, databases are not connected, and it says so. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { patience, waitFor } from '../../harness/processes';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

const draft = `"""Rename by hand"""
from alembic import op
import sqlalchemy as sa

revision = "0123456789ab"
down_revision = "e6b81c94507a"


def upgrade() -> None:
    op.add_column("contact", sa.Column("curation_status", sa.String(50), nullable=True))
    op.drop_column("contact", "contact_curation_status")


def downgrade() -> None:
    op.add_column("contact", sa.Column("contact_curation_status", sa.String(50), nullable=True))
    op.drop_column("contact", "curation_status")
`;

describe('a workspace that is not trusted', () => {
  let vscode: VsCode;

  before(async function () {
    const folder = copyOfProject('scraper');
    writeFileSync(path.join(folder, 'alembic', 'versions', '0123456789ab_rename_by_hand.py'), draft);
    mkdirSync(path.join(folder, '.vscode'));
    // a stranger's repository that would have the editor connect somewhere
    writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'alembicReview.connections': [{ name: 'elsewhere', url: 'postgresql://127.0.0.1:1/x' }] }));
    vscode = await need(
      this,
      launch({ workspaceFolder: folder, settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' } }),
    );
  });
  after(() => vscode?.close());

  it('does not connect, and says why, with the way to trust it', async () => {
    await vscode.openView('Databases');
    const welcome = vscode.page.locator('.pane-body .welcome-view', { hasText: 'restricted mode' });
    await welcome.waitFor();
    await welcome.locator('.monaco-button', { hasText: 'Manage Workspace Trust' }).waitFor();
    assert.equal(await vscode.page.locator('.pane-body .monaco-list-row', { hasText: 'elsewhere' }).count(), 0);
    await vscode.screenshot('trust');
  });

  it('reviews drafts all the same', async () => {
    await vscode.openFile('alembic/versions/0123456789ab_rename_by_hand.py');
    await waitFor('the finding', patience, async () => {
      const codes = await vscode.host.evaluate((api) =>
        api.window.activeTextEditor === undefined
          ? []
          : api.languages.getDiagnostics(api.window.activeTextEditor.document.uri).map(({ code }) => String(typeof code === 'object' ? code.value : code)),
      );
      return codes.includes('destructive-rename') ? true : undefined;
    });
  });

  it('does not run the project’s Python, and says why', async () => {
    await vscode.host.evaluate((api) => void api.commands.executeCommand('alembicReview.compareWithAutogenerate'));
    await vscode.waitForNotification('This workspace is not trusted, so its Python is not run');
  });

  it('refuses the command itself with the same words', async () => {
    await vscode.host.evaluate((api) => void api.commands.executeCommand('alembicReview.connectDatabase'));
    await vscode.waitForNotification('This workspace is not trusted');
  });

  it('verifies and describes no database, and says why', async () => {
    for (const command of ['verifyDatabase', 'describeTable', 'listTypes']) {
      await vscode.host.evaluate((api) => api.commands.executeCommand('notifications.clearAll'));
      await vscode.host.evaluate((api, name) => void api.commands.executeCommand(`alembicReview.${name as string}`), command);
      await vscode.waitForNotification('its databases are not connected: its files say where to');
    }
  });
});
