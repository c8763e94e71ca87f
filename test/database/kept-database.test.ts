/** A database that is kept between questions never says what was true a moment ago, whoever changes what in the meantime. */
import assert from 'node:assert/strict';
import { Client } from 'pg';
import { keepDatabase, type KeptDatabase } from '../../src/database/kept-database';
import type { Database } from '../../src/database/connect';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { waitFor } from '../harness/processes';
import { need } from '../harness/tools';
import { open, urlFor } from './opened';

describe('a kept database', () => {
  let server: PostgresServer;
  let url: string;
  let kept: KeptDatabase;
  let opened: Database[];
  const sql = (text: string): Promise<unknown> => server.query(text, 'kept');

  before(async function () {
    server = await need(this, startPostgres({ settings: { max_prepared_transactions: '2' } }));
    url = await server.createDatabase('kept');
    await sql(`CREATE TABLE thing (id int PRIMARY KEY, name text);
      CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY); INSERT INTO alembic_version VALUES ('a1');
      CREATE ROLE keeper LOGIN PASSWORD 'kept' IN ROLE pg_read_all_data;
      CREATE SCHEMA other; GRANT USAGE, CREATE ON SCHEMA other TO keeper`);
  });
  after(() => server?.stop());
  beforeEach(() => {
    opened = [];
    kept = keepDatabase({
      open: async () => {
        const database = await open(urlFor(url, 'keeper', 'kept'));
        opened.push(database);
        return database;
      },
      versionTable: { schema: null, name: 'alembic_version' },
    });
  });
  afterEach(() => kept.rest());

  const tables = async (): Promise<readonly string[]> => (await kept.content()).reading.schema.tables.map(({ name, columns }) => `${name}(${columns.map((column) => column.name).join()})`);
  /** The server's own housekeeping may end a transaction at any moment; then it is read again, and that is all. */
  const quiet = async (): Promise<Awaited<ReturnType<KeptDatabase['content']>>> =>
    waitFor('two answers from one reading', 20_000, async () => {
      const first = await kept.content();
      return (await kept.content()) === first ? first : undefined;
    });

  it('opens one connection for all who ask at once', async () => {
    await Promise.all([kept.use((database) => database.read((queries) => queries.query('SELECT 1'))), kept.use((database) => database.read((queries) => queries.query('SELECT 2'))), kept.content()]);
    assert.equal(opened.filter((database) => database.isOpen()).length, 1);
  });

  it('lets a connection go only when nobody works on it any more', async () => {
    let resting = Promise.resolve();
    const answer = await kept.use(async (database) => {
      resting = kept.rest();
      await resting;
      const rows = await database.read((queries) => queries.query<{ one: number }>('SELECT 1 AS one'));
      return rows[0]?.one;
    });
    assert.equal(answer, 1);
    await waitFor('the end of the connection', 5_000, async () => (opened.every((database) => !database.isOpen()) ? true : undefined));
  });

  it('answers from what it has read while nothing is committed, on one connection', async () => {
    const first = await quiet();
    assert.deepEqual(first.versions.applied, ['a1']);
    const before = opened.length;
    assert.equal(await kept.content(), first);
    assert.equal(opened.length, before);
  });

  it('has what somebody else changed by hand', async () => {
    await quiet();
    await sql('ALTER TABLE thing ADD COLUMN added int');
    assert.deepEqual(await tables(), ['thing(id,name,added)']);
    await sql('ALTER TABLE thing RENAME COLUMN added TO renamed');
    assert.deepEqual(await tables(), ['thing(id,name,renamed)']);
    await sql('ALTER TABLE thing DROP COLUMN renamed');
    assert.deepEqual(await tables(), ['thing(id,name)']);
    await sql('CREATE TABLE more (id int)');
    assert.deepEqual(await tables(), ['more(id)', 'thing(id,name)']);
    await sql('DROP TABLE more');
    assert.deepEqual(await tables(), ['thing(id,name)']);
  });

  it('has the revision that was applied since', async () => {
    await quiet();
    await sql("UPDATE alembic_version SET version_num = 'b2'");
    assert.deepEqual((await kept.content()).versions.applied, ['b2']);
    await sql("UPDATE alembic_version SET version_num = 'a1'");
    assert.deepEqual((await kept.content()).versions.applied, ['a1']);
  });

  it('does not take what is at work in another transaction for done, and has it once it is', async () => {
    await quiet();
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('ALTER TABLE thing ADD COLUMN open int');
    await other.query('SAVEPOINT one');
    await other.query('CREATE TABLE late (id int)');
    assert.deepEqual(await tables(), ['thing(id,name)']);
    await other.query('COMMIT');
    assert.deepEqual(await tables(), ['late(id)', 'thing(id,name,open)']);
    await other.query('DROP TABLE late');
    await other.query('ALTER TABLE thing DROP COLUMN open');
    await other.end();
  });

  it('has what a transaction did that was prepared before', async () => {
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('CREATE TABLE prepared (id int)');
    await other.query("PREPARE TRANSACTION 'kept'");
    await quiet();
    assert.deepEqual(await tables(), ['thing(id,name)']);
    await other.query("COMMIT PREPARED 'kept'");
    assert.deepEqual(await tables(), ['prepared(id)', 'thing(id,name)']);
    await other.query('DROP TABLE prepared');
    await other.end();
  });

  it('reads with the settings of today: a search path that its user has been given since', async () => {
    await quiet();
    assert.equal((await kept.content()).reading.schema.defaultSchema, 'public');
    await sql('ALTER ROLE keeper SET search_path = other');
    assert.equal((await kept.content()).reading.schema.defaultSchema, 'other');
    await sql('ALTER ROLE keeper RESET search_path');
    assert.equal((await kept.content()).reading.schema.defaultSchema, 'public');
  });

  it('connects anew when the server ended the connection', async () => {
    await quiet();
    await sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'keeper'");
    assert.deepEqual(await tables(), ['thing(id,name)']);
    assert.deepEqual(await kept.use((database) => database.readBatch(['SELECT 1 AS one'])), [[{ one: 1 }]]);
  });

  it('lets go of the connection when it rests, and by itself after a while', async () => {
    const connections = async (): Promise<number> => Number((await server.query("SELECT count(*) AS n FROM pg_stat_activity WHERE usename = 'keeper'")).rows[0].n);
    const gone = (): Promise<true> => waitFor('the connection to be gone', 5_000, async () => ((await connections()) === 0 ? true : undefined));
    await kept.content();
    assert.equal(await connections(), 1);
    await kept.rest();
    await gone();
    const brief = keepDatabase({ open: () => open(urlFor(url, 'keeper', 'kept')), versionTable: { schema: null, name: 'alembic_version' }, keepFor: 50 });
    await brief.content();
    await gone();
  });

  it('cancels on the server what is aborted, and goes on with another connection', async () => {
    const controller = new AbortController();
    const work = kept.use((database) => database.readBatch(['SELECT pg_sleep(30)'], { signal: controller.signal }), controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 200);
    await assert.rejects(work, /enough/);
    assert.deepEqual(await tables(), ['thing(id,name)']);
  });

  it('says why it cannot be read', async () => {
    const lost = keepDatabase({ open: () => open(urlFor(url, 'keeper', 'wrong')), versionTable: { schema: null, name: 'alembic_version' } });
    await assert.rejects(lost.content(), { code: '28P01' });
    await assert.rejects(lost.content(), { code: '28P01' });
  });
});
