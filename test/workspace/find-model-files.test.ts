import assert from 'node:assert/strict';
import { isProject } from '../../src/engine/project/read-project';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { findModelFiles } from '../../src/workspace/load-models';
import type { ModelFiles } from '../../src/workspace/load-models';
import type { Workspace } from '../../src/workspace/workspace';
import { projectRoot } from '../harness/paths';
import { memoryWorkspace } from './memory';

const base = 'from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\n';
const model = (module: string, name: string): string => `from ${module} import Base\nclass ${name}(Base):\n    __tablename__ = "${name.toLowerCase()}"\n`;
const env = (imports: string, target = 'Base.metadata'): string => `from alembic import context\n${imports}\ncontext.configure(connection=1, target_metadata=${target})\n`;
const ini = '[alembic]\nscript_location = db\nprepend_sys_path = .\n';

describe('finding model files', () => {
  it('takes the files that declare tables, and no others', async () => {
    const { files, roots } = await find({
      '/r/alembic.ini': ini, '/r/db/env.py': env('from app.models import Base'), '/r/db/script.py.mako': '', '/r/db/versions/x.py': 'op.create_table("x", sa.Column("a"))',
      '/r/app/__init__.py': '', '/r/app/models/__init__.py': 'from .base import Base\nfrom . import a\n', '/r/app/models/base.py': base, '/r/app/models/a.py': model('app.models.base', 'A'),
      '/r/app/main.py': 'print(1)', '/r/app/tables.py': 'from sqlalchemy import Table, MetaData\nt = Table("t", metadata)\n',
      '/r/tests/test_a.py': model('app.models.base', 'T'), '/r/app/test_b.py': model('app.models.base', 'T'), '/r/conftest.py': model('app.models.base', 'T'),
      '/r/.venv/lib/x.py': model('y', 'Y'), '/r/env/pyvenv.cfg': '', '/r/env/lib/x.py': model('y', 'Y'),
    });
    assert.deepEqual(files, ['/r/app/models/a.py', '/r/app/tables.py']);
    assert.deepEqual(roots, ['/r']);
  });

  it('infers where imports start', async () => {
    const { roots } = await find({ '/r/alembic.ini': '[alembic]\nscript_location = db\nprepend_sys_path = lib\n', '/r/db/env.py': env(''), '/r/src/shop/__init__.py': '', '/r/src/shop/db/__init__.py': '', '/r/src/shop/db/models.py': base + model('x', 'A') });
    assert.deepEqual(roots, ['/r/lib', '/r', '/r/src']);
  });

  it('leaves out models of another metadata', async () => {
    const files = {
      '/r/alembic.ini': ini, '/r/db/env.py': env('from shop.base import Base\nimport shop.order'),
      '/r/shop/base.py': base, '/r/shop/order.py': model('shop.base', 'Order'), '/r/shop/forgotten.py': model('shop.base', 'Forgotten'),
      '/r/other/base.py': base, '/r/other/thing.py': model('other.base', 'Thing'),
    };
    assert.deepEqual((await find(files)).files, ['/r/shop/forgotten.py', '/r/shop/order.py']);
    const unnamed = { ...files, '/r/db/env.py': env('', 'load()') };
    assert.deepEqual((await find(unnamed)).files, ['/r/other/thing.py', '/r/shop/forgotten.py', '/r/shop/order.py']);
  });

  it('takes all where the metadata is a library’s', async () => {
    const { files } = await find({ '/r/alembic.ini': ini, '/r/db/env.py': env('from sqlmodel import SQLModel', 'SQLModel.metadata'), '/r/a.py': 'class A(SQLModel, table=True):\n    pass\n', '/r/b.py': base + model('x', 'B'), '/r/c.py': base });
    assert.deepEqual(files, ['/r/a.py', '/r/b.py']);
  });

  it('looks above a configuration that lies apart, no further than the repository', async () => {
    const files = { '/r/.git/HEAD': '', '/r/deploy/alembic.ini': ini, '/r/deploy/db/env.py': env(''), '/r/app/models.py': base + model('x', 'A'), '/elsewhere.py': model('x', 'B') };
    assert.deepEqual((await find(files, '/r/deploy')).files, ['/r/app/models.py']);
  });

  it('looks above it in a Python project that is in no repository', async () => {
    const files = { '/r/pyproject.toml': '', '/r/src/shop/db/alembic.ini': ini, '/r/src/shop/db/db/env.py': env(''), '/r/src/shop/models.py': base + model('x', 'A'), '/q/models.py': base + model('x', 'B') };
    assert.deepEqual((await find(files, '/r/src/shop/db')).files, ['/r/src/shop/models.py']);
  });

  it('leaves alone what lies beside a project that is in no repository', async () => {
    const workspace = memoryWorkspace({ '/tmp/p/alembic.ini': ini, '/tmp/p/db/env.py': env('', 'None'), '/tmp/q/models.py': base + model('x', 'A'), '/tmp/q/r/s.py': '' });
    const listed: string[] = [];
    const watched: Workspace = { ...workspace, list: (folder) => (listed.push(folder), workspace.list(folder)) };
    assert.deepEqual((await find(watched, '/tmp/p')).files, []);
    assert.deepEqual(listed.filter((folder) => folder.startsWith('/tmp/q')), []);
  });

  it('does not take a repository of everything for the project', async () => {
    const files = { '/home/me/.git/HEAD': '', '/home/me/code/p/alembic.ini': ini, '/home/me/code/p/db/env.py': env('') };
    const home = (files: Readonly<Record<string, string>>): Workspace => {
      const near = memoryWorkspace(files);
      const others = Array.from({ length: 3_100 }, (_, index) => `other_${index}/`);
      const isOther = (path: string): boolean => path.startsWith('/home/me/other_');
      return {
        ...near,
        list: async (folder) => (isOther(folder) ? ['models.py'] : [...(await near.list(folder)), ...(folder === '/home/me' ? others : [])]),
        read: async (path) => (isOther(path) ? model('x', 'Other') : near.read(path)),
      };
    };
    assert.deepEqual((await find(home(files), '/home/me/code/p')).files, []);
    assert.deepEqual((await find(home({ ...files, '/home/me/code/models.py': model('x', 'Near') }), '/home/me/code/p')).files, ['/home/me/code/models.py']);
  });

  it('finds the samples’ models', async () => {
    const inProject = async (name: string, section: string | null = null): Promise<readonly string[]> => {
      const root = `${projectRoot}/test/projects/${name}`;
      return (await find(disk, root, section)).files.map((path) => path.slice(root.length + 1));
    };
    assert.deepEqual(await inProject('scraper'), ['batch_job', 'contact', 'domain', 'job', 'local_business', 'place', 'sitemap'].map((name) => `app/models/${name}.py`).concat((await inProject('scraper')).filter((path) => path.endsWith('mixins.py'))).sort());
    assert.deepEqual(await inProject('two-databases', 'billing'), ['models/billing.py']);
    assert.deepEqual(await inProject('two-databases', 'orders'), ['models/orders.py']);
    assert.deepEqual(await inProject('pyproject-only'), ['src/shop/models.py']);
  });
});

async function find(files: Readonly<Record<string, string>> | Workspace, start = '/r', section: string | null = null): Promise<ModelFiles> {
  const workspace = typeof files['read'] === 'function' ? (files as Workspace) : memoryWorkspace(files as Readonly<Record<string, string>>);
  const project = await findProject(workspace, start, { section });
  assert.ok(isProject(project), JSON.stringify(project));
  return findModelFiles(workspace, project);
}
