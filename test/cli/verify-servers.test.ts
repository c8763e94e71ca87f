/** *verify* on servers of every version, on a Supabase project, and as a role that may not read what it would have to. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { startPostgres, type PostgresMajor, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { prepareSupabase, pushMigrations } from '../harness/supabase';
import { need } from '../harness/tools';
import { runCli, sampleFolder } from './run-cli';

for (const major of [14, 15, 16, 17, 18] satisfies readonly PostgresMajor[]) {
  describe(`verifying on PostgreSQL ${major}`, function () {
    this.timeout(120_000);
    let server: PostgresServer;
    before(async function () {
      server = await need(this, startPostgres({ major }));
    });
    after(() => server?.stop());

    it('finds a database of Alembic as its models and history say, and what somebody changed by hand', async function () {
      const cwd = sampleFolder('healthy');
      const python = await need(this, pythonEnvironment());
      const url = await server.createDatabase('library');
      await python.alembic(cwd, ['upgrade', 'head'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
      const { code, out, err } = await runCli(['verify', '--database', url], { cwd });
      assert.deepEqual([code, err], [0, ''], out);
      assert.match(out, new RegExp(`PostgreSQL ${major}\\.`));
      assert.match(out, /against the models: 4 the same\n[^]*against the history: 4 the same\n/);
      await server.query("ALTER TABLE author ALTER COLUMN name DROP NOT NULL; ALTER TYPE loan_state ADD VALUE 'stolen'; DROP INDEX ix_loan_open", 'library');
      const changed = await runCli(['verify', '--database', url, '--against', 'models'], { cwd });
      assert.equal(changed.code, 1);
      assert.match(changed.out, /author[^]*loan[^]*loan_state/);
    });

    it("finds a Supabase project's database as its files say: what Supabase keeps for itself takes no part", async () => {
      const cwd = sampleFolder('supabase');
      const url = await server.createDatabase('recipes');
      await prepareSupabase(server, 'recipes');
      await server.query('CREATE SCHEMA storage AUTHORIZATION supabase_admin; CREATE TABLE storage.objects (id int); CREATE SCHEMA realtime AUTHORIZATION supabase_admin; CREATE TABLE realtime.messages (id int)', 'recipes');
      await pushMigrations(server, 'recipes', path.join(cwd, 'supabase', 'migrations'));
      const history = await runCli(['verify', '--database', url, '--against', 'history'], { cwd });
      assert.deepEqual([history.code, history.err], [0, ''], history.out);
      assert.match(history.out, /against the history: 3 the same/);
      // The sample's models are ahead of its files; a stub of a table of Supabase's is left alone.
      const models = await runCli(['verify', '--database', url, '--against', 'models'], { cwd });
      assert.equal(models.code, 1);
      assert.match(models.out, /missing: table step\n[^]*left alone: auth\.users\n/);
      assert.doesNotMatch(history.out + models.out, /storage|realtime|schema_migrations/);
      await server.query("DELETE FROM supabase_migrations.schema_migrations WHERE version = (SELECT max(version) FROM supabase_migrations.schema_migrations); INSERT INTO supabase_migrations.schema_migrations (version) VALUES ('20990101000000')", 'recipes');
      const strange = await runCli(['verify', '--database', url], { cwd });
      assert.match(strange.out + strange.err, /20990101000000/);
    });

    it('says what a role without rights lacks, and takes nothing for missing that it may not see', async function () {
      const cwd = sampleFolder('healthy');
      const python = await need(this, pythonEnvironment());
      const url = await server.createDatabase('guarded');
      await python.alembic(cwd, ['upgrade', 'head'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
      await server.query("CREATE ROLE stranger LOGIN PASSWORD 'x'; REVOKE ALL ON SCHEMA public FROM PUBLIC", 'guarded');
      const asStranger = new URL(url);
      asStranger.username = 'stranger';
      asStranger.password = 'x';
      const run = (...args: readonly string[]): ReturnType<typeof runCli> => runCli([...args, '--database', asStranger.href], { cwd });
      const verified = await run('verify');
      assert.match(verified.out + verified.err, /may not read the table alembic_version.*GRANT SELECT ON alembic_version/);
      // The catalog itself is open to everybody: what the models declare is found to be there.
      assert.match(verified.out, /against the models: 4 the same/);
      assert.match(verified.out + verified.err, /not known, so the database was not held against its history/);
      const history = await run('history');
      assert.match(history.out + history.err, /may not read the table alembic_version/);
      assert.equal((await run('schema', '--json')).code, 0);
    });
  });
}
