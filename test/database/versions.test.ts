import assert from 'node:assert/strict';
import type { Database } from '../../src/database/connect';
import { readSupabaseVersions, readVersions } from '../../src/database/versions';
import { formatMessage } from '../../src/engine/text/problem';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { open, urlFor } from './opened';

describe('reading applied versions', () => {
  let server: PostgresServer;
  let database: Database;

  before(async function () {
    server = await need(this, startPostgres());
    await server.query("CREATE ROLE guest LOGIN PASSWORD 'x'");
  });

  beforeEach(async () => {
    database = await open(await server.createDatabase('versions'));
  });

  afterEach(async () => {
    await database.close();
    await server.dropDatabase('versions');
  });

  after(() => server?.stop());

  const run = (sql: string): Promise<unknown> => server.query(sql, 'versions');
  const table = 'version_num varchar(32) NOT NULL PRIMARY KEY';

  describe('of Alembic', () => {
    it('there is no table yet', async () => {
      assert.deepEqual(await readVersions(database), { applied: [], present: false, problems: [] });
    });

    it('there is a table without rows', async () => {
      await run(`CREATE TABLE alembic_version (${table})`);
      assert.deepEqual(await readVersions(database), { applied: [], present: true, problems: [] });
    });

    it('there are several heads', async () => {
      await run(`CREATE TABLE alembic_version (${table}); INSERT INTO alembic_version VALUES ('b2'), ('a1'), ('C3')`);
      assert.deepEqual(await readVersions(database), { applied: ['C3', 'a1', 'b2'], present: true, problems: [] });
    });

    it('the table has another name and schema, quotes and all', async () => {
      await run(`CREATE SCHEMA "my ""app"; CREATE TABLE "my ""app"."The Version" (${table}); INSERT INTO "my ""app"."The Version" VALUES ('a1')`);
      assert.deepEqual((await readVersions(database, { schema: 'my "app', name: 'The Version' })).applied, ['a1']);
      assert.equal((await readVersions(database, { schema: 'my "app', name: 'the version' })).present, false);
      assert.equal((await readVersions(database)).present, false);
    });

    it('the search path decides where none is named', async () => {
      await run(`CREATE SCHEMA app; CREATE TABLE app.alembic_version (${table}); CREATE TABLE alembic_version (${table});
        INSERT INTO app.alembic_version VALUES ('in_app'); INSERT INTO alembic_version VALUES ('in_public')`);
      const other = await open(`${server.url('versions')}?options=-csearch_path%3Dapp,public`);
      assert.deepEqual((await readVersions(other)).applied, ['in_app']);
      await other.close();
      assert.deepEqual((await readVersions(database)).applied, ['in_public']);
    });

    it('the user may not read it: a problem, not "nothing applied"', async () => {
      await run(`CREATE TABLE alembic_version (${table}); INSERT INTO alembic_version VALUES ('a1')`);
      const guest = await open(urlFor(server.url('versions'), 'guest', 'x'));
      const forbidden = await readVersions(guest);
      await run('REVOKE USAGE ON SCHEMA public FROM PUBLIC; GRANT SELECT ON alembic_version TO guest');
      const locked = await readVersions(guest);
      await guest.close();
      for (const found of [forbidden, locked]) {
        assert.deepEqual([found.applied, found.present], [[], true]);
        assert.match(found.problems.map((problem) => formatMessage(problem.message)).join(), /may not read the table alembic_version.*GRANT SELECT ON alembic_version/);
      }
    });

    it('the table is something else', async () => {
      await run('CREATE TABLE alembic_version (id integer)');
      const found = await readVersions(database);
      assert.equal(found.present, true);
      assert.match(formatMessage(found.problems[0]?.message ?? { text: '', args: {} }), /no column version_num.*version_table in env\.py/);
    });
  });

  describe('of Supabase', () => {
    it('nothing was pushed yet', async () => {
      assert.deepEqual(await readSupabaseVersions(database), { applied: [], present: false, problems: [] });
    });

    it('names and statements, oldest first', async () => {
      await run(`CREATE SCHEMA supabase_migrations;
        CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text);
        INSERT INTO supabase_migrations.schema_migrations VALUES ('20240202000000', '{"create table b()","select '',''"}', 'second'), ('20240101000000', '{}', NULL)`);
      const expected = (statements: readonly (readonly string[] | null)[]): unknown => [
        { version: '20240101000000', name: null, statements: statements[0] },
        { version: '20240202000000', name: 'second', statements: statements[1] },
      ];
      assert.deepEqual((await readSupabaseVersions(database)).applied, expected([null, null]));
      assert.deepEqual((await readSupabaseVersions(database, { statements: true })).applied, expected([[], ['create table b()', "select ','"]]));
    });

    it('an old project lacks the other columns', async () => {
      await run(`CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY);
        INSERT INTO supabase_migrations.schema_migrations VALUES ('20240101000000')`);
      const found = await readSupabaseVersions(database, { statements: true });
      assert.deepEqual(found, { applied: [{ version: '20240101000000', name: null, statements: null }], present: true, problems: [] });
    });
  });
});
