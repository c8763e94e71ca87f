/** Upgrade, downgrade and stamp by the project's own Alembic: what is shown first, what runs, and what is told afterwards. */
import assert from 'node:assert/strict';
import { outcomeWords } from '../../../src/runner/outcome-words';
import { runCommandLine } from '../../../src/cli/run';
import { runCli } from '../../cli/run-cli';
import { startPostgres } from '../../harness/postgres';
import type { PostgresServer } from '../../harness/postgres';
import { pythonEnvironment } from '../../harness/python';
import type { PythonEnvironment } from '../../harness/python';
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
      assert.deepEqual({ ...up.outcome, failure: up.outcome.failure?.message }, { kind: 'done', failure: undefined, applied: ['ccc333'], doubt: null, steps: 3, committed: false, invalidIndexes: [] }, up.log);
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
    const rest = await runCli(['upgrade', '--yes', ...args], { cwd: folder });
    assert.deepEqual([rest.code, /1 of 1: ccc333 index names\n[^]*1 revision was upgraded; asked@\S+ stands at ccc333 now\./.test(rest.err)], [0, true], rest.err);
    const again = await runCli(['upgrade', '--yes', ...args], { cwd: folder });
    assert.deepEqual([again.code, again.out], [0, '']);
    assert.match(again.err, /There is nothing to do: \S+ stands at ccc333\./);

    const down = await runCli(['downgrade', '-3', '--yes', ...args], { cwd: folder });
    assert.equal(down.code, 0, down.err);
    assert.match(down.out, /-- LOST: the values of place\.status; all rows of place\./);
    const stamp = await runCli(['stamp', 'bbb222', '--yes', ...args], { cwd: folder });
    assert.match(stamp.out, /only the rows of the version table are changed[^]*INSERT INTO alembic_version \(version_num\) VALUES \('bbb222'\);\n\nCOMMIT;\n$/);
    assert.deepEqual(await truthOf(server, 'asked'), { versions: ['bbb222'], relations: [] });
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
