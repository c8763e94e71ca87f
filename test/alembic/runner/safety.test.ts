/** What must never happen when a project's own Python is run: another database, a write, a password in the open, a process left behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isProject } from '../../../src/engine/project/read-project';
import { autogenerateByAlembic } from '../../../src/runner/autogenerate';
import { disk } from '../../../src/workspace/disk';
import { findProject } from '../../../src/workspace/find-project';
import type { CliResult } from '../../cli/run-cli';
import { open } from '../../database/opened';
import { startProxy } from '../../database/proxy';
import { startPostgres } from '../../harness/postgres';
import type { PostgresServer } from '../../harness/postgres';
import { projectRoot } from '../../harness/paths';
import { mustRun, waitFor } from '../../harness/processes';
import { pythonEnvironment } from '../../harness/python';
import type { PythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { compareIn, contentOf, databaseOf, newProject, withEnvironment } from './projects';

describe('running the project’s Alembic', () => {
  let server: PostgresServer;
  let elsewhere: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    elsewhere = await need(this, startPostgres({ settings: { log_statement: 'all' } }));
  });
  after(() => Promise.all([server?.stop(), elsewhere?.stop()]));

  const ownUrl = (env: string): string => env.replace('config = context.config', 'import os\n\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", os.environ["OWN_URL"].replace("%", "%%"))');

  for (const [template, driver] of [['generic', 'psycopg2'], ['generic', 'psycopg'], ['async', 'asyncpg']] as const) {
    it(`refuses an env.py that opens another server (${template}, ${driver}), before any statement`, async () => {
      const chosen = await databaseOf(server, `chosen_${driver}`);
      const other = await databaseOf(elsewhere, `chosen_${driver}`);
      const project = await newProject(python, template, ownUrl);
      const before = await contentOf(elsewhere, `chosen_${driver}`);
      const logged = elsewhere.log().length;
      const { code, out, err } = await withEnvironment({ OWN_URL: other.url(driver) }, () => compareIn(project, ['--database', chosen.url(), '--python', python.interpreter]));
      assert.deepEqual([code, out], [4, '']);
      assert.match(err, new RegExp(`env\\.py opens chosen_${driver}@127\\.0\\.0\\.1:${elsewhere.port}/chosen_${driver}, and not the chosen database chosen_${driver}@127\\.0\\.0\\.1:${server.port}/chosen_${driver}\\.`));
      assert.match(err, /config\.get_main_option\("sqlalchemy\.url"\)/);
      assert.doesNotMatch(err, /p%40|p%2540|Traceback/);
      assert.deepEqual(await contentOf(elsewhere, `chosen_${driver}`), before);
      const statements = elsewhere.log().slice(logged).split('\n').filter((line) => /(statement|execute [^:]*): /.test(line) && !/pg_stat_get_tuples/.test(line)).map((line) => line.replace(/.*(statement|execute [^:]*): /, ''));
      assert.deepEqual(statements.filter((statement) => !/^(BEGIN|ROLLBACK|SELECT pg_catalog\.pg_try_advisory_xact_lock)/.test(statement)), []);
      assert.ok(statements.some((statement) => statement.startsWith('SELECT pg_catalog.pg_try_advisory_xact_lock')), 'the log shows what is asked');
    });
  }

  it('refuses another database of the same server, and one that is no PostgreSQL', async () => {
    const chosen = await databaseOf(server, 'this_one');
    const other = await databaseOf(server, 'that_one');
    const project = await newProject(python, 'generic', ownUrl);
    const that = await withEnvironment({ OWN_URL: other.url('psycopg') }, () => compareIn(project, ['--database', chosen.url(), '--python', python.interpreter]));
    assert.match(that.err, /opens that_one@127\.0\.0\.1:\d+\/that_one, and not the chosen database this_one@/);
    const lite = await withEnvironment({ OWN_URL: 'sqlite://' }, () => compareIn(project, ['--database', chosen.url(), '--python', python.interpreter]));
    assert.equal(lite.code, 4);
    assert.match(lite.err, /not the chosen database.*could not be asked/);
  });

  it('takes the same database by another name, with an env.py that prints and reads', async () => {
    const chosen = await databaseOf(server, 'by_another_name');
    const project = await newProject(python, 'generic', (env) => ownUrl(env).replace('import os', 'import os, sys, subprocess\nprint("x" * 100000)\nprint({"kind": "done", "texts": []})\nsubprocess.run(["echo", "loud"])\nassert sys.stdin.read() == ""\nprint("☃", file=sys.stderr)'));
    const url = chosen.url('psycopg').replace('127.0.0.1', 'localhost');
    const { code, out, err } = await withEnvironment({ OWN_URL: url, LC_ALL: 'C' }, () => compareIn(project, ['--database', chosen.url(), '--python', python.interpreter]));
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^"""what changed\n[^]*op\.create_table\('task'[^]*\n$/);
    assert.doesNotMatch(out, /xxx|loud/);
  });

  it('lets env.py write nothing, and says so', async () => {
    const chosen = await databaseOf(server, 'writes');
    const project = await newProject(python, 'generic', (env) => env.replace('with connectable.connect() as connection:', 'with connectable.connect() as connection:\n        from sqlalchemy import text\n\n        connection.execute(text("CREATE TABLE mine (id int)"))\n        connection.commit()'));
    const before = await contentOf(server, 'writes');
    const { code, err } = await compareIn(project, ['--database', chosen.url(), '--python', python.interpreter]);
    assert.equal(code, 4);
    assert.match(err, /env\.py writes to the database.*cannot execute CREATE TABLE in a read-only transaction/);
    assert.deepEqual(await contentOf(server, 'writes'), before);
  });

  for (const driver of ['psycopg2', 'psycopg', 'asyncpg'] as const) {
    it(`leaves nothing behind on a pooler’s connection (${driver})`, async () => {
      const name = `pooled_${driver}`;
      const chosen = await databaseOf(elsewhere, name);
      const proxy = await startProxy(elsewhere.port, { disguiseProcess: true });
      try {
        const write = 'from sqlalchemy import text\n            connection.execute(text("CREATE TABLE mine (id int)"))';
        const through = chosen.url(driver).replace(`:${elsewhere.port}/`, `:${proxy.port}/`);
        const run = async (edit: (env: string) => string): Promise<CliResult> =>
          compareIn(await newProject(python, driver === 'asyncpg' ? 'async' : 'generic', edit), ['--database', through, '--python', python.interpreter]);
        const logged = elsewhere.log().length;
        const { code, out, err } = await run((env) => env);
        assert.equal(code, 0, err);
        assert.match(out, /op\.create_table\('task'/);
        const statements = elsewhere.log().slice(logged);
        assert.match(statements, /SET TRANSACTION READ ONLY/);
        assert.doesNotMatch(statements, /SET default_transaction_read_only|pg_advisory_lock\(/);
        const writing = await run((env) => env.replace(/( +)with context\.begin_transaction\(\):\n +context\.run_migrations\(\)(?![^]*with context\.begin_transaction)/, (whole, indent: string) => `${indent}if True:\n            ${write}\n${whole}`));
        assert.match(writing.err, /env\.py writes to the database/);
      } finally {
        proxy.tcp.close();
      }
    });
  }

  it('says in words why env.py fails, where, and what to do', async () => {
    const chosen = await databaseOf(server, 'fails');
    const run = async (edit: (env: string) => string): Promise<string> => {
      const project = await newProject(python, 'generic', edit);
      const { code, out, err } = await compareIn(project, ['--database', chosen.url(), '--python', python.interpreter]);
      assert.deepEqual([code, out], [4, ''], err);
      assert.ok(!err.includes(chosen.password) && !err.includes(encodeURIComponent(chosen.password)), err);
      return err;
    };
    const missing = await run((env) => env.replace('from models import Base', 'from modelz import Base'));
    assert.match(missing, /there is no module modelz\. Install the project’s dependencies there/);
    const driver = await run((env) => `import pg8000\n${env}`);
    assert.match(driver, /its driver pg8000 is not installed there\. Install it \(pip install "pg8000"\), or have the URL name/);
    const raised = await run((env) => env.replace('def run_migrations_offline', 'def helper():\n    raise ValueError("cannot use " + config.get_main_option("sqlalchemy.url"))\n\n\nhelper()\n\n\ndef run_migrations_offline'));
    assert.match(raised, /Running the project’s env\.py failed \(\S*migrations\/env\.py, line \d+\): ValueError: cannot use postgresql\S*:\*\*\*@/);
    assert.match(raised, /\n {2}File "\S*env\.py", line \d+, in helper\n/);
    assert.doesNotMatch(raised, /alembic\/script|<alembic-review>/);
    const broken = await run((env) => env.replace('from models import Base', 'import broken').replace('import context', 'import context\nopen("broken.py", "w").write("x = 1\\ndef (\\n")'));
    assert.match(broken, /\(\S*\/broken\.py, line 2\): SyntaxError: invalid syntax/);
    const left = await run((env) => env.replace('import context', 'import context\nimport sys; sys.exit(7)'));
    assert.match(left, /env\.py ended the program \(exit code 7\)/);
    const silent = await run((env) => env.replace(/if context\.is_offline_mode\(\):[^]*/, ''));
    assert.match(silent, /env\.py ended without calling context\.run_migrations\(\)/);
    const killed = await run((env) => `${env}\nimport os\nos._exit(9)\n`.replace('def run_migrations_offline', 'import os; print("last words"); sys = __import__("sys"); sys.stdout.flush(); os._exit(9)\ndef run_migrations_offline'));
    assert.match(killed, /Python ended without an answer \(exit code 9\)\. It last said: last words/);
  });

  it('gives the password to nobody but by standard input', async () => {
    const chosen = await databaseOf(server, 'hidden');
    const project = await newProject(python, 'generic', (env) => env.replace('import context', 'import context\nimport os, time\nopen("pid", "w").write(str(os.getpid()))\nwhile not os.path.exists("go"):\n    time.sleep(0.05)'));
    const running = compareIn(project, ['--database', chosen.url(), '--python', python.interpreter]);
    const pid = await waitFor('env.py', 20_000, () => (existsSync(path.join(project, 'pid')) ? readFileSync(path.join(project, 'pid'), 'utf8') || undefined : undefined));
    const seen = ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8')).join();
    writeFileSync(path.join(project, 'go'), '');
    assert.equal((await running).code, 0);
    assert.ok(seen.includes('json.loads'), 'it is the process');
    for (const spelling of [chosen.password, encodeURIComponent(chosen.password), 'hidden@']) assert.ok(!seen.includes(spelling), spelling);
  });

  it('ends at once when cancelled, with all that env.py started', async () => {
    const chosen = await databaseOf(server, 'cancelled');
    const project = await newProject(python, 'generic', (env) => env.replace('import context', 'import context\nimport subprocess, time\nchild = subprocess.Popen(["sleep", "600"])\nopen("pid", "w").write(str(child.pid))\ntime.sleep(600)'));
    const found = await findProject(disk, project);
    assert.ok(isProject(found));
    const database = await open(chosen.url());
    const controller = new AbortController();
    const running = autogenerateByAlembic({
      project: found, python: python.interpreter, database, password: chosen.password, path: path.join(project, 'migrations', 'versions', 'x.py'), leaveOut: [],
      revision: { id: 'x', message: 'x', downRevisions: [], branchLabels: [], dependsOn: [], createDate: null }, signal: controller.signal,
    });
    running.catch(() => undefined);
    const pid = Number(await waitFor('env.py', 20_000, () => (existsSync(path.join(project, 'pid')) ? readFileSync(path.join(project, 'pid'), 'utf8') || undefined : undefined)));
    const locks = async (): Promise<number> => Number((await server.query(`SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'`)).rows[0].count);
    assert.equal(await locks(), 1);
    const started = Date.now();
    controller.abort(new Error('enough'));
    await assert.rejects(running, /enough/);
    assert.ok(Date.now() - started < 3_000);
    await waitFor('the child to be gone', 5_000, () => (isRunning(pid) ? undefined : true));
    assert.equal(await locks(), 0);
    await database.close();
  });

  it('is not left behind when its caller dies', async () => {
    const project = await newProject(python, 'generic', (env) => env.replace('import context', 'import context\nimport os, time\nopen("pid", "w").write(str(os.getpid()))\ntime.sleep(600)'));
    const chosen = await databaseOf(server, 'orphan');
    writeFileSync(path.join(project, 'migrations', 'versions', 'x.py'), 'revision = "x"\ndown_revision = None\n');
    await mustRun(process.execPath, ['esbuild.js'], { cwd: projectRoot });
    const caller = spawn(process.execPath, [path.join(projectRoot, 'dist', 'cli.js'), 'compare', path.join(project, 'migrations', 'versions', 'x.py'), '--database', chosen.url(), '--python', python.interpreter], { stdio: 'ignore' });
    const pid = Number(await waitFor('env.py', 20_000, () => (existsSync(path.join(project, 'pid')) ? readFileSync(path.join(project, 'pid'), 'utf8') || undefined : undefined)));
    caller.kill('SIGKILL');
    await waitFor('Python to be gone', 5_000, () => (isRunning(pid) ? undefined : true));
  });
});

function isRunning(pid: number): boolean {
  try {
    // a zombie has ended; nobody may be there to bury it
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
