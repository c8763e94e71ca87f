/** Dry runs on a real server: whatever happens, its databases are afterwards what they were before. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { createTemporaryDatabase } from '../../src/database/connected-trial';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { readTimeout } from '../../src/database/timeouts';
import { openRolledBackServer } from '../../src/workspace/dry-run/on-server';
import { runCommandLine } from '../../src/cli/run';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { waitFor } from '../harness/processes';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { catalogText } from '../alembic/schema-text';

const script = (upgrade: readonly string[], downgrade: readonly string[]): string =>
  `from alembic import op\nimport sqlalchemy as sa\n\nrevision = "a1"\ndown_revision = None\n\n\ndef upgrade():\n${upgrade.map((line) => `    ${line}\n`).join('')}\n\ndef downgrade():\n${downgrade.map((line) => `    ${line}\n`).join('')}`;

describe('dry run on a connected database', function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let url: string;
  let state0: readonly string[];
  const folder = temporaryFolder('dry-run-connected');
  const draft = path.join(folder, 'alembic', 'versions', 'a1.py');

  before(async function () {
    server = await need(this, startPostgres());
    url = await server.createDatabase('shop');
    await server.query("CREATE TYPE place_status AS ENUM ('NEW', 'DONE'); CREATE TABLE place (id serial PRIMARY KEY, name text, status place_status DEFAULT 'NEW'); CREATE FUNCTION places() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM place'; CREATE VIEW open_places AS SELECT id, places() AS all_of_them FROM place WHERE status = 'NEW'; INSERT INTO place (name) VALUES ('a'), (NULL)", 'shop');
    mkdirSync(path.dirname(draft), { recursive: true });
    writeFileSync(path.join(folder, 'alembic.ini'), '[alembic]\nscript_location = alembic\n');
    writeFileSync(path.join(folder, 'alembic', 'env.py'), '');
    state0 = await state();
  });
  after(() => server?.stop());
  afterEach(async () => {
    assert.deepEqual(await state(), state0, 'the database is as it was');
    assert.deepEqual(await temporaryDatabases(), []);
  });

  const state = async (): Promise<readonly string[]> => [...(await catalogText(server, 'shop')), ...(await server.query('SELECT id, name, status::text FROM place ORDER BY id', 'shop')).rows.map((row) => JSON.stringify(row))];
  const temporaryDatabases = async (): Promise<readonly unknown[]> => (await server.query("SELECT datname FROM pg_database WHERE datname LIKE 'alembic_review_dry_run_%'", 'shop')).rows;
  const run = async (...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
    let [out, err] = ['', ''];
    const code = await runCommandLine(['dry-run', draft, '--database', url, ...args], { cwd: folder, env: {}, out: (text: string) => void (out += text), err: (text: string) => void (err += text) } as never);
    return { code, out, err };
  };
  const write = (upgrade: readonly string[], downgrade: readonly string[] = ['pass']): void => writeFileSync(draft, script(upgrade, downgrade));

  it('runs up, down and up in a transaction, and rolls it back', async () => {
    write(['op.add_column("place", sa.Column("note", sa.Text()))', 'op.execute("UPDATE place SET note = name")'], ['op.drop_column("place", "note")']);
    const { code, out, err } = await run();
    assert.equal(code, 0, out + err);
    assert.match(out, /^It runs up, down and up again/);
    assert.match(out, /in a transaction that was rolled back/);
  });

  it('finds what only rows show', async () => {
    write(['op.alter_column("place", "name", nullable=False)'], ['op.alter_column("place", "name", nullable=True)']);
    const { code, out } = await run();
    assert.equal(code, 1);
    assert.match(out, /^The upgrade stops at line 9: 23502:/);
  });

  it('refuses what can’t be rolled back, each with its line', async () => {
    write(['with op.get_context().autocommit_block():', '    op.create_index("ix_place_name", "place", ["name"], postgresql_concurrently=True)', 'op.execute("SELECT setval(\'place_id_seq\', 10)")', 'op.execute("COMMIT")']);
    const { code, err } = await run();
    assert.equal(code, 1);
    assert.match(err, /line 10: It stands in an autocommit_block\(\)/);
    assert.match(err, /line 11: setval\(\) is not taken back/);
    assert.match(err, /line 12: It begins or ends a transaction by itself/);
  });

  it('waits for a lock that somebody holds as long as it is told to, says who that is, and lets go', async () => {
    write(['op.add_column("place", sa.Column("note", sa.Text()))']);
    const holder = new Client({ connectionString: url, application_name: 'reporting' });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE place IN SHARE MODE');
      // Reading the schema does not need the lock, the statement does.
      for (const [options, words] of [[[], 2_000], [['--lock-timeout', '400ms'], 400]] as const) {
        const started = Date.now();
        const { code, out, err } = await run(...options);
        assert.ok(Date.now() - started >= words);
        assert.equal(code, 1);
        assert.match(out, /^Could not be tried to the end: the upgrade stops at line 9: 55P03: canceling statement due to lock timeout\. The lock was held by server process \d+ \(postgres, reporting, idle in transaction for \d+ s: BEGIN; LOCK TABLE place IN SHARE MODE\)\. That is no fault of the draft’s/);
        assert.match(err, /^It waits for a lock that is held by server process \d+ \(postgres, reporting,[^\n]*\n$/);
      }
    } finally {
      await holder.end();
    }
  });

  it('gives up a statement that takes longer than it may', async () => {
    write(['op.execute("SELECT pg_sleep(30)")']);
    const { code, out } = await run('--statement-timeout', '0.3s');
    assert.equal(code, 1);
    assert.match(out, /^Could not be tried to the end: the upgrade stops at line 9: 57014: canceling statement due to statement timeout\. It takes longer/);
  });

  it('reads times as the server does', async () => {
    const shown = async (written: string): Promise<number | null> => (await server.query(`BEGIN; SET LOCAL lock_timeout = '${written}'; SELECT setting::int AS value FROM pg_settings WHERE name = 'lock_timeout'; ROLLBACK`, 'shop').then((results) => (results as unknown as readonly { rows: readonly { value: number }[] }[])[2]?.rows[0]?.value ?? null, () => null));
    for (const written of ['5s', '500', '0', '1.5s', ' 2 min ', '1.3d', '1h', '0.25s', '700ms', '1500us', '.5s', '2.5', '3.5', '24d', '25d', '0.02min']) {
      const read = readTimeout(written);
      assert.deepEqual('milliseconds' in read ? read.milliseconds : null, await shown(written), written);
    }
    // What the server takes for something else than what stands there.
    for (const written of ['0.4ms', '0.0015min', '010', '0x10', '5 S', 'soon', '', '-1', '5m']) assert.ok('reason' in readTimeout(written), written);
  });

  it('refuses what uses a label that it adds: up, down and up are one transaction here', async () => {
    write(['op.execute("ALTER TYPE place_status ADD VALUE \'HELD\'")'], ['op.execute("UPDATE place SET status = \'NEW\' WHERE status = \'HELD\'")']);
    const refused = await run();
    assert.equal(refused.code, 1);
    assert.match(refused.err, /line 13: It uses the label 'HELD', which the draft adds/);
    const tried = await run('--temporary');
    assert.doesNotMatch(tried.out, /55P04/);
  });

  it('lets go at once when it is cancelled in a statement: nobody holds a lock for it any more', async () => {
    const parsed = parseConnectionUrl(url);
    assert.ok(parsed.kind === 'target');
    const controller = new AbortController();
    const trialServer = await openRolledBackServer(parsed.target, parsed.password, { signal: controller.signal });
    const session = await trialServer.open();
    assert.equal((await session.run('LOCK TABLE place')).error, null);
    const sleeping = session.run('SELECT pg_sleep(25)').catch(() => 'ended');
    await waitFor('the statement', 20_000, async () => ((await server.query("SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(25)' AND state = 'active'", 'shop')).rows.length > 0 ? true : undefined));
    controller.abort(new Error('enough'));
    await sleeping;
    await trialServer.stop();
    assert.deepEqual((await server.query("SELECT query FROM pg_stat_activity WHERE query LIKE '%pg_sleep(25)%' AND pid <> pg_backend_pid()", 'shop')).rows, []);
    await server.query('BEGIN; LOCK TABLE place NOWAIT; ROLLBACK', 'shop');
  });

  it('runs in a database of its own beside it, where CONCURRENTLY can, and drops it', async () => {
    write(['with op.get_context().autocommit_block():', '    op.create_index("ix_place_name", "place", ["name"], postgresql_concurrently=True)'], ['op.drop_index("ix_place_name", "place")']);
    const { code, out, err } = await run('--temporary');
    assert.equal(code, 0, out + err);
    assert.match(out, /in a database that was made for it beside .* and is dropped again/);
    assert.doesNotMatch(out, /left out/);
  });

  for (const options of [[], ['--temporary']] as const) {
    it(`has the server stop at once when it is aborted ${options.join('')}`, async () => {
      write(['op.add_column("place", sa.Column("note", sa.Text()))', 'op.execute("SELECT pg_sleep(25)")']);
      const atWork = async (): Promise<number> => (await server.query("SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(25)%' AND pid <> pg_backend_pid()", 'shop')).rows.length;
      let interrupt: () => void = () => undefined;
      let err = '';
      const io = { cwd: folder, env: {}, out: () => undefined, err: (text: string) => void (err += text), onInterrupt: (listener: () => void) => ((interrupt = listener), () => undefined) };
      const running = runCommandLine(['dry-run', draft, '--database', url, ...options], io);
      await waitFor('the statement', 40_000, async () => ((await atWork()) === 1 ? true : undefined));
      const started = Date.now();
      interrupt();
      // Whoever waits for the table's lock need not wait for the statement's end.
      await waitFor('the server to stop', 20_000, async () => ((await atWork()) === 0 ? true : undefined));
      assert.ok(Date.now() - started < 10_000, `${Date.now() - started} ms`);
      assert.equal(await running, 4);
      assert.match(err, /Cancelled\. Nothing of it stays\./);
    });
  }

  it('tries a draft that the database has already in a temporary database, on what stands before it', async () => {
    write(['op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True))'], ['op.drop_table("place")']);
    await server.query("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY); INSERT INTO alembic_version VALUES ('a1')", 'shop');
    try {
      const refused = await run();
      assert.match(refused.err, /The database has this revision already\./);
      const { code, out, err } = await run('--temporary');
      assert.equal(code, 0, out + err);
      assert.match(out, /on the schema of the history/);
    } finally {
      await server.query('DROP TABLE alembic_version', 'shop');
    }
  });

  it('drops what a crash had left behind, and leaves the database of another run alone', async () => {
    const parsed = parseConnectionUrl(url);
    assert.ok(parsed.kind === 'target');
    await server.query('CREATE DATABASE alembic_review_dry_run_20200101000000_0123abcd', 'shop');
    const other = await createTemporaryDatabase(parsed.target, parsed.password);
    assert.deepEqual(other.cleared, ['alembic_review_dry_run_20200101000000_0123abcd']);
    const mine = await createTemporaryDatabase(parsed.target, parsed.password);
    assert.deepEqual(mine.cleared, []);
    await mine.drop();
    await other.drop();
  });

  it('says so where the user may make no database', async () => {
    await server.query("DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'reader'; EXCEPTION WHEN duplicate_object THEN NULL; END $$", 'shop');
    const address = new URL(url);
    [address.username, address.password] = ['reader', 'reader'];
    write(['op.create_table("thing", sa.Column("id", sa.Integer(), primary_key=True))'], ['op.drop_table("thing")']);
    let err = '';
    const code = await runCommandLine(['dry-run', draft, '--database', address.toString(), '--temporary'], { cwd: folder, env: {}, out: () => undefined, err: (text: string) => void (err += text) } as never);
    assert.equal(code, 4);
    assert.match(err, /may not create databases on that server/);
  });
});
