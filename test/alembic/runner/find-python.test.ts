/** Which Python a project's Alembic is run in: real environments, some with Alembic and some without. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatMessage } from '../../../src/engine/text/problem';
import { findPython } from '../../../src/runner/find-python';
import type { PythonFound, PythonSearch } from '../../../src/runner/find-python';
import { runCli } from '../../cli/run-cli';
import { pythonEnvironment } from '../../harness/python';
import type { PythonEnvironment } from '../../harness/python';
import { temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { withEnvironment } from './projects';

describe('the Python of a project', function () {
  let python: PythonEnvironment;
  /** An environment with Alembic, and one without. */
  let good: string;
  let bare: string;

  before(async function () {
    if (process.platform === 'win32') this.skip();
    python = await need(this, pythonEnvironment());
    good = path.dirname(path.dirname(python.interpreter));
    bare = path.join(temporaryFolder('bare'), 'venv');
    await python.run(['-m', 'venv', '--without-pip', bare]);
  });

  /** A repository with a project in it; nothing on the PATH but what is put there. */
  function place(files: Readonly<Record<string, string>> = {}): { readonly repository: string; readonly root: string; readonly find: (search?: Partial<PythonSearch>) => Promise<PythonFound> } {
    const repository = temporaryFolder('find');
    const root = path.join(repository, 'services', 'api');
    mkdirSync(root, { recursive: true });
    mkdirSync(path.join(repository, '.git'));
    mkdirSync(path.join(repository, 'bin'));
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(path.join(repository, file), text);
      if (file.startsWith('bin/')) chmodSync(path.join(repository, file), 0o755);
    }
    const find = (search: Partial<PythonSearch> = {}): Promise<PythonFound> =>
      withEnvironment({ PATH: `${repository}/bin` }, () => findPython({ project: { root }, env: {}, ...search }));
    return { repository, root, find };
  }
  const found = (result: PythonFound): string => {
    assert.equal(result.kind, 'found', result.kind === 'none' ? formatMessage(result.reason) : '');
    assert.match(result.python.alembic, /^1\.\d+/);
    return result.python.source;
  };
  const reason = (result: PythonFound): string => (result.kind === 'none' ? formatMessage(result.reason) : `found ${result.python.path}`);

  it('is the named one, and no other', async () => {
    const { root, find } = place();
    symlinkSync(good, path.join(root, '.venv'));
    assert.equal(found(await find({ named: { path: python.interpreter, source: '--python' } })), '--python');
    assert.equal(found(await find({ named: { path: good, source: 'setting' } })), 'setting', 'a whole environment');
    assert.match(reason(await find({ named: { path: path.join(bare, 'bin', 'python'), source: '--python' } })), /bin\/python \(--python\) can’t be used: has no Alembic \(ModuleNotFoundError: No module named '(sqlalchemy|alembic)'\)\. Name the interpreter/);
    assert.match(reason(await find({ named: { path: '/nowhere/python', source: 'alembicReview.pythonPath' } })), /can’t be run: .*ENOENT/);
    assert.match(reason(await find({ named: { path: '/bin/cat', source: '--python' } })), /can’t be run/);
  });

  it('is the one chosen in the editor before that of a folder', async () => {
    const { root, find } = place();
    symlinkSync(good, path.join(root, 'venv'));
    assert.equal(found(await find({ chosen: python.interpreter })), 'chosen in the Python extension');
    assert.equal(found(await find({ chosen: path.join(bare, 'bin', 'python') })), 'venv', 'without Alembic it is passed over');
  });

  it('is that of a virtual environment beside the project or above, within the repository', async () => {
    const { repository, root, find } = place();
    symlinkSync(good, path.join(repository, '.venv'));
    assert.equal(found(await find()), '.venv');
    symlinkSync(bare, path.join(root, '.venv'));
    assert.equal(found(await find()), '.venv', 'the nearer one has no Alembic');
    const { root: other, find: findOther } = place();
    mkdirSync(path.join(other, '.git'));
    symlinkSync(good, path.join(path.dirname(other), '.venv'));
    assert.match(reason(await findOther()), /No Python with Alembic was found/, 'what lies above the repository is not the project’s');
    symlinkSync(good, path.join(other, 'env-of-uv'));
    assert.equal(found(await findOther({ env: { UV_PROJECT_ENVIRONMENT: 'env-of-uv' } })), 'env-of-uv');
  });

  it('is what poetry, pipenv and PDM say, where the project uses them', async () => {
    const poetry = `#!/bin/sh\n[ "$*" = "env info -p" ] && [ -f poetry.lock ] && echo ${good}\n`;
    assert.equal(found(await place({ 'bin/poetry': poetry, 'poetry.lock': '' }).find()), 'poetry');
    assert.match(reason(await place({ 'bin/poetry': poetry }).find()), /There is no Python at all|python3 \(on the PATH\)/);
    assert.equal(found(await place({ 'bin/pipenv': `#!/bin/sh\n[ "$*" = "--venv" ] && [ -f Pipfile ] && echo ${good}\n`, Pipfile: '' }).find()), 'pipenv');
    assert.equal(found(await place({ '.pdm-python': `${python.interpreter}\n` }).find()), 'PDM');
    assert.match(reason(await place({ Pipfile: '', 'poetry.lock': '' }).find()), /can’t be run/, 'neither is installed');
  });

  it('is what hatch and conda say, where the project uses them, and pyenv’s choice without its shims on the PATH', async () => {
    const hatch = `#!/bin/sh\n[ "$*" = "env find" ] && echo ${good}\n`;
    assert.equal(found(await place({ 'bin/hatch': hatch, 'hatch.toml': '' }).find()), 'hatch');
    assert.equal(found(await place({ 'bin/hatch': hatch, 'pyproject.toml': '[project]\nname = "x"\n\n[tool.hatch.envs.default]\n' }).find()), 'hatch');
    assert.match(reason(await place({ 'bin/hatch': hatch, 'pyproject.toml': '[project]\nname = "[tool.hatch"\n' }).find()), /python3 \(on the PATH\)/);
    const conda = place({ 'bin/conda': '', 'environment.yml': 'name: shop # ours\ndependencies: []\n' });
    mkdirSync(path.join(conda.repository, 'envs'));
    symlinkSync(good, path.join(conda.repository, 'envs', 'shop'));
    writeFileSync(path.join(conda.repository, 'bin', 'conda'), `#!/bin/sh\n[ "$*" = "env list --json" ] && echo '{"envs": ["/opt/conda", "${conda.repository}/envs/other-shop", "${conda.repository}/envs/shop"]}'\n`);
    assert.equal(found(await conda.find()), 'conda');
    writeFileSync(path.join(conda.repository, 'bin', 'conda'), '#!/bin/sh\necho broken\n');
    assert.match(reason(await conda.find()), /python3 \(on the PATH\)/);
    // A shim chooses by the file in the folder where it is run, as pyenv's does.
    const pyenv = place({ '.python-version': '3.12\n' });
    const shims = path.join(pyenv.repository, 'pyenv', 'shims');
    mkdirSync(shims, { recursive: true });
    writeFileSync(path.join(shims, 'python'), `#!/bin/sh\n[ "$(/bin/cat ../../.python-version)" = 3.12 ] && exec ${python.interpreter} "$@"\n`);
    chmodSync(path.join(shims, 'python'), 0o755);
    const chosen = await pyenv.find({ env: { PYENV_ROOT: path.dirname(shims) } });
    assert.equal(found(chosen), 'pyenv');
    assert.equal(chosen.kind === 'found' && chosen.python.path, python.interpreter, 'the program behind the shim');
  });

  it('is that of folders that are called otherwise, and where Windows has it', async () => {
    for (const name of ['env', '.pixi/envs/default']) {
      const { root, find } = place();
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      symlinkSync(good, path.join(root, name));
      assert.equal(found(await find()), name);
    }
    const program = `#!/bin/sh\nexec ${python.interpreter} "$@"\n`;
    for (const [place_, folder] of [['.venv/Scripts/python.exe', '.venv'], ['venv/python.exe', 'venv']] as const) {
      const { root, find } = place();
      mkdirSync(path.dirname(path.join(root, place_)), { recursive: true });
      writeFileSync(path.join(root, place_), program);
      chmodSync(path.join(root, place_), 0o755);
      assert.equal(found(await find({ platform: 'win32' })), folder);
      assert.equal(found(await find({ platform: 'win32', named: { path: path.join(root, folder), source: 'setting' } })), 'setting');
      assert.match(reason(await find()), /python3 \(on the PATH\)/, 'and nowhere else');
    }
    const launcher = place({ 'bin/py': program });
    assert.equal(found(await launcher.find({ platform: 'win32' })), 'on the PATH');
  });

  it('is that of the activated environment, then what is on the PATH', async () => {
    const { find } = place();
    assert.equal(found(await find({ env: { VIRTUAL_ENV: good, CONDA_PREFIX: bare } })), 'VIRTUAL_ENV');
    assert.equal(found(await find({ env: { VIRTUAL_ENV: bare, CONDA_PREFIX: good } })), 'CONDA_PREFIX');
    const shim = place({ 'bin/python3': `#!/bin/sh\nexec ${python.interpreter} "$@"\n` });
    const result = await shim.find();
    assert.equal(found(result), 'on the PATH');
    assert.equal(result.kind === 'found' && result.python.path, python.interpreter, 'the program behind the shim');
  });

  it('is not misled by a project’s own folders', async () => {
    const { root, find } = place();
    for (const folder of ['alembic', 'sqlalchemy']) {
      mkdirSync(path.join(root, folder));
      writeFileSync(path.join(root, folder, '__init__.py'), '__version__ = "mine"\n');
    }
    writeFileSync(path.join(root, 'json.py'), 'raise SystemExit(1)\n');
    assert.match(found(await find({ chosen: python.interpreter })), /chosen/);
    assert.match(reason(await find({ chosen: path.join(bare, 'bin', 'python') })), /has no Alembic/);
  });

  it('is nowhere, and what was tried and what to do is said by the command line', async () => {
    const { root, repository } = place({ 'bin/python3': `#!/bin/sh\nexec ${path.join(bare, 'bin', 'python')} "$@"\n` });
    mkdirSync(path.join(root, 'migrations', 'versions'), { recursive: true });
    writeFileSync(path.join(root, 'alembic.ini'), '[alembic]\nscript_location = migrations\n');
    writeFileSync(path.join(root, 'migrations', 'env.py'), '');
    writeFileSync(path.join(root, 'migrations', 'versions', 'a.py'), 'revision = "a"\ndown_revision = None\n');
    const { code, out, err } = await withEnvironment({ PATH: `${repository}/bin` }, () => runCli(['compare', 'migrations/versions/a.py', '--database', 'postgresql://127.0.0.1:1/x'], { cwd: root }));
    assert.deepEqual([code, out], [4, '']);
    assert.match(err, /No Python with Alembic was found for .*services\/api\. Tried: python3 \(on the PATH\): has no Alembic \(ModuleNotFoundError.*\)\. python \(on the PATH\): can’t be run: .*\. Install the project’s requirements into a virtual environment \(\.venv\) beside it, or name the interpreter: setting alembicReview\.pythonPath, option --python\./);
  });

  it('answers a cancel', async () => {
    const { find } = place({ 'bin/python3': '#!/bin/sh\nexec /bin/sleep 60\n' });
    const controller = new AbortController();
    const finding = find({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 300);
    const started = Date.now();
    await assert.rejects(finding, /enough/);
    assert.ok(Date.now() - started < 3_000);
  });
});
