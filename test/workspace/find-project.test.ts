import assert from 'node:assert/strict';
import type { NoProject, Project } from '../../src/engine/project/project';
import { isProject } from '../../src/engine/project/read-project';
import { formatMessage } from '../../src/engine/text/problem';
import { disk } from '../../src/workspace/disk';
import { findProject, findProjects } from '../../src/workspace/find-project';
import { projectRoot } from '../harness/paths';
import { memoryWorkspace } from './memory';

const env = 'from alembic import context\ncontext.configure(connection=1)\n';

describe('finding the project', () => {
  it('goes upwards to the nearest configuration', async () => {
    const workspace = memoryWorkspace({ '/r/alembic.ini': '[alembic]\nscript_location = other\n', '/r/b/alembic.ini': '[alembic]\nscript_location = db\n', '/r/b/db/env.py': env, '/r/b/app/models/x.py': '' });
    const project = must(await findProject(workspace, '/r/b/app/models'));
    assert.equal(project.configPath, '/r/b/alembic.ini');
    assert.equal(project.root, '/r/b');
    assert.equal(project.scriptLocation, '/r/b/db');
    assert.deepEqual(project.versionLocations, ['/r/b/db/versions']);
    assert.equal(project.env.path, '/r/b/db/env.py');
    assert.deepEqual(project.problems, []);
  });

  it('passes over a pyproject.toml that does not speak of Alembic', async () => {
    const workspace = memoryWorkspace({ '/r/pyproject.toml': '[tool.alembic]\nscript_location = "db"\n', '/r/db/env.py': env, '/r/lib/pyproject.toml': '[project]\nname = "alembic-lib"\n' });
    assert.equal(must(await findProject(workspace, '/r/lib')).configPath, '/r/pyproject.toml');
  });

  it('takes a path as given, and the section', async () => {
    const workspace = memoryWorkspace({ '/r/conf/db.ini': '[one]\nscript_location = %(here)s/1\n[two]\nscript_location = %(here)s/2\n', '/r/conf/1/env.py': env, '/r/conf/2/env.py': env });
    assert.equal(must(await findProject(workspace, '/r', { configPath: 'conf/db.ini', section: 'two' })).scriptLocation, '/r/conf/2');
    assert.match(reason(await findProject(workspace, '/r', { configPath: 'conf/db.ini' })), /several environments: one, two/);
    assert.match(reason(await findProject(workspace, '/r', { configPath: 'conf/db.ini', section: 'three' })), /no section \[three\]/);
    assert.match(reason(await findProject(workspace, '/r', { configPath: 'nowhere.ini' })), /nowhere\.ini does not exist/);
  });

  it('follows a location that is written from the folder above', async () => {
    const workspace = memoryWorkspace({ '/r/backend/alembic.ini': '[alembic]\nscript_location = backend/migrations\nprepend_sys_path = backend\n', '/r/backend/migrations/env.py': env });
    const project = must(await findProject(workspace, '/r/backend'));
    assert.equal(project.scriptLocation, '/r/backend/migrations');
    assert.equal(project.runsIn, '/r');
    assert.deepEqual(project.sysPath, ['/r/backend']);
  });

  it('knows Flask-Migrate’s folder', async () => {
    const workspace = memoryWorkspace({ '/r/migrations/alembic.ini': '# A generic, single database configuration.\n\n[alembic]\n# file_template\n', '/r/migrations/env.py': env, '/r/app.py': '' });
    for (const project of [must(await findProject(workspace, '/r')), (await findProjects(workspace, '/'))[0]!]) {
      assert.equal(project.root, '/r');
      assert.equal(project.scriptLocation, '/r/migrations');
      assert.deepEqual(project.versionLocations, ['/r/migrations/versions']);
    }
  });

  it('finds a package below src', async () => {
    const workspace = memoryWorkspace({ '/r/alembic.ini': '[alembic]\nscript_location = app.db:migrations\n', '/r/src/app/db/migrations/env.py': env });
    assert.equal(must(await findProject(workspace, '/r')).scriptLocation, '/r/src/app/db/migrations');
  });

  it('says why there is none', async () => {
    assert.match(reason(await findProject(memoryWorkspace({ '/r/x.py': '' }), '/r')), /Neither alembic\.ini nor a pyproject\.toml/);
    assert.match(reason(await findProject(memoryWorkspace({ '/r/alembic.ini': '[alembic]\nscript_location = gone\n' }), '/r')), /`gone` of \/r\/alembic\.ini does not exist/);
    assert.match(reason(await findProject(memoryWorkspace({ '/r/alembic.ini': '[other]\nx = 1\n' }), '/r')), /no `script_location` under \[alembic\]/);
    assert.match(reason(await findProject(memoryWorkspace({ '/r/alembic.ini': '[alembic]\nscript_location = %(nope)s/db\n' }), '/r')), /`%\(nope\)s`/);
  });

  it('tells what Alembic would refuse, and never a password', async () => {
    const workspace = memoryWorkspace({ '/r/alembic.ini': '[alembic]\nscript_location = db\nsqlalchemy.url = postgresql://u:se%cret@h/d\ntruncate_slug_length = long\n[alembic]\n', '/r/db/versions/x.py': '' });
    const project = must(await findProject(workspace, '/r'));
    assert.equal(project.url, null);
    assert.deepEqual((project.problems ?? []).map((problem) => problem.code).sort(), ['config-option', 'env-file', 'ini-interpolation', 'ini-syntax']);
    assert.ok(!JSON.stringify(project.problems).includes('cret'));
    const percent = project.problems?.find((problem) => problem.code === 'ini-interpolation');
    assert.match(formatMessage(percent!.message), /Write `%%`/);
    assert.equal(percent!.at?.path, '/r/alembic.ini');
  });

  it('places a TOML error', async () => {
    const workspace = memoryWorkspace({ '/r/alembic.ini': '[alembic]\nscript_location = db\n', '/r/db/env.py': env, '/r/pyproject.toml': '[tool.alembic]\nx = = 1\n' });
    const [problem] = must(await findProject(workspace, '/r')).problems ?? [];
    assert.equal(problem?.code, 'toml-syntax');
    assert.deepEqual(problem?.at, { path: '/r/pyproject.toml', range: { start: 19, end: 20 } });
  });

  it('finds the sample projects, the two databases apart', async () => {
    const root = `${projectRoot}/test/projects`;
    const found = await findProjects(disk, root);
    const names = found.map((project) => `${project.configPath.slice(root.length + 1)} ${project.section}`);
    for (const name of ['branched/alembic.ini alembic', 'broken/alembic.ini alembic', 'healthy/alembic.ini alembic', 'pyproject-only/pyproject.toml alembic', 'scraper/alembic.ini alembic', 'two-databases/alembic.ini orders', 'two-databases/alembic.ini billing']) assert.ok(names.includes(name), `${name} in ${names.join(', ')}`);
  });

  it('skips what is not the project’s own', async () => {
    const ini = '[alembic]\nscript_location = db\n';
    const workspace = memoryWorkspace({ '/r/a/alembic.ini': ini, '/r/a/db/env.py': env, '/r/node_modules/x/alembic.ini': ini, '/r/node_modules/x/db/env.py': env, '/r/.venv/alembic.ini': ini, '/r/.venv/db/env.py': env, '/r/py/pyvenv.cfg': '', '/r/py/alembic.ini': ini, '/r/py/db/env.py': env });
    assert.deepEqual((await findProjects(workspace, '/r')).map((project) => project.root), ['/r/a']);
  });
});

function must(found: Project | NoProject): Project {
  assert.ok(isProject(found), JSON.stringify(found));
  return found;
}

function reason(found: Project | NoProject): string {
  assert.ok(!isProject(found));
  return formatMessage(found.reason);
}
