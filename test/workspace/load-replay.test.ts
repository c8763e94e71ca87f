import assert from 'node:assert/strict';
import { isProject } from '../../src/engine/project/read-project';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory } from '../../src/workspace/load-history';
import { revisionRoots } from '../../src/workspace/load-models';
import { loadReplay, newReplayCache } from '../../src/workspace/load-replay';
import type { Workspace } from '../../src/workspace/workspace';
import { memoryWorkspace } from './memory';

/** A package with its migrations inside, whose revisions import from it. */
const files: Readonly<Record<string, string>> = {
  '/r/shop/__init__.py': '',
  '/r/shop/names.py': "TABLE = 'order'\n",
  '/r/shop/alembic.ini': '[alembic]\nscript_location = migrations\n',
  '/r/shop/migrations/env.py': '',
  '/r/shop/migrations/versions/a.py': revision('aaaa', null, 'op.create_table(TABLE, sa.Column("id", sa.Integer()))'),
  '/r/shop/migrations/versions/b.py': revision('bbbb', 'aaaa', 'op.create_table(TABLE + "_line", sa.Column("id", sa.Integer()))'),
};

function revision(id: string, down: string | null, body: string): string {
  return `import sqlalchemy as sa\nfrom alembic import op\nfrom shop.names import TABLE\nrevision = '${id}'\ndown_revision = ${down === null ? 'None' : `'${down}'`}\n\ndef upgrade():\n    ${body}\n`;
}

describe('replaying a history', () => {
  const cache = newReplayCache();

  async function tables(workspace: Workspace): Promise<readonly string[]> {
    const project = await findProject(workspace, '/r/shop');
    assert.ok(isProject(project));
    const { value: graph } = await loadHistory(workspace, project);
    const roots = await revisionRoots(workspace, project);
    return (await loadReplay({ workspace, graph, heads: graph.heads, roots, cache })).tables.map((table) => table.name);
  }

  it('follows imports of the package that the project lies in', async () => {
    assert.deepEqual(await tables(memoryWorkspace(files)), ['order', 'order_line']);
  });

  it('keeps what it read, until a revision or something it imports is another', async () => {
    const before = cache.revisions.get('/r/shop/migrations/versions/a.py');
    await tables(memoryWorkspace(files));
    assert.equal(cache.revisions.get('/r/shop/migrations/versions/a.py'), before);
    assert.deepEqual(await tables(memoryWorkspace({ ...files, '/r/shop/names.py': "TABLE = 'deal'\n" })), ['deal', 'deal_line']);
  });

  it('says of a history that changes tables which it never made that others may be there', async () => {
    const isPartial = async (workspace: Workspace): Promise<boolean> => {
      const project = await findProject(workspace, '/r/shop');
      assert.ok(isProject(project));
      const { value: graph } = await loadHistory(workspace, project);
      return (await loadReplay({ workspace, graph, heads: graph.heads, roots: await revisionRoots(workspace, project) })).isPartial === true;
    };
    const next = (body: string): Workspace => memoryWorkspace({ ...files, '/r/shop/migrations/versions/c.py': revision('cccc', 'bbbb', body) });
    assert.equal(await isPartial(memoryWorkspace(files)), false);
    assert.equal(await isPartial(next('op.add_column("order", sa.Column("at", sa.Date()))')), false);
    assert.equal(await isPartial(next('op.drop_table("person", if_exists=True)')), false);
    assert.equal(await isPartial(next('op.add_column("person", sa.Column("at", sa.Date()))')), true);
  });
});
