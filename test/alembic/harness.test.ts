/** The ground the Alembic tests stand on: the pinned Alembic runs on a real server. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';

describe('real Alembic', () => {
  let python: PythonEnvironment;
  let server: PostgresServer;
  const project = temporaryFolder('alembic');

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  it('makes and applies a revision', async () => {
    await python.alembic(project, ['init', 'migrations']);
    await python.run(['-c', `
import pathlib
path = pathlib.Path('migrations/env.py')
path.write_text(path.read_text().replace('config = context.config', 'import os\\nconfig = context.config\\nconfig.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"])'))
`], { cwd: project });
    const databaseUrl = server.url();
    await python.alembic(project, ['revision', '-m', 'first'], { databaseUrl });
    await python.alembic(project, ['upgrade', 'head'], { databaseUrl });
    assert.equal((await server.query('select version_num from alembic_version')).rowCount, 1);
    assert.match((await python.alembic(project, ['current'], { databaseUrl })).stdout, /\(head\)/);
  });

  it('tells a failure from a success', async () => {
    const { code, stderr } = await python.tryAlembic(project, ['upgrade', 'nowhere'], { databaseUrl: server.url() });
    assert.equal(code, 255);
    assert.match(stderr, /Can't locate revision/);
    await assert.rejects(python.alembic(project, ['upgrade', 'nowhere'], { databaseUrl: server.url() }), /Can't locate revision/);
  });

  it('runs programs at the same time, each for itself, as Python would', async () => {
    const file = path.join(project, 'said.py');
    writeFileSync(file, `import os, sys, time
print(__name__, sys.argv[0] == __file__, os.getcwd(), os.environ.get("MARK"), getattr(os, "mark", "new"))
os.mark = "used"
time.sleep(float(os.environ["PAUSE"]))
text = sys.stdin.read()
print(len(text), file=sys.stderr)
sys.stdout.write(text)
if text.startswith("fail"):
    sys.exit("as it was told to")
`);
    const long = 'é'.repeat(300_000);
    const [first, second] = await Promise.all([
      python.script(file, { cwd: project, input: long, env: { MARK: 'a', PAUSE: '0.5' } }),
      python.script(file, { cwd: path.dirname(project), input: 'b', env: { MARK: 'b', PAUSE: '0' } }),
    ]);
    assert.deepEqual(first, { code: 0, stdout: `__main__ True ${project} a new\n${long}`, stderr: '300000\n' });
    assert.equal(second.stdout, `__main__ True ${path.dirname(project)} b new\nb`);
    await assert.rejects(python.script(file, { input: 'fail', env: { PAUSE: '0' } }), /exit code 1[^]*as it was told to/);
  });
});
