/** Upgrade, downgrade and stamp by the project's own Alembic: what is shown first, what runs, and what is told afterwards. */
import assert from 'node:assert/strict';
import { outcomeWords } from '../../../src/runner/outcome-words';
import { runCommandLine } from '../../../src/cli/run';
import { runCli } from '../../cli/run-cli';
import { startPostgres } from '../../harness/postgres';
import type { PostgresServer } from '../../harness/postgres';
import { pythonEnvironment } from '../../harness/python';
import type { PythonEnvironment } from '../../harness/python';
import { waitFor } from '../../harness/processes';
import { need } from '../../harness/tools';
import { emptyDatabase, move, movingProject, threeRevisions, truthOf, writeRevision } from './moving';

describe('moving a database', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  // RUNNER_MATRIX=all: every template with every driver
  const all = [['generic', 'psycopg2'], ['async', 'asyncpg'], ['generic', 'psycopg'], ['pyproject', 'psycopg'], ['async', 'psycopg']] as const;
  for (const [template, driver] of process.env['RUNNER_MATRIX'] === 'all' ? all : all.slice(0, 2)) {
    it(`goes up, down and is stamped with the ${template} template and ${driver}, told revision by revision`, async () => {
      const name = `moves_${template}_${driver}`;
      const url = (await emptyDatabase(server, name))(driver);
      const folder = await movingProject(python, template);
      const up = await move({ folder, python, url });
      assert.deepEqual({ ...up.outcome, failure: up.outcome.failure?.message }, { kind: 'done', failure: undefined, applied: ['ccc333'], doubt: null, steps: 3, committed: false, heldBy: [], invalidIndexes: [] }, up.log);
      assert.deepEqual(up.progress.filter(({ kind }) => kind === 'step').map((one) => one.kind === 'step' && [one.index, one.total, one.step.id, one.step.message]), [[0, 3, 'aaa111', 'create place'], [1, 3, 'bbb222', 'add status'], [2, 3, 'ccc333', 'index names']]);
      assert.ok(up.progress.some((one) => one.kind === 'statement' && /^CREATE TABLE place/.test(one.sql)));
      assert.deepEqual(await truthOf(server, name), { versions: ['ccc333'], relations: ['place', 'place_name_idx', 'place_pkey'] });

      const down = await move({ folder, python, url, verb: 'downgrade', revisions: ['-2'], heads: ['ccc333'] });
      assert.deepEqual([down.outcome.kind, down.outcome.applied, down.outcome.steps], ['done', ['aaa111'], 2]);
      assert.deepEqual(await truthOf(server, name), { versions: ['aaa111'], relations: ['place', 'place_pkey'] });

      const stamp = await move({ folder, python, url, verb: 'stamp', revisions: ['head'], heads: ['aaa111'] });
      assert.deepEqual(outcomeWords(stamp.plan, stamp.outcome, 'dev'), ['dev stands at ccc333 now. No migration ran.']);
      assert.deepEqual(await truthOf(server, name), { versions: ['ccc333'], relations: ['place', 'place_pkey'] });
    });
  }

  it('plans what Alembic takes for a target: labels, several heads, partial ids, steps', async () => {
    const branched = [
      ...threeRevisions,
      { id: 'ddd444', down: 'bbb222', message: 'a branch', labels: ['extra'], upgrade: 'op.create_table("extra", sa.Column("id", sa.Integer()))', downgrade: 'op.drop_table("extra")' },
    ];
    const url = (await emptyDatabase(server, 'targets'))('psycopg');
    const folder = await movingProject(python, 'generic', branched);
    await assert.rejects(move({ folder, python, url, revisions: ['head'] }), /Multiple head revisions are present/);
    await assert.rejects(move({ folder, python, url, revisions: ['nowhere'] }), /Can't locate revision identified by 'nowhere'/);
    const one = await move({ folder, python, url, revisions: ['+1'] });
    assert.deepEqual(one.outcome.applied, ['aaa111']);
    const label = await move({ folder, python, url, revisions: ['extra@head'], heads: ['aaa111'] });
    assert.deepEqual([label.outcome.applied, label.plan.steps.map(({ id }) => id)], [['ddd444'], ['bbb222', 'ddd444']]);
    const heads = await move({ folder, python, url, revisions: ['heads'], heads: ['ddd444'] });
    assert.deepEqual([heads.outcome.applied, heads.outcome.steps], [['ccc333', 'ddd444'], 1]);
    const back = await move({ folder, python, url, verb: 'downgrade', revisions: ['bbb'], heads: ['ccc333', 'ddd444'] });
    assert.deepEqual(back.outcome.applied, ['bbb222']);
    const none = await move({ folder, python, url, verb: 'downgrade', revisions: ['base'], heads: ['bbb222'] });
    assert.deepEqual([none.outcome.applied, none.plan.steps.at(-1)?.heads], [[], []]);
  });

  it('says on the command line what it will do, asks, and tells what stands', async () => {
    const url = (await emptyDatabase(server, 'asked'))();
    const folder = await movingProject(python);
    const args = ['--database', url, '--python', python.interpreter];
    const unasked = await runCli(['upgrade', ...args], { cwd: folder });
    assert.equal(unasked.code, 3, unasked.err);
    assert.match(unasked.out, /^-- upgrade of asked@127\.0\.0\.1:\d+\/asked\n-- PostgreSQL [\d.]+; it stands at no revision, and at ccc333 afterwards\.\n-- 1\. aaa111 create place\n-- 2\. bbb222 add status\n-- 3\. ccc333 index names\n-- All of them run in one transaction/);
    assert.match(unasked.out, /\nBEGIN;\n\nCREATE TABLE alembic_version[^]*CREATE TABLE place[^]*UPDATE alembic_version SET version_num='ccc333'[^]*\nCOMMIT;\n$/);
    assert.equal(unasked.out.match(/^BEGIN;/gm)?.length, 1);
    assert.match(unasked.err, /Nothing was run: nobody is at the terminal to agree\. Add --yes\./);
    assert.deepEqual((await truthOf(server, 'asked')).relations, []);

    const asked: string[] = [];
    const answering = (answer: string, ...more: string[]): Promise<number> => runCommandLine([...more, ...args], { cwd: folder, env: {}, out: () => undefined, err: () => undefined, ask: async (question) => (asked.push(question), answer) });
    assert.equal(await answering('n', 'upgrade'), 3);
    assert.equal(await answering('other', 'upgrade', '--production'), 3);
    assert.deepEqual((await truthOf(server, 'asked')).relations, []);
    assert.equal(await answering('asked', 'upgrade', 'bbb222', '--production'), 0);
    assert.match(asked.at(-1) ?? '', /is a production database\. Type its name \(asked\) to upgrade it: $/);
    assert.deepEqual((await truthOf(server, 'asked')).versions, ['bbb222']);

    const refused = await runCli(['upgrade', '--yes', '--production', ...args], { cwd: folder });
    assert.match(refused.err, /Add --production-name/);
    const wrong = await runCli(['upgrade', '--yes', '--production-name', 'prod', ...args], { cwd: folder });
    assert.deepEqual([wrong.code, /the database is not called "prod"/.test(wrong.err)], [3, true]);
    const rest = await runCli(['upgrade', '--yes', '--keep', 'place', ...args], { cwd: folder });
    assert.deepEqual([rest.code, /1 of 1: ccc333 index names\n[^]*1 revision was upgraded; asked@\S+ stands at ccc333 now\.\nVerified: It has what its revisions lead to, but is not what the models say: 3 missing\.\n/.test(rest.err)], [5, true], rest.err);
    const again = await runCli(['upgrade', '--yes', ...args], { cwd: folder });
    assert.deepEqual([again.code, again.out], [0, '']);
    assert.match(again.err, /There is nothing to do: \S+ stands at ccc333\./);

    const down = await runCli(['downgrade', '-3', '--yes', ...args], { cwd: folder });
    assert.equal(down.code, 0, down.err);
    assert.match(down.out, /-- LOST: the values of place\.status; all rows of place\./);
    const stamp = await runCli(['stamp', 'bbb222', '--yes', ...args], { cwd: folder });
    assert.match(stamp.out, /only the rows of the version table are changed[^]*INSERT INTO alembic_version \(version_num\) VALUES \('bbb222'\);\n\nCOMMIT;\n$/);
    assert.deepEqual(await truthOf(server, 'asked'), { versions: ['bbb222'], relations: [] });
    // It did what it was to do, and the database is not as it should be: a code of its own.
    assert.equal(stamp.code, 5);
    assert.match(stamp.err, /No migration ran\.\nVerified: It is not what its revisions lead to: 1 missing\.\n[^]*missing: table place/);
    const unverified = await runCli(['stamp', 'aaa111', '--yes', '--no-verify', ...args], { cwd: folder });
    assert.deepEqual([unverified.code, unverified.err.includes('Verified')], [0, false], unverified.err);
    const json = await runCli(['stamp', 'base', '--yes', '--json', ...args], { cwd: folder });
    const told = JSON.parse(json.out) as { readonly verified: { readonly result: string } };
    assert.deepEqual({ ...told, database: '', verified: told.verified.result }, {
      format: 1, database: '', verb: 'stamp', outcome: 'done', applied: [], steps: 1, committed: false, invalidIndexes: [], heldBy: [], failure: null, verified: 'behind',
      planned: { from: ['aaa111'], steps: [{ id: null, message: '', up: false, heads: [] }] },
      words: [`asked@${server.host}:${server.port}/asked stands at no revision now. No migration ran.`],
    });
    assert.deepEqual([json.code, /DELETE FROM alembic_version/.test(json.err)], [0, true], json.err);
    for (const { out, err } of [unasked, rest, down, stamp]) assert.doesNotMatch(out + err, /p%40|p%2540/);
  });

  it('tells what stands of a run that fails, in one transaction and in several', async () => {
    const failing = [...threeRevisions.slice(0, 2), { id: 'ccc333', down: 'bbb222', message: 'fails', upgrade: 'op.execute("SELECT 1 / 0")' }];
    const url = (await emptyDatabase(server, 'fails_whole'))();
    const whole = await move({ folder: await movingProject(python, 'generic', failing), python, url });
    assert.deepEqual([whole.outcome.kind, whole.outcome.applied, whole.outcome.steps], ['failed', [], 0]);
    assert.match(outcomeWords(whole.plan, whole.outcome, 'dev').join(' '), /ccc333_fails\.py, line 12.*division by zero.* Nothing was changed: dev stands at no revision, as before\.$/s);
    assert.deepEqual(await truthOf(server, 'fails_whole'), { versions: [], relations: [] });

    const each = (env: string): string => env.replaceAll('target_metadata=target_metadata', 'target_metadata=target_metadata, transaction_per_migration=True');
    const second = (await emptyDatabase(server, 'fails_each'))();
    const steps = await move({ folder: await movingProject(python, 'generic', failing, each), python, url: second });
    assert.deepEqual([steps.outcome.kind, steps.outcome.applied, steps.outcome.steps], ['failed', ['bbb222'], 2]);
    assert.match(outcomeWords(steps.plan, steps.outcome, 'dev').join('\n'), /2 of 3 revisions stand: dev stands at bbb222\. What ccc333 \(fails\) had done was rolled back\./);
    assert.deepEqual((await truthOf(server, 'fails_each')).versions, ['bbb222']);
  });

  it('says after a run that failed or was cancelled what is there, and not that it is not as it should be', async () => {
    const each = (env: string): string => env.replaceAll('target_metadata=target_metadata', 'target_metadata=target_metadata, transaction_per_migration=True');
    const failing = [...threeRevisions.slice(0, 2), { id: 'ccc333', down: 'bbb222', message: 'fails', upgrade: 'op.create_table("half", sa.Column("id", sa.Integer()))\nop.execute("SELECT 1 / 0")' }];
    const url = (await emptyDatabase(server, 'after'))();
    const args = ['--yes', '--database', url, '--python', python.interpreter];
    const whole = await runCli(['upgrade', ...args], { cwd: await movingProject(python, 'generic', failing) });
    assert.equal(whole.code, 1);
    assert.match(whole.err, /Nothing was changed: \S+ stands at no revision, as before\.\n[^]*\nVerified: The schema is exactly what it was before the run\. It has what its revisions lead to; 3 revisions still wait\.\n$/);
    const several = await movingProject(python, 'generic', failing, each);
    const middle = await runCli(['upgrade', ...args], { cwd: several });
    assert.equal(middle.code, 1);
    assert.match(middle.err, /2 of 3 revisions stand: \S+ stands at bbb222\. What ccc333 \(fails\) had done was rolled back\.\n[^]*\nVerified: It has what its revisions lead to; 1 revision still waits\.\n$/);

    const slow = await movingProject(python, 'generic', [...threeRevisions.slice(0, 2), { id: 'ccc333', down: 'bbb222', message: 'slow', upgrade: 'op.create_table("half", sa.Column("id", sa.Integer()))\nop.execute("SELECT pg_sleep(60)")' }]);
    let interrupt = (): void => undefined;
    let err = '';
    const cancelled = runCommandLine(['upgrade', ...args], { cwd: slow, env: {}, out: () => undefined, err: (text) => void (err += text), onInterrupt: (stop) => ((interrupt = stop), () => undefined) });
    await waitFor('the statement', 60_000, async () => ((await server.query("SELECT FROM pg_stat_activity WHERE datname = 'after' AND query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()")).rows.length > 0 ? true : undefined));
    interrupt();
    assert.equal(await cancelled, 1);
    assert.match(err, /\nCancelled\.\nNothing was changed: \S+ stands at bbb222, as before\.\nVerified: The schema is exactly what it was before the run\. It has what its revisions lead to; 1 revision still waits\.\n$/);

    // What was otherwise before is no work of the run's.
    await server.query('DROP TABLE place', 'after');
    const drifted = await runCli(['upgrade', ...args], { cwd: several });
    assert.equal(drifted.code, 1);
    assert.match(drifted.err, /\nVerified: The schema is exactly what it was before the run\. It is not what its revisions lead to: 1 missing\.\n/);
  });

  it('says what an autocommit block left behind', async () => {
    const online = [threeRevisions[0]!, { id: 'bbb222', down: 'aaa111', message: 'online', upgrade: 'op.add_column("place", sa.Column("code", sa.Integer()))\nwith op.get_context().autocommit_block():\n    op.execute("INSERT INTO place (name, code) VALUES (\'a\', 1), (\'b\', 1)")\n    op.create_index("place_code_key", "place", ["code"], unique=True, postgresql_concurrently=True)' }];
    const url = (await emptyDatabase(server, 'online'))();
    const { outcome, plan } = await move({ folder: await movingProject(python, 'generic', online), python, url });
    assert.deepEqual([outcome.kind, outcome.applied, outcome.steps, outcome.committed, outcome.invalidIndexes], ['failed', ['aaa111'], 1, true, ['public.place_code_key']]);
    const words = outcomeWords(plan, outcome, 'dev').join('\n');
    assert.match(words, /1 of 2 revisions stands: dev stands at aaa111\.\nPart of bbb222 \(online\) was committed/);
    assert.match(words, /DROP INDEX CONCURRENTLY public\.place_code_key/);
    assert.deepEqual((await truthOf(server, 'online')).relations, ['place', 'place_code_key (invalid)', 'place_pkey']);
  });

  it('runs only what was shown: a database that moved meanwhile is left alone', async () => {
    const url = (await emptyDatabase(server, 'moved_on'))();
    const folder = await movingProject(python);
    const outcome = await move({ folder, python, url, heads: ['aaa111'] });
    assert.deepEqual([outcome.outcome.kind, outcome.outcome.failure?.code, outcome.outcome.applied], ['failed', 'moved', []]);
    assert.match(outcome.outcome.failure?.message ?? '', /does not stand any more where it stood when the steps were shown: It stands at no revision now\. Nothing was run\./);
    writeRevision(folder, { id: 'ddd444', down: 'ccc333', message: 'later', upgrade: 'pass' });
    assert.deepEqual((await truthOf(server, 'moved_on')).relations, []);
  });
});
