/** Dry runs on a real server: whatever happens, its databases are afterwards what they were before. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTemporaryDatabase } from '../../src/database/connected-trial';
import { parseConnectionUrl } from '../../src/database/connection-url';
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

  it('waits two seconds for a lock that somebody holds, and then lets go', async () => {
    write(['op.add_column("place", sa.Column("note", sa.Text()))']);
    const holder = server.query('BEGIN; LOCK TABLE place IN SHARE MODE; SELECT pg_sleep(6); COMMIT', 'shop');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const started = Date.now();
    // Reading the schema does not need the lock, the statement does.
    const { out, err } = await run();
    assert.match(out + err, /^The upgrade stops at line 9: 55P03: canceling statement due to lock timeout/);
    assert.ok(Date.now() - started < 20_000);
    await holder;
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
