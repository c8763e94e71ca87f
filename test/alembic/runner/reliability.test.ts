/**
 * Real faults while a database is moved. Each test looks at the server afterwards, and holds what a person is told against it.
 * `UPDATE_RELIABILITY=1 npm test -- test/alembic/runner/reliability.test.ts` writes docs/reliability.md from what was seen.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Client } from 'pg';
import { verdictOf } from '../../../src/engine/dry-run/dry-run';
import { outcomeWords, progressWords } from '../../../src/runner/outcome-words';
import { disk } from '../../../src/workspace/disk';
import { dryRun } from '../../../src/workspace/dry-run/dry-run';
import type { DryRunRequest } from '../../../src/workspace/dry-run/request';
import { startEmbeddedServer } from '../../../src/workspace/dry-run/embedded';
import { loadHistory } from '../../../src/workspace/load-history';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';
import { runCli } from '../../cli/run-cli';
import { projectRoot } from '../../harness/paths';
import { startPgBouncer } from '../../harness/pgbouncer';
import { startPostgres } from '../../harness/postgres';
import type { PostgresServer } from '../../harness/postgres';
import { mustRun, waitFor } from '../../harness/processes';
import { pythonEnvironment } from '../../harness/python';
import type { PythonEnvironment } from '../../harness/python';
import { shadowFolder } from '../../harness/shadow';
import { need } from '../../harness/tools';
import { emptyDatabase, move, movingProject, projectIn, threeRevisions, truthOf, type Moved, type RevisionText } from './moving';
import { withEnvironment } from './projects';

const page = path.join(projectRoot, 'docs', 'reliability.md');
const seen: { readonly fault: string; readonly sees: string; readonly lost: string }[] = [];

/** The second revision is at work for a long time, with something done already. */
const slow: readonly RevisionText[] = [
  threeRevisions[0]!,
  { id: 'bbb222', down: 'aaa111', message: 'slow', upgrade: 'import os\nopen("pid", "w").write(str(os.getpid()))\nop.add_column("place", sa.Column("status", sa.Text()))\nop.execute("SELECT pg_sleep(60)")' },
];

