/** SQL migrations that we run: the rows that we write are those that Supabase's CLI would write, and a project can go to and fro. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { applyFiles, filesPlan } from '../../src/runner/apply-files';
import type { MigrateOutcome, MigrateProgress } from '../../src/runner/migrate';
import { outcomeWords } from '../../src/runner/outcome-words';
import { runCli } from '../cli/run-cli';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { parseConnectionUrl } from '../../src/database/connection-url';

describe('running SQL migrations as Supabase’s CLI does', () => {
  let server: PostgresServer;

  before(async function () {
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  const written = async (database: string): Promise<unknown> => (await server.query('SELECT version, name, statements FROM supabase_migrations.schema_migrations ORDER BY version', database)).rows;
  const relations = async (database: string): Promise<readonly string[]> => (await server.query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i') ORDER BY 1`, database)).rows.map(({ relname }: { relname: string }) => relname);
  const apply = async (url: string, migrations: readonly { version: string; name: string; statements: readonly string[] }[], heads: readonly string[] = [], more: { signal?: AbortSignal; onProgress?: (progress: MigrateProgress) => void } = {}): Promise<MigrateOutcome> => {
    const parsed = parseConnectionUrl(url);
    assert.ok(parsed.kind === 'target');
    return applyFiles({ target: parsed.target, password: parsed.password, migrations, heads, ...more });
  };
  const project = (files: Readonly<Record<string, string>>): string => {
    const folder = temporaryFolder('supabase');
    mkdirSync(path.join(folder, 'supabase', 'migrations'), { recursive: true });
    writeFileSync(path.join(folder, 'supabase', 'config.toml'), 'project_id = "shop"\n');
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, 'supabase', 'migrations', name), text);
    return folder;
  };

  it('writes the rows that the CLI would write, and goes on behind what it did', async () => {
    const url = await server.createDatabase('to_and_fro');
    // As the CLI leaves a database of an old project: without the later columns.
    await server.query(`CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY); INSERT INTO supabase_migrations.schema_migrations VALUES ('20240101000000'); CREATE TABLE place (id int)`, 'to_and_fro');
    const folder = project({
      '20240101000000_places.sql': 'create table place (id int);',
      '20240102000000_add_names.sql': "-- names\nalter table place add name text default 'a;b';\n\ncreate function f() returns int language sql as $$ select 1; $$;;\n",
      '20240103000000_index.sql': 'create index concurrently place_name on place (name);\n',
    });
    const asked = await runCli(['upgrade', '--database', url], { cwd: folder });
    assert.equal(asked.code, 3, asked.err);
    assert.match(asked.out, /-- 1\. 20240102000000 add names\n-- 2\. 20240103000000 index\n[^]*-- 20240102000000_add_names\.sql\n[^]*add name text/);
    const { code, err } = await runCli(['upgrade', '--yes', '--database', url], { cwd: folder });
    assert.equal(code, 0, err);
    assert.match(err, /1 of 2: 20240102000000 add names\n2 of 2: 20240103000000 index\n2 revisions were upgraded; \S+ stands at 20240103000000 now\./);
    assert.deepEqual(await written('to_and_fro'), [
      { version: '20240101000000', name: null, statements: null },
      { version: '20240102000000', name: 'add_names', statements: ["-- names\nalter table place add name text default 'a;b'", 'create function f() returns int language sql as $$ select 1; $$'] },
      { version: '20240103000000', name: 'index', statements: ['create index concurrently place_name on place (name)'] },
    ]);
    const columns = await server.query(`SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'supabase_migrations' ORDER BY ordinal_position`, 'to_and_fro');
    assert.deepEqual(columns.rows.map((row: object) => Object.values(row).join(' ')), ['version text NO', 'statements ARRAY YES', 'name text YES']);
    assert.match((await runCli(['upgrade', '--yes', '--database', url], { cwd: folder })).err, /There is nothing to do/);
  });

  it('stands whole or not at all, file by file', async () => {
    const url = await server.createDatabase('whole');
    const files = [
      { version: '1', name: 'one', statements: ['create table one (id int)'] },
      { version: '2', name: 'two', statements: ['create table two (id int)', 'select 1 / 0'] },
      { version: '3', name: 'three', statements: ['create table three (id int)'] },
    ];
    const outcome = await apply(url, files);
    assert.deepEqual([outcome.kind, outcome.applied, outcome.steps, outcome.committed], ['failed', ['1'], 1, false]);
    assert.deepEqual(outcomeWords(filesPlan(files, []), outcome, 'dev'), ['Statement 2 of 2_two.sql failed (22012): division by zero', '1 of 3 revisions stands: dev stands at 1. What 2 (two) had done was rolled back.']);
    assert.deepEqual(await relations('whole'), ['one']);
  });

  it('says what stands of a file that commits by itself, or has what refuses a transaction', async () => {
    const url = await server.createDatabase('parts');
    const concurrently = [{ version: '1', name: 'online', statements: ['create table t (a int)', "insert into t values (1), (1)", 'create unique index concurrently t_a on t (a)', 'create table never (a int)'] }];
    const outcome = await apply(url, concurrently);
    assert.deepEqual([outcome.kind, outcome.steps, outcome.committed, outcome.invalidIndexes], ['failed', 0, true, ['public.t_a']]);
    assert.match(outcomeWords(filesPlan(concurrently, []), outcome, 'dev').join(' '), /Part of 1 \(online\) was committed.*DROP INDEX CONCURRENTLY public\.t_a/);
    await server.query('drop table t', 'parts');
    const own = [{ version: '1', name: 'own', statements: ['begin', 'create table a (id int)', 'commit', 'begin', 'create table b (id int)', 'select 1 / 0', 'commit'] }];
    const second = await apply(url, own);
    assert.deepEqual([second.kind, second.steps, second.committed], ['failed', 0, true]);
    assert.deepEqual(await relations('parts'), ['a']);
    await server.query('drop table a', 'parts');
    const well = await apply(url, [{ version: '1', name: 'own', statements: own[0]!.statements.filter((one) => !one.includes('/')) }]);
    assert.deepEqual([well.kind, well.applied], ['done', ['1']]);
  });

  it('says who holds a lock, cancels without a trace, and resets what a file has set', async () => {
    const url = await server.createDatabase('held');
    const first = await apply(url, [{ version: '1', name: 'one', statements: ["select set_config('search_path', '', false)", 'create table public.t (id int)'] }, { version: '2', name: 'two', statements: ['create table u (id int)'] }]);
    assert.deepEqual([first.kind, first.applied, await relations('held')], ['done', ['1', '2'], ['t', 'u']], first.failure?.message);
    const holder = new Client({ connectionString: url, application_name: 'test' });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE t IN ACCESS SHARE MODE');
      const controller = new AbortController();
      const kinds: string[] = [];
      const outcome = await apply(url, [{ version: '3', name: 'three', statements: ['create table v (id int)', 'alter table t add a int'] }], ['1', '2'], { signal: controller.signal, onProgress: ({ kind }) => (kinds.push(kind), kind === 'blocked' && controller.abort(new Error('enough'))) });
      assert.deepEqual([outcome.kind, outcome.applied, kinds.includes('blocked')], ['cancelled', ['1', '2'], true]);
    } finally {
      await holder.end();
    }
    assert.deepEqual(await relations('held'), ['t', 'u']);
  });

  it('refuses as the CLI does: versions without a file, files behind the last one; and has no way back', async () => {
    const url = await server.createDatabase('refused');
    await apply(url, [{ version: '2', name: 'two', statements: ['select 1'] }]);
    const strange = await runCli(['upgrade', '--yes', '--database', url], { cwd: project({ '1_one.sql': 'select 1' }) });
    assert.match(strange.err, /has versions that no file has: 2\. .*supabase migration repair/);
    const late = project({ '1_one.sql': 'create table late (id int)', '2_two.sql': 'select 1' });
    assert.match((await runCli(['upgrade', '--yes', '--database', url], { cwd: late })).err, /1 would run behind a later one/);
    assert.equal((await runCli(['upgrade', '--yes', '--include-all', '--database', url], { cwd: late })).code, 0);
    assert.deepEqual(await relations('refused'), ['late']);
    assert.match((await runCli(['downgrade', '-1', '--yes', '--database', url], { cwd: late })).err, /have no way back/);
    const stale = await apply(url, [{ version: '3', name: 'three', statements: ['create table t (id int)'] }], ['2']);
    assert.deepEqual([stale.kind, stale.failure?.code, await relations('refused')], ['failed', 'moved', ['late']]);
  });

  it('gives up a lock that does not come in the time that was given, and says who holds it', async () => {
    const url = await server.createDatabase('sql_lock');
    await server.query('CREATE TABLE place (id int)', 'sql_lock');
    const files = { '20240101000000_one.sql': 'create table shelf (id int);', '20240102000000_two.sql': 'create table half (id int);\nalter table place add name text;' };
    const holder = new Client({ connectionString: url, application_name: 'test' });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE place IN ACCESS SHARE MODE');
      const { code, err } = await runCli(['upgrade', '--yes', '--lock-timeout', '600ms', '--database', url], { cwd: project(files) });
      assert.equal(code, 1);
      assert.match(err, /Statement 2 of 20240102000000_two\.sql failed \(55P03\): canceling statement due to lock timeout\nThe lock was held by the server process \d+ \(postgres, test, idle in transaction for \d+ s: BEGIN; LOCK TABLE place IN ACCESS SHARE MODE\)\.\n1 of 2 revisions stands/);
    } finally {
      await holder.end();
    }
    assert.deepEqual(await relations('sql_lock'), ['place', 'shelf']);
    // What a file says itself counts.
    const slow = project({ ...files, '20240102000000_two.sql': "set statement_timeout = '20s';\nselect pg_sleep(0.5);" });
    const own = await runCli(['upgrade', '--yes', '--statement-timeout', '100', '--database', url, '--no-verify'], { cwd: slow });
    assert.equal(own.code, 0, own.err);
  });
});
