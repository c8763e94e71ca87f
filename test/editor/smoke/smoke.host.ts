/** Inside the extension host: the extension is there, and activates on a project. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension', () => {
  it('is activated by a workspace with alembic.ini', async () => {
    const extension = vscode.extensions.getExtension('alembic-review.alembic-review');
    assert.ok(extension, 'the extension is not there');
    for (let tries = 0; !extension.isActive && tries < 100; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(extension.isActive, 'the extension was not activated');
  });

  it('can search files, on which that stands', async () => {
    const files = await vscode.workspace.findFiles('**/alembic.ini');
    assert.equal(files.length, 1);
  });
});