describe('faults while a database is moved', () => {
  let server: PostgresServer;
  let elsewhere: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    elsewhere = await need(this, startPostgres({ settings: { log_statement: 'all' } }));
  });
  after(() => Promise.all([server?.stop(), elsewhere?.stop()]));

  /** One line of the page; ports and processes are others each time. */
  const note = (fault: string, told: string, lost: string, name: string): void => {
    const sees = told.replace(/\s+/g, ' ').replaceAll(name, 'shop').replace(/(127\.0\.0\.1|localhost):\d+/g, '$1').replace(/\(\S*migrations\/[^)]*, line \d+\)/g, '(…)').replace(/process (\d+) \(/g, 'process 4711 (').replace(/ port \d+/g, ' port 5432').replace(/ for \d+ s/g, ' for 2 s').trim();
    seen.push({ fault, sees, lost });
  };
  const words = ({ plan, outcome }: Moved, name: string): string => outcomeWords(plan, outcome, name).join(' ');
  const isAsleep = (name: string, activity = 'pg_sleep'): Promise<number> =>
    waitFor(`${activity} in ${name}`, 30_000, async () => (await server.query(`SELECT pid FROM pg_stat_activity WHERE datname = '${name}' AND query LIKE '%${activity}%' AND pid <> pg_backend_pid() AND state = 'active'`)).rows[0]?.pid as number | undefined);
  const nobodyIsLeft = (name: string, milliseconds = 8_000): Promise<true> =>
    waitFor('the server process to be gone', milliseconds, async () => ((await server.query(`SELECT FROM pg_stat_activity WHERE datname = '${name}' AND application_name <> 'test'`)).rows.length === 0 ? true : undefined));

  it('a wrong password', async () => {
    const url = (await emptyDatabase(server, 'wrong_password'))();
    const folder = await movingProject(python);
    const { code, out, err } = await runCli(['upgrade', '--yes', '--database', url.replace(/:[^:@/]+@/, ':wrong@'), '--python', python.interpreter], { cwd: folder });
    assert.deepEqual([code, out], [4, '']);
    assert.match(err, /password/i);
    assert.deepEqual(await truthOf(server, 'wrong_password'), { versions: [], relations: [] });
    note('The password is wrong', err.replace('alembic-review: ', ''), 'nothing', 'wrong_password');
  });

  for (const [template, driver] of [['generic', 'psycopg2'], ['async', 'asyncpg']] as const) {
    it(`env.py opens another database (${template}, ${driver})`, async () => {
      const name = `chosen_${driver}`;
      const url = (await emptyDatabase(server, name))();
      const other = (await emptyDatabase(elsewhere, name))(driver);
      const folder = await movingProject(python, template, threeRevisions, (env) => env.replace('config = context.config', 'import os\n\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", os.environ["OWN_URL"].replace("%", "%%"))'));
      const logged = elsewhere.log().length;
      const moved = await withEnvironment({ OWN_URL: other }, () => move({ folder, python, url }));
      assert.deepEqual([moved.outcome.kind, moved.outcome.failure?.code, moved.outcome.steps], ['failed', 'other-database', 0]);
      const statements = elsewhere.log().slice(logged).split('\n').filter((line) => /(statement|execute [^:]*): /.test(line)).map((line) => line.replace(/.*(statement|execute [^:]*): /, ''));
      assert.deepEqual(statements.filter((statement) => !/^(BEGIN|ROLLBACK|SELECT pg_catalog\.pg_try_advisory_xact_lock)/.test(statement)), []);
      for (const one of [server, elsewhere]) assert.deepEqual(await truthOf(one, name), { versions: [], relations: [] });
      if (driver === 'psycopg2') note('env.py opens another database (its URL comes from the environment, say)', words(moved, name), 'nothing: no statement reached either', name);
    });
  }

  it('env.py has its URL from the environment, and a pool', async () => {
    const url = await emptyDatabase(server, 'from_environment');
    const folder = await movingProject(python, 'generic', threeRevisions, (env) =>
      env.replace('config = context.config', 'import os\n\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", os.environ["OWN_URL"].replace("%", "%%"))').replace('poolclass=pool.NullPool', 'poolclass=pool.QueuePool, pool_size=3, pool_pre_ping=True'));
    const moved = await withEnvironment({ OWN_URL: url('psycopg').replace('127.0.0.1', 'localhost') }, () => move({ folder, python, url: url() }));
    assert.deepEqual([moved.outcome.kind, moved.outcome.applied], ['done', ['ccc333']]);
    note('env.py has its URL from the environment under another host name, and a pool of connections', words(moved, 'from_environment'), 'nothing: it is the same database, and was proven to be', 'from_environment');
  });

  for (const [template, driver] of [['generic', 'psycopg2'], ['generic', 'psycopg'], ['async', 'asyncpg']] as const) {
    it(`a lock is held by another session, and the person cancels (${template}, ${driver})`, async () => {
      const name = `locked_${driver}`;
      const url = await emptyDatabase(server, name);
      const folder = await movingProject(python, template);
      await move({ folder, python, url: url(driver), revisions: ['aaa111'] });
      const holder = new Client({ connectionString: url(), application_name: 'test' });
      await holder.connect();
      try {
        await holder.query('BEGIN; LOCK TABLE place IN ACCESS SHARE MODE');
        const controller = new AbortController();
        let told = '';
        const moved = await move({
          folder, python, url: url(driver), heads: ['aaa111'], signal: controller.signal,
          onProgress: (progress) => {
            if (progress.kind !== 'blocked') return;
            told = progressWords(progress);
            controller.abort(new Error('enough'));
          },
        });
        assert.match(told, new RegExp(`^It waits for a lock that is held by the server process \\d+ \\(${name}, test, idle in transaction for \\d+ s: BEGIN; LOCK TABLE place IN ACCESS SHARE MODE\\)\\.$`));
        assert.deepEqual([moved.outcome.kind, moved.outcome.applied, moved.outcome.steps], ['cancelled', ['aaa111'], 0]);
        await nobodyIsLeft(name);
        assert.deepEqual((await truthOf(server, name)).relations, ['place', 'place_pkey']);
        if (driver === 'psycopg2') note('Another session holds a lock, and the person cancels', `${told} ${words(moved, name)}`, 'nothing', name);
      } finally {
        await holder.end();
      }
    });
  }

  for (const [template, driver] of [['generic', 'psycopg2'], ['generic', 'psycopg'], ['async', 'asyncpg']] as const) {
    it(`a lock does not come within the time that was given (${template}, ${driver})`, async () => {
      const name = `lock_timeout_${driver}`;
      const url = await emptyDatabase(server, name);
      const folder = await movingProject(python, template);
      await move({ folder, python, url: url(driver), revisions: ['aaa111'] });
      const holder = new Client({ connectionString: url(), application_name: 'test' });
      await holder.connect();
      try {
        await holder.query('BEGIN; LOCK TABLE place IN ACCESS SHARE MODE');
        const moved = await move({ folder, python, url: url(driver), heads: ['aaa111'], lockTimeout: 700 });
        assert.match(words(moved, 'dev'), new RegExp(`lock timeout.* The lock was held by the server process \\d+ \\(${name}, test, idle in transaction for \\d+ s: BEGIN; LOCK TABLE place IN ACCESS SHARE MODE\\)\\. Nothing was changed: dev stands at aaa111, as before\\.`, 's'));
        if (driver === 'psycopg2') note('A lock does not come within the setting `lockTimeout` or `--lock-timeout`', words(moved, name), 'nothing', name);
      } finally {
        await holder.end();
      }
      assert.deepEqual((await truthOf(server, name)).relations, ['place', 'place_pkey']);
    });
  }

  it('a lock does not come within the time that was given, behind a pooler whose sessions are everybody’s', async function () {
    await emptyDatabase(server, 'pooled');
    await server.query("ALTER ROLE pooled PASSWORD 'pooled'");
    const bouncer = await need(this, startPgBouncer(server, { poolMode: 'transaction', users: { pooled: 'pooled' } }));
    const direct = `postgresql://pooled:pooled@${server.host}:${server.port}/pooled`;
    const url = `postgresql+psycopg2://pooled:pooled@127.0.0.1:${bouncer.port}/pooled`;
    const holder = new Client({ connectionString: direct, application_name: 'test' });
    try {
      const folder = await movingProject(python);
      const first = await move({ folder, python, url, revisions: ['aaa111'], lockTimeout: 700 });
      assert.deepEqual([first.outcome.kind, first.outcome.applied], ['done', ['aaa111']], words(first, 'dev'));
      await holder.connect();
      await holder.query('BEGIN; LOCK TABLE place IN ACCESS SHARE MODE');
      const moved = await move({ folder, python, url, heads: ['aaa111'], lockTimeout: 700 });
      assert.match(words(moved, 'dev'), /lock timeout.*Nothing was changed: dev stands at aaa111, as before\./s);
      // The next one who gets the session has what the server says.
      const other = new Client({ connectionString: url.replace('+psycopg2', '') });
      await other.connect();
      assert.equal((await other.query<{ lock_timeout: string }>('SHOW lock_timeout')).rows[0]?.lock_timeout, '0');
      await other.end();
    } finally {
      await holder.end();
      await bouncer.stop();
    }
  });

  it('the person cancels in the middle, between and in statements', async () => {
    const url = (await emptyDatabase(server, 'cancelled'))();
    const folder = await movingProject(python, 'generic', slow);
    const controller = new AbortController();
    const moving = move({ folder, python, url, signal: controller.signal });
    await isAsleep('cancelled');
    const started = Date.now();
    controller.abort(new Error('enough'));
    const moved = await moving;
    assert.ok(Date.now() - started < 6_000, `${Date.now() - started} ms`);
    assert.deepEqual([moved.outcome.kind, moved.outcome.applied, moved.outcome.steps], ['cancelled', [], 0]);
    assert.deepEqual(await truthOf(server, 'cancelled'), { versions: [], relations: [] });
    note('The person cancels in the middle', words(moved, 'cancelled'), 'nothing', 'cancelled');

    const busy = await movingProject(python, 'generic', [threeRevisions[0]!, { id: 'bbb222', down: 'aaa111', message: 'busy', upgrade: 'import time\nop.add_column("place", sa.Column("status", sa.Text()))\nopen("busy", "w").close()\ntime.sleep(60)' }]);
    const second = new AbortController();
    const waiting = move({ folder: busy, python, url, signal: second.signal });
    await waitFor('Python to be busy', 30_000, () => (existsSync(path.join(busy, 'busy')) ? true : undefined));
    second.abort(new Error('enough'));
    assert.deepEqual([(await waiting).outcome.kind, await truthOf(server, 'cancelled')], ['cancelled', { versions: [], relations: [] }]);
  });

  it('the server is killed in the middle', async () => {
    const url = (await emptyDatabase(server, 'killed'))();
    const folder = await movingProject(python, 'generic', slow);
    const moving = move({ folder, python, url });
    // A server process that dies takes all others with it, and the server starts anew.
    process.kill(await isAsleep('killed'), 'SIGKILL');
    const moved = await moving;
    assert.equal(moved.outcome.kind, 'failed');
    const truth = await waitFor('the server', 30_000, () => truthOf(server, 'killed').catch(() => undefined));
    assert.deepEqual(truth, { versions: [], relations: [] });
    if (moved.outcome.applied !== null) assert.deepEqual(moved.outcome.applied, truth.versions);
    else assert.match(words(moved, 'dev'), /is not known, since it could not be asked/);
    note('The server is killed in the middle', `${moved.outcome.failure?.message ?? ''} Then, as soon as the server answers, where the database stands.`.replace(/\(Background on.*?\)/, ''), 'nothing that was committed: the server takes back what was not', 'killed');
    const again = await move({ folder: await movingProject(python), python, url });
    assert.deepEqual(again.outcome.applied, ['ccc333']);
  });

  it('the network is cut in the middle', async () => {
    const url = await emptyDatabase(server, 'cut');
    const folder = await movingProject(python, 'generic', slow);
    const proxy = await cuttableProxy(server.port);
    try {
      const controller = new AbortController();
      let told = '';
      const moving = move({
        folder, python, url: url(undefined, proxy.port), signal: controller.signal,
        onProgress: (progress) => {
          if (progress.kind !== 'silent') return;
          told = progressWords(progress);
          controller.abort(new Error('enough'));
        },
      });
      await isAsleep('cut');
      proxy.cut();
      const moved = await moving;
      assert.match(told, /The server has not answered for \d+ s: the network or the server may be gone\./);
      assert.deepEqual([moved.outcome.kind, moved.outcome.applied], ['cancelled', null]);
      assert.match(words(moved, 'dev'), /^Cancelled\. Where cut@127\.0\.0\.1:\d+\/cut stands is not known, since it could not be asked/);
      note('The network is cut in the middle, and the person cancels', `${told} ${words(moved, 'cut')}`, 'nothing that was committed: the server takes back what was not, as soon as it notices', 'cut');
    } finally {
      proxy.close();
    }
    await nobodyIsLeft('cut');
    assert.deepEqual(await truthOf(server, 'cut'), { versions: [], relations: [] });
  });

  it('Python is killed in the middle', async () => {
    const url = (await emptyDatabase(server, 'python_killed'))();
    const folder = await movingProject(python, 'generic', slow);
    const moving = move({ folder, python, url });
    await isAsleep('python_killed');
    process.kill(Number(readFileSync(path.join(folder, 'pid'), 'utf8')), 'SIGKILL');
    const moved = await moving;
    assert.deepEqual([moved.outcome.kind, moved.outcome.applied, moved.outcome.steps], ['failed', [], 0]);
    assert.match(words(moved, 'dev'), /Python ended without an answer \(killed\)/);
    assert.deepEqual(await truthOf(server, 'python_killed'), { versions: [], relations: [] });
    note('Python is killed in the middle', words(moved, 'python_killed').replace(/It last said: .*?(?= Nothing)/, 'It last said: …'), 'nothing', 'python_killed');
  });

  it('the window is closed while it runs, and while it waits for a lock', async () => {
    await mustRun(process.execPath, ['esbuild.js'], { cwd: projectRoot });
    const url = await emptyDatabase(server, 'closed');
    const run = (folder: string) => spawn(process.execPath, [path.join(projectRoot, 'dist', 'cli.js'), 'upgrade', '--yes', '--database', url(), '--python', python.interpreter], { cwd: folder, stdio: 'ignore' });
    const running = run(await movingProject(python, 'generic', slow));
    await isAsleep('closed');
    running.kill('SIGKILL');
    await nobodyIsLeft('closed');
    assert.deepEqual(await truthOf(server, 'closed'), { versions: [], relations: [] });

    const folder = await movingProject(python);
    await move({ folder, python, url: url(), revisions: ['aaa111'] });
    const holder = new Client({ connectionString: url(), application_name: 'test' });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE place IN ACCESS SHARE MODE');
      const waiting = run(folder);
      await isAsleep('closed', 'ALTER TABLE place');
      waiting.kill('SIGKILL');
      // It would stand in the queue before everybody else until the lock comes.
      await nobodyIsLeft('closed');
    } finally {
      await holder.end();
    }
    assert.deepEqual((await truthOf(server, 'closed')).versions, ['aaa111']);
    seen.push({ fault: 'The window is closed, or the editor dies, while it runs', sees: 'When the window is opened again, that the upgrade was interrupted, how many of its revisions stand and where the database is, verified; the tree tells the same. What is still at work then is waited for, and can be ended.', lost: 'nothing: Python ends with us, and the server takes back what was not committed, within seconds even where it waits for a lock' });
  });

  describe('of dry runs on the embedded server', function () {
    this.timeout(240_000);
    const draft = (upgrade: string): string => `from alembic import op\nimport sqlalchemy as sa\n\nrevision = "aaa111"\ndown_revision = None\n\n\ndef upgrade():\n    op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True))\n    op.execute("${upgrade}")\n\n\ndef downgrade():\n    op.drop_table("place")\n`;
    const endless = draft('SELECT count(*) FROM generate_series(1, 1000000000000)');
    let shadow: string;
    let folder: string;
    before(async () => {
      shadow = await shadowFolder();
      folder = await movingProject(python, 'generic', []);
    });
    const tried = async (text: string, more: Partial<DryRunRequest> = {}) => {
      const project = await projectIn(folder);
      return dryRun({
        workspace: disk, project: { project, graph: (await loadHistory(disk, project)).value }, path: path.join(folder, 'migrations', 'versions', 'draft.py'), text, database: null, desired: null,
        sql: await loadSqlParser(), start: (extensions) => startEmbeddedServer({ extensions, folder: shadow, signal: more.signal }), ...more,
      });
    };
    const told = (work: Promise<unknown>): Promise<string> => work.then(() => assert.fail('it ended'), (error: Error) => error.message);
    /** Whatever happened, the next one works. */
    const works = async (): Promise<void> => {
      const one = await tried(draft('SELECT 1'));
      assert.equal(one === null ? null : verdictOf(one), 'passed');
    };

    it('its thread is ended in the middle', async () => {
      const threads: Worker[] = [];
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (...message: Parameters<typeof post>): void {
        threads.push(this);
        post.apply(this, message);
      };
      try {
        const said = await told(tried(endless, { onSchema: (pass) => pass === 'start' && setTimeout(() => void threads.at(-1)!.terminate(), 300) }));
        assert.match(said, /^The embedded PostgreSQL was ended before the dry run was; your database and your files are untouched\./);
        note('The embedded server of a dry run is ended in the middle', said, 'nothing: it held copies alone, and the next dry run works', 'no database');
      } finally {
        Worker.prototype.postMessage = post;
      }
      await works();
    });

    it('it has not enough memory', async () => {
      const said = await told(tried(draft("SELECT length((repeat('x', 900000000) || 'y') || 'z')")));
      assert.match(said, /^The embedded PostgreSQL ran out of memory/);
      note('A statement of a dry run needs more memory than the embedded server has', said, 'nothing; the next dry run works', 'no database');
      await works();
    });

    it('a statement never ends, and the person cancels', async () => {
      const controller = new AbortController();
      let aborted = 0;
      const said = await told(tried(endless, { signal: controller.signal, onSchema: (pass) => pass === 'start' && setTimeout(() => ((aborted = Date.now()), controller.abort(new Error('Cancelled. Nothing of it stays.'))), 300) }));
      assert.ok(Date.now() - aborted < 10_000);
      assert.equal(said, 'Cancelled. Nothing of it stays.');
      note('A statement of a dry run never ends, and the person cancels', said, 'nothing: the server ends with it, at once', 'no database');
      await works();
    });
  });

  // Mocha runs a suite's own tests before the suites in it.
  describe('and all of that', () => {
    it('is all written down in docs/reliability.md', function () {
      if (seen.length < 10) this.skip();
      const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
      const text = `# What happens when something breaks\n\nWritten by \`test/alembic/runner/reliability.test.ts\` from what it saw on a real server, whose version table and tables it looked at after each fault.\nPorts and process numbers are made the same. Whatever breaks, the version table is read anew at the end, on a connection of its own.\n\n| what breaks | what you see | what is lost |\n|---|---|---|\n${seen.map(({ fault, sees, lost }) => `| ${cell(fault)} | ${cell(sees)} | ${cell(lost)} |\n`).join('')}`;
      if (process.env['UPDATE_RELIABILITY'] === '1') writeFileSync(page, text);
      assert.equal(existsSync(page) ? readFileSync(page, 'utf8') : '', text, 'UPDATE_RELIABILITY=1 writes it');
    });
  });
});

/** A network that can be cut: nothing comes through any more, and nobody is told. */
async function cuttableProxy(serverPort: number): Promise<{ readonly port: number; cut(): void; close(): void }> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const tcp = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    if (isCut) return;
    const upstream = connect(serverPort, '127.0.0.1');
    sockets.add(upstream);
    upstream.on('error', () => undefined);
    client.on('data', (data) => isCut || upstream.write(data));
    upstream.on('data', (data) => isCut || client.write(data));
    client.on('close', () => isCut || upstream.destroy());
    upstream.on('close', () => isCut || client.destroy());
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  return {
    port: (tcp.address() as AddressInfo).port,
    cut: () => {
      isCut = true;
    },
    close: () => {
      tcp.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
