import assert from 'node:assert/strict';
import { findDeploySteps } from '../../src/workspace/find-deploy-steps';
import { memoryWorkspace } from './memory';

describe('looking through a repository for deploy steps', () => {
  const upgrade = 'alembic upgrade head\n';
  const workspace = memoryWorkspace({
    '/repo/.github/workflows/deploy.yml': `jobs:\n  ship:\n    steps:\n      - run: ${upgrade}`,
    '/repo/.gitlab-ci.yml': `ship:\n  script:\n    - ${upgrade}`,
    '/repo/backend/scripts/prestart.sh': upgrade,
    '/repo/backend/app/prestart.py': 'from alembic import command\ncommand.upgrade(config, "head")\n',
    '/repo/backend/app/other.py': 'def upgrade():\n    "head"\n',
    '/repo/backend/migrations/env.py': 'from alembic import command\ncommand.upgrade(config, "head")\n',
    '/repo/backend/migrations/versions/1.sh': upgrade,
    '/repo/node_modules/x/start.sh': upgrade,
    '/repo/backend/.venv/bin/start.sh': upgrade,
    '/repo/uv.lock': '',
    '/repo/README.md': upgrade,
  });
  const search = { workspace, root: '/repo', leaveOut: ['/repo/backend/migrations'] };

  it('finds those of hidden folders, scripts and Python, and none of migrations and of others’ code', async () => {
    const { steps } = await findDeploySteps(search);
    assert.deepEqual(steps.map(({ at, line }) => `${at.path}:${line}`), ['/repo/.github/workflows/deploy.yml:4', '/repo/.gitlab-ci.yml:3', '/repo/backend/app/prestart.py:2', '/repo/backend/scripts/prestart.sh:1']);
  });

  it('tells which files a proposal may go by', async () => {
    const { paths } = await findDeploySteps(search);
    assert.deepEqual([...paths].sort(), ['.github/workflows/deploy.yml', '.gitlab-ci.yml', 'backend/scripts/prestart.sh', 'uv.lock']);
  });

  it('ends when it is not wanted any more', async () => {
    const controller = new AbortController();
    const found = findDeploySteps({ ...search, signal: controller.signal });
    controller.abort();
    await assert.rejects(found, { name: 'AbortError' });
  });
});
