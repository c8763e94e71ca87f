/** What Supabase's CLI makes of files with statements that refuse a transaction, on a real server: fixes of SQL drafts stand on it. */
import assert from 'node:assert/strict';
import { Client } from 'pg';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pushLikeLaterSupabase, pushLikeSupabase } from '../harness/push-like-supabase';
import { need } from '../harness/tools';

describe('files with CONCURRENTLY, as the CLI sends them', () => {
  let server: PostgresServer;
  before(async function () {
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  const build = 'CREATE INDEX CONCURRENTLY ix_place_town ON place (town)';
  const drop = 'DROP INDEX CONCURRENTLY IF EXISTS ix_place_town';
  const add = 'ALTER TABLE place ADD COLUMN region text';
  const fail = 'SELECT 1 / 0';

  /** The SQLSTATE, whether the index and the column are there, and how many files are noted down. */
  async function push(how: typeof pushLikeSupabase, ...statements: readonly string[]): Promise<readonly unknown[]> {
    await server.createDatabase('pushed');
    const client = new Client({ connectionString: server.url('pushed') });
    await client.connect();
    try {
      await client.query('CREATE TABLE place (id integer PRIMARY KEY, town text)');
      const sqlstate = await how(client, statements.map((statement) => `-- why\n${statement};\n`).join(''));
      const { rows: [row] } = await client.query<{ index: boolean; column: boolean; files: number }>(
        `SELECT to_regclass('ix_place_town') IS NOT NULL AS index, EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'place'::regclass AND attname = 'region') AS column, (SELECT count(*)::integer FROM supabase_migrations.schema_migrations) AS files`,
      );
      return [sqlstate, row?.index, row?.column, row?.files];
    } finally {
      await client.end();
      await server.dropDatabase('pushed');
    }
  }

  it('before 2.109: only nothing may go before it, and what goes behind it is of no transaction with it', async () => {
    assert.deepEqual(await push(pushLikeSupabase, build), [null, true, false, 1]);
    assert.deepEqual(await push(pushLikeSupabase, drop), [null, false, false, 1]);
    assert.deepEqual(await push(pushLikeSupabase, add, build), ['25001', false, false, 0]);
    assert.deepEqual(await push(pushLikeSupabase, add, drop), ['25001', false, false, 0]);
    assert.deepEqual(await push(pushLikeSupabase, build, add, fail), ['22012', true, false, 0]);
    assert.deepEqual(await push(pushLikeSupabase, add, fail), ['22012', false, false, 0]);
  });

  it('from 2.116: it runs wherever it stands, and what stands before it is committed', async () => {
    assert.deepEqual(await push(pushLikeLaterSupabase, build), [null, true, false, 1]);
    assert.deepEqual(await push(pushLikeLaterSupabase, drop), [null, false, false, 1]);
    assert.deepEqual(await push(pushLikeLaterSupabase, add, build), [null, true, true, 1]);
    assert.deepEqual(await push(pushLikeLaterSupabase, add, build, fail), ['22012', true, true, 0]);
    assert.deepEqual(await push(pushLikeLaterSupabase, add, fail), ['22012', false, false, 0]);
  });

  it('a build that failed leaves an invalid index, at which the next push stops, unless IF NOT EXISTS takes it for the index', async () => {
    await server.createDatabase('left');
    const client = new Client({ connectionString: server.url('left') });
    await client.connect();
    await client.query("CREATE TABLE place (id integer PRIMARY KEY, town text); INSERT INTO place VALUES (1, 'Ghent'), (2, 'Ghent')");
    const unique = 'CREATE UNIQUE INDEX CONCURRENTLY ix_place_town ON place (town);';
    assert.equal(await pushLikeSupabase(client, unique), '23505');
    assert.equal(await pushLikeSupabase(client, unique), '42P07');
    assert.equal(await pushLikeSupabase(client, unique.replace('CONCURRENTLY', 'CONCURRENTLY IF NOT EXISTS')), null);
    assert.deepEqual((await client.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_place_town'::regclass")).rows, [{ indisvalid: false }]);
    await client.end();
    await server.dropDatabase('left');
  });
});
