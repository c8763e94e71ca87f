import assert from 'node:assert/strict';
import type { Project } from '../../src/engine/project/project';
import { isProject } from '../../src/engine/project/read-project';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory, revisionPaths } from '../../src/workspace/load-history';
import type { HistoryCache } from '../../src/workspace/load-history';
import type { Workspace } from '../../src/workspace/workspace';
import { memoryWorkspace } from './memory';

const revision = (id: string, down: string | null): string => `revision = '${id}'\ndown_revision = ${down === null ? 'None' : `'${down}'`}\n\ndef upgrade():\n    pass\n`;

describe('loading the history', () => {
  it('reads what Alembic reads, in its order', async () => {
    const files = { '/r/db/env.py': '', '/r/db/versions/b.py': revision('bbbb', 'aaaa'), '/r/db/versions/a.py': revision('aaaa', null), '/r/db/versions/__init__.py': '', '/r/db/versions/.#b.py': 'x', '/r/db/versions/README': '', '/r/db/versions/2024/c.py': revision('cccc', 'bbbb'), '/r/db/versions/__pycache__/d.py': 'x' };
    const flat = await open({ ...files, '/r/alembic.ini': '[alembic]\nscript_location = db\n' });
    assert.deepEqual(await revisionPaths(flat.workspace, flat.project), ['/r/db/versions/a.py', '/r/db/versions/b.py']);
    const deep = await open({ ...files, '/r/alembic.ini': '[alembic]\nscript_location = db\nrecursive_version_locations = true\n' });
    assert.deepEqual(await revisionPaths(deep.workspace, deep.project), ['/r/db/versions/a.py', '/r/db/versions/b.py', '/r/db/versions/2024/c.py']);
    const { value, problems } = await loadHistory(deep.workspace, deep.project);
    assert.deepEqual(value.heads, ['cccc']);
    assert.deepEqual(problems, []);
  });

  it('tells a file that is no revision', async () => {
    const { workspace, project } = await open({ '/r/alembic.ini': '[alembic]\nscript_location = db\n', '/r/db/env.py': '', '/r/db/versions/a.py': revision('aaaa', null), '/r/db/versions/helpers.py': 'X = 1\n' });
    const { value, problems } = await loadHistory(workspace, project);
    assert.deepEqual(value.heads, ['aaaa']);
    assert.deepEqual(problems.map((problem) => [problem.code, problem.at?.path]), [['not-a-revision', '/r/db/versions/helpers.py']]);
  });

  it('reads a file again only when its text is another', async () => {
    const files: Record<string, string> = { '/r/alembic.ini': '[alembic]\nscript_location = db\n', '/r/db/env.py': '', '/r/db/versions/a.py': revision('aaaa', null), '/r/db/versions/b.py': revision('bbbb', 'aaaa') };
    const { workspace, project } = await open(files);
    const cache: HistoryCache = new Map();
    const first = await loadHistory(workspace, project, cache);
    const changed = memoryWorkspace({ ...files, '/r/db/versions/b.py': revision('bbbb', null) });
    const second = await loadHistory(changed, project, cache);
    assert.equal(second.value.nodes.get('aaaa')?.file, first.value.nodes.get('aaaa')?.file);
    assert.deepEqual(second.value.heads, ['aaaa', 'bbbb']);
    const gone = memoryWorkspace({ '/r/db/versions/a.py': revision('aaaa', null) });
    await loadHistory(gone, project, cache);
    assert.deepEqual([...cache.keys()], ['/r/db/versions/a.py']);
  });
});

async function open(files: Readonly<Record<string, string>>): Promise<{ workspace: Workspace; project: Project }> {
  const workspace = memoryWorkspace(files);
  const project = await findProject(workspace, '/r');
  assert.ok(isProject(project));
  return { workspace, project };
}
