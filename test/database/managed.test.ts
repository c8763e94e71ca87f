import assert from 'node:assert/strict';
import type { Database } from '../../src/database/connect';
import { isSupabaseSchema } from '../../src/engine/schema/managed-schemas';
import type { ReadSchemaOptions, SchemaReading } from '../../src/database/read-schema';
import { readSchema } from '../../src/database/read-schema';
import { displayName } from '../../src/engine/schema/schema';
import { formatMessage } from '../../src/engine/text/problem';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { open, urlFor } from './opened';

describe('what of a database is the user’s', () => {
  let server: PostgresServer;
  const opened: Database[] = [];

  before(async function () {
    server = await need(this, startPostgres());
    await server.query("CREATE ROLE guest LOGIN PASSWORD 'x'");
  });

  beforeEach(() => server.createDatabase('mine'));

  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
    await server.dropDatabase('mine');
  });

  after(() => server?.stop());

  const run = (sql: string): Promise<unknown> => server.query(sql, 'mine');
  const read = async (options: ReadSchemaOptions = {}, url = server.url('mine')): Promise<SchemaReading> => {
    const database = await open(url);
    opened.push(database);
    return readSchema(database, options);
  };
  const tables = (reading: SchemaReading): readonly string[] => reading.schema.tables.map(displayName);

  it('members of extensions are not, unless asked for', async () => {
    await run(`CREATE EXTENSION pg_stat_statements; CREATE TYPE mood AS ENUM ('a'); CREATE TYPE theirs AS ENUM ('b'); CREATE SEQUENCE theirs_seq;
      CREATE TABLE ours (id serial); CREATE TABLE theirs_table (id serial); CREATE SCHEMA theirs_schema; CREATE TABLE theirs_schema.inside (id integer);
      ALTER EXTENSION pg_stat_statements ADD TABLE theirs_table; ALTER EXTENSION pg_stat_statements ADD TYPE theirs;
      ALTER EXTENSION pg_stat_statements ADD SEQUENCE theirs_seq; ALTER EXTENSION pg_stat_statements ADD SCHEMA theirs_schema`);
    const { schema } = await read();
    assert.deepEqual(schema.tables.map(displayName), ['ours']);
    assert.deepEqual(schema.enums.map(displayName), ['mood']);
    assert.deepEqual(schema.sequences.map(displayName), ['ours_id_seq']);
    assert.deepEqual(schema.views, []);
    const all = (await read({ includeManaged: true })).schema;
    assert.deepEqual(all.tables.map((table) => [displayName(table), table.extension]), [
      ['ours', null],
      ['theirs_table', 'pg_stat_statements'],
      ['theirs_schema.inside', null],
    ]);
    assert.deepEqual(all.enums.map((type) => type.extension), [null, 'pg_stat_statements']);
    assert.ok(all.views.some((view) => view.name === 'pg_stat_statements' && view.extension === 'pg_stat_statements'));
  });

  it('schemas that only Supabase means something by are, in another database', async () => {
    await run('CREATE SCHEMA auth; CREATE TABLE auth.users (id integer); CREATE SCHEMA net; CREATE TABLE net.node (id integer)');
    assert.deepEqual(tables(await read()), ['auth.users', 'net.node']);
  });

  it('Supabase’s own are not, but what points to them stays whole', async () => {
    await server.query('CREATE ROLE supabase_admin SUPERUSER');
    try {
      await run(`CREATE SCHEMA auth; CREATE TYPE auth.level AS ENUM ('one', 'two'); CREATE TABLE auth.users (id uuid PRIMARY KEY);
        CREATE SCHEMA storage; CREATE TABLE storage.objects (id uuid); CREATE SCHEMA pgsodium_masks; CREATE TABLE pgsodium_masks.masked (id uuid);
        CREATE SCHEMA supabase_functions; CREATE TABLE supabase_functions.hooks (id bigserial);
        CREATE SCHEMA theirs AUTHORIZATION supabase_admin; CREATE TABLE theirs.thing (id integer);
        CREATE TABLE admins (id integer); ALTER TABLE admins OWNER TO supabase_admin;
        CREATE SCHEMA app; CREATE TABLE app.thing (id integer);
        CREATE TABLE profile (id uuid PRIMARY KEY REFERENCES auth.users ON DELETE CASCADE, level auth.level NOT NULL DEFAULT 'one');
        CREATE VIEW people AS SELECT users.id FROM auth.users`);
      const { schema, server: facts } = await read();
      assert.equal(facts.supabase, true);
      assert.deepEqual(schema.tables.map(displayName), ['profile', 'app.thing']);
      assert.deepEqual(schema.enums, []);
      assert.deepEqual(schema.sequences, []);
      const profile = schema.tables[0];
      assert.deepEqual(profile?.foreignKeys[0]?.references, { schema: 'auth', name: 'users', columns: ['id'] });
      assert.deepEqual(profile?.columns[1]?.type, { kind: 'enum', schema: 'auth', name: 'level', dimensions: 0 });
      assert.deepEqual(schema.views[0]?.dependsOn, [{ schema: 'auth', name: 'users', column: 'id' }]);
      const all = tables(await read({ includeManaged: true }));
      assert.deepEqual(all, ['admins', 'profile', 'app.thing', 'auth.users', 'pgsodium_masks.masked', 'storage.objects', 'supabase_functions.hooks', 'theirs.thing']);
    } finally {
      await run('DROP OWNED BY supabase_admin CASCADE');
      await server.query('DROP ROLE supabase_admin');
    }
  });

  it('the names of Supabase’s schemas are known', () => {
    const theirs = ['auth', 'storage', 'realtime', '_realtime', 'extensions', 'graphql_public', 'pgsodium', 'pgsodium_masks', 'supabase_migrations', 'tiger_data', 'topology'];
    assert.deepEqual(theirs.filter((name) => !isSupabaseSchema(name)), []);
    assert.deepEqual(['public', 'app', 'authors', 'storage_2', 'supabase', 'nets'].filter(isSupabaseSchema), []);
  });

  it('the first schema of the search path that exists is the default', async () => {
    await run('CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM (\'a\'); CREATE TABLE app.thing (id serial, m app.mood DEFAULT \'a\'); CREATE TABLE thing (id integer)');
    const { schema } = await read({}, `${server.url('mine')}?options=-csearch_path%3Dnowhere,app,public`);
    assert.equal(schema.defaultSchema, 'app');
    assert.deepEqual(schema.tables.map((table) => [table.schema, table.name]), [[null, 'thing'], ['public', 'thing']]);
    assert.deepEqual(schema.tables[0]?.columns[1]?.type, { kind: 'enum', schema: null, name: 'mood', dimensions: 0 });
    assert.deepEqual(schema.tables[0]?.columns[1]?.default, { sql: "'a'::mood" });
  });

  it('Alembic’s version table is not, whatever it is called', async () => {
    await run('CREATE SCHEMA app; CREATE TABLE alembic_version (version_num text); CREATE TABLE app.alembic_version (version_num text); CREATE TABLE versions (version_num text)');
    assert.deepEqual(tables(await read()), ['versions', 'app.alembic_version']);
    assert.deepEqual(tables(await read({ versionTable: { schema: null, name: 'versions' } })), ['alembic_version', 'app.alembic_version']);
    assert.deepEqual(tables(await read({ versionTable: { schema: 'app', name: 'alembic_version' } })), ['alembic_version', 'versions']);
  });

  it('temporary, foreign and system tables are not', async () => {
    await run('CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw; CREATE FOREIGN TABLE far (a text) SERVER files OPTIONS (filename \'/dev/null\')');
    const { schema } = await read();
    assert.deepEqual([schema.tables, schema.sequences, schema.enums, schema.views], [[], [], [], []]);
  });

  it('a user without any right still reads the structure', async () => {
    await run(`CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('a'); CREATE TABLE app.thing (id serial PRIMARY KEY, m app.mood DEFAULT 'a' CHECK (m <> 'a'));
      CREATE INDEX ix ON app.thing (abs(id)) WHERE m <> 'a'; CREATE VIEW app.view AS SELECT id FROM app.thing; REVOKE ALL ON SCHEMA public FROM PUBLIC`);
    const guest = await read({}, urlFor(server.url('mine'), 'guest', 'x'));
    assert.deepEqual(guest.problems, []);
    assert.equal(guest.schema.defaultSchema, 'public');
    assert.deepEqual(guest.schema, (await read()).schema);
  });

  it('a part of the catalog that may not be read is a problem, and the rest is there', async () => {
    await run('CREATE TABLE thing (id integer PRIMARY KEY, a integer); CREATE INDEX ix ON thing (a); REVOKE SELECT ON pg_catalog.pg_index FROM PUBLIC');
    const { schema, problems } = await read({}, urlFor(server.url('mine'), 'guest', 'x'));
    assert.deepEqual(problems.map((problem) => [problem.code, problem.severity]), [['catalog-not-readable', 'error'], ['catalog-not-readable', 'error']]);
    assert.match(formatMessage(problems[0]?.message ?? { text: '', args: {} }), /The indexes of the database could not be read \(permission denied for table pg_index\)\. Ask its owner/);
    assert.equal(schema.unknown.length, 2);
    assert.deepEqual(schema.tables.map((table) => [table.name, table.columns.length, table.primaryKey?.columns, table.indexes.length]), [['thing', 2, ['id'], 0]]);
  });

  it('an invalid index, a half-made one, is marked', async () => {
    await run('CREATE TABLE thing (a integer); INSERT INTO thing VALUES (1), (1)');
    await assert.rejects(server.query('CREATE UNIQUE INDEX CONCURRENTLY ix ON thing (a)', 'mine'), { code: '23505' });
    assert.deepEqual((await read()).schema.tables[0]?.indexes.map((index) => [index.name, index.valid]), [['ix', false]]);
  });

  it('500 tables are read in a moment', async () => {
    await run(`DO $$ BEGIN FOR i IN 1..500 LOOP
      EXECUTE format('CREATE TYPE status_%s AS ENUM (''NEW'', ''QUEUED'', ''DONE'')', i);
      EXECUTE format('CREATE TABLE t_%1$s (id bigserial PRIMARY KEY, name varchar(80) NOT NULL UNIQUE, status status_%1$s DEFAULT ''NEW'', at timestamptz DEFAULT now(),
        price numeric(10, 2) CHECK (price > 0), doc jsonb, a integer, b integer, c integer, parent integer REFERENCES t_%2$s (a), UNIQUE (a))', i, i - CASE WHEN i = 1 THEN 0 ELSE 1 END);
      EXECUTE format('CREATE INDEX ix_%1$s ON t_%1$s (lower(name), at DESC) WHERE a > 0', i);
      IF i % 50 = 0 THEN COMMIT; END IF;
    END LOOP; END $$`);
    const database = await open(server.url('mine'));
    opened.push(database);
    const times: number[] = [];
    for (let i = 0; i < 4; i++) {
      const started = performance.now();
      assert.equal((await readSchema(database)).schema.tables.length, 500);
      times.push(performance.now() - started);
    }
    console.log(`      500 tables: ${times.map((time) => `${time.toFixed(0)} ms`).join(', ')}`);
  });
});
