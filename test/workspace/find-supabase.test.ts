import assert from 'node:assert/strict';
import { isProject } from '../../src/engine/project/read-project';
import { disk } from '../../src/workspace/disk';
import { findAllProjects, findProject, findProjects } from '../../src/workspace/find-project';
import { findSupabase, supabaseModels } from '../../src/workspace/find-supabase';
import { findModelFiles } from '../../src/workspace/load-models';
import { loadSupabaseHistory, loadSupabaseReplay } from '../../src/workspace/load-supabase';
import { projectRoot } from '../harness/paths';
import { memoryWorkspace } from './memory';

const ini = '[alembic]\nscript_location = db\n';
const env = 'from alembic import context\n';
const model = 'from sqlalchemy import Column, Integer\nclass T(Base):\n    __tablename__ = "t"\n    id = Column(Integer, primary_key=True)\n';

describe('Supabase projects', () => {
  it('are found by config.toml or by migrations, from any folder below', async () => {
    const both = memoryWorkspace({ '/r/.git/HEAD': '', '/r/supabase/config.toml': '', '/r/supabase/migrations/1_a.sql': '', '/r/web/src/a.ts': '' });
    const found = await findSupabase(both, '/r/web/src');
    assert.deepEqual(found, { kind: 'supabase', root: '/r', configPath: '/r/supabase/config.toml', migrationsFolder: '/r/supabase/migrations' });
    assert.deepEqual(await findSupabase(both, '/r/supabase/migrations'), found);
    assert.equal((await findSupabase(memoryWorkspace({ '/r/supabase/migrations/1_a.sql': '' }), '/r'))?.configPath, null);
    assert.equal(await findSupabase(memoryWorkspace({ '/r/supabase/functions/a.ts': '' }), '/r'), null);
  });

  it('are not looked for outside of the repository', async () => {
    const workspace = memoryWorkspace({ '/supabase/config.toml': '', '/home/r/.git/HEAD': '', '/home/r/app/a.py': '' });
    assert.equal(await findSupabase(workspace, '/home/r/app'), null);
    assert.equal((await findSupabase(workspace, '/home'))?.root, '/');
  });

  it('are all found below a folder, but not in other people’s code', async () => {
    const workspace = memoryWorkspace({ '/w/a/supabase/config.toml': '', '/w/b/supabase/migrations/1_a.sql': '', '/w/node_modules/x/supabase/config.toml': '', '/w/.next/supabase/config.toml': '' });
    assert.deepEqual((await findAllProjects(workspace, '/w')).supabase.map(({ root }) => root), ['/w/a', '/w/b']);
  });

  it('are known to the Alembic project that lies beside them', async () => {
    const beside = memoryWorkspace({ '/r/.git/HEAD': '', '/r/supabase/config.toml': '', '/r/backend/alembic.ini': ini, '/r/backend/db/env.py': env });
    const found = await findProject(beside, '/r/backend');
    assert.ok(isProject(found));
    assert.equal(found.supabase?.root, '/r');
    assert.deepEqual((await findProjects(beside, '/r')).map(({ supabase }) => supabase?.root), ['/r']);
    assert.deepEqual((await findAllProjects(beside, '/r')).supabase, []);
    const alone = await findProject(memoryWorkspace({ '/r/.git/HEAD': '', '/r/alembic.ini': ini, '/r/db/env.py': env }), '/r');
    assert.ok(isProject(alone) && alone.supabase === undefined);
  });

  it('have the models below them, and imports start where Python projects do', async () => {
    const workspace = memoryWorkspace({ '/r/.git/HEAD': '', '/r/supabase/config.toml': '', '/r/api/pyproject.toml': '', '/r/api/src/shop/models.py': model, '/r/api/tests/models.py': model });
    const supabase = await findSupabase(workspace, '/r');
    assert.ok(supabase !== null);
    const home = await supabaseModels(workspace, supabase);
    assert.deepEqual(home.sysPath, ['/r', '/r/api', '/r/api/src']);
    assert.deepEqual((await findModelFiles(workspace, home)).files, ['/r/api/src/shop/models.py']);
  });

  it('replay their files, with what could not be followed in its place', async () => {
    const supabase = await findSupabase(disk, `${projectRoot}/test/projects/supabase`);
    assert.ok(supabase !== null);
    const history = await loadSupabaseHistory(disk, supabase);
    assert.deepEqual(history.value.map(({ version }) => version), ['20240311093000', '20240402141700']);
    assert.deepEqual(history.problems, []);
    const { value, problems } = await loadSupabaseReplay(disk, history.value);
    assert.deepEqual(problems, []);
    assert.deepEqual(value.tables.map(({ name }) => name).sort(), ['ingredient', 'profile', 'recipe']);
    assert.deepEqual(value.unknown, []);

    const files = { '/m/1_a.sql': 'create table a (id int);\n\ncreate table b (like z);', '/m/2_b.sql': 'create tabel c (id int);\nalter table a add column n text;' };
    const read = await loadSupabaseReplay(memoryWorkspace(files), Object.keys(files).map((path) => ({ version: path.slice(3, 4), name: path.slice(5, 6), path })));
    assert.deepEqual(read.value.tables.map(({ name, columns }) => [name, columns.length]), [['a', 2], ['b', 0]]);
    assert.deepEqual(read.problems.map(({ code, at }) => [code, at?.path, at?.range.start]), [['sql-syntax', '/m/2_b.sql', 7]]);
    assert.deepEqual(read.value.unknown[0]?.at?.range, { start: 26, end: 49 });
  });
});
