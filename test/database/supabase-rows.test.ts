/**
 * The rows of `supabase_migrations.schema_migrations`: those that we write are, column by column, those that Supabase's own CLI writes
 * for the same files, pushed or repaired; and a project can go to and fro between the two. SUPABASE_CLI=all: older CLIs, too.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { applyFiles } from '../../src/runner/apply-files';
import type { MigrateOutcome } from '../../src/runner/migrate';
import { repairFiles } from '../../src/runner/repair-files';
import { disk } from '../../src/workspace/disk';
import { pendingFiles } from '../../src/workspace/pending-files';
import { filesToStamp } from '../../src/workspace/stamp-files';
import { runCli } from '../cli/run-cli';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { seed } from '../harness/seed';
import { supabaseCli, type SupabaseCli } from '../harness/supabase-cli';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { filesThatFail, filesThatRun } from './supabase-files';

const isAll = process.env['SUPABASE_CLI'] === 'all';

describe('rows of SQL migrations, beside Supabase’s own CLI', function () {
  this.timeout(240_000);
  let server: PostgresServer;
  let supabase: SupabaseCli;

  before(async function () {
    server = await need(this, startPostgres());
    supabase = await need(this, supabaseCli());
  });
  after(() => server?.stop());

  function project(files: Readonly<Record<string, string>>): string {
    const folder = temporaryFolder('supabase');
    mkdirSync(path.join(folder, 'supabase', 'migrations'), { recursive: true });
    writeFileSync(path.join(folder, 'supabase', 'config.toml'), 'project_id = "shop"\n');
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, 'supabase', 'migrations', name), text);
    return folder;
  }
  const homeOf = (folder: string) => ({ kind: 'supabase' as const, root: folder, configPath: `${folder}/supabase/config.toml`, migrationsFolder: `${folder}/supabase/migrations` });
  const has = async (database: string): Promise<boolean> => (await server.query(`SELECT to_regclass('supabase_migrations.schema_migrations') IS NOT NULL AS there`, database)).rows[0].there;
  /** Every column of every row. */
  const rowsOf = async (database: string): Promise<readonly Record<string, unknown>[]> => ((await has(database)) ? (await server.query('SELECT * FROM supabase_migrations.schema_migrations ORDER BY version', database)).rows : []);
  const versionsOf = async (database: string): Promise<readonly string[]> => (await rowsOf(database)).map(({ version }) => String(version));
  const columnsOf = async (database: string): Promise<unknown> => (await server.query(`SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'supabase_migrations' ORDER BY ordinal_position`, database)).rows;
  /** What else is there afterwards. */
  const objectsOf = async (database: string): Promise<unknown> => (await server.query(`SELECT c.relname, c.relkind, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 3`, database)).rows;

  async function push(database: string, folder: string, includeAll = false): Promise<MigrateOutcome> {
    const parsed = parseConnectionUrl(server.url(database));
    assert.ok(parsed.kind === 'target');
    const heads = await versionsOf(database);
    const found = await pendingFiles({ workspace: disk, project: homeOf(folder), applied: heads, target: 'head', includeAll });
    assert.ok('files' in found, JSON.stringify(found));
    return applyFiles({ target: parsed.target, password: parsed.password, migrations: found.files, heads });
  }
  async function repair(database: string, folder: string, applied: readonly string[], reverted: readonly string[]): Promise<MigrateOutcome> {
    const parsed = parseConnectionUrl(server.url(database));
    assert.ok(parsed.kind === 'target');
    const heads = await versionsOf(database);
    const files = await filesToStamp({ workspace: disk, project: homeOf(folder), heads, applied, reverted });
    assert.ok('applied' in files, JSON.stringify(files));
    return repairFiles({ target: parsed.target, password: parsed.password, repair: files, heads });
  }
  async function cli(database: string, folder: string, ...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await supabase(folder, args, server.url(database));
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    return stderr + stdout;
  }
  const same = (theirs: readonly Record<string, unknown>[], ours: readonly Record<string, unknown>[]): void => {
    // one by one: a difference is read in its own file
    for (const row of theirs) assert.deepEqual(ours.find(({ version }) => version === row.version), row);
    assert.deepEqual(ours, theirs);
  };

  it(`of ${Object.keys(filesThatRun).length} awkward files that run`, async () => {
    const folder = project(filesThatRun);
    for (const name of ['rows_cli', 'rows_ours']) await server.createDatabase(name);
    await cli('rows_cli', folder, 'db', 'push');
    const outcome = await push('rows_ours', folder);
    assert.deepEqual([outcome.kind, outcome.failure?.message], ['done', undefined]);
    const theirs = await rowsOf('rows_cli');
    assert.equal(theirs.length, Object.keys(filesThatRun).length);
    same(theirs, await rowsOf('rows_ours'));
    assert.deepEqual(await columnsOf('rows_ours'), await columnsOf('rows_cli'));
    assert.deepEqual(await objectsOf('rows_ours'), await objectsOf('rows_cli'));
    assert.match(await cli('rows_ours', folder, 'db', 'push'), /up to date/);
  });

  const failing = Object.entries(filesThatFail);
  for (const [name, text] of isAll ? failing : failing.slice(0, 3)) {
    it(`stops where the CLI does, and leaves what it leaves: ${name}`, async () => {
      const folder = project({ '1_place.sql': "create table place (id int primary key, name text); insert into place values (7, 'seven')", '2_fails.sql': text, '3_never.sql': 'create table never_reached (id int);' });
      for (const database of ['fails_cli', 'fails_ours']) await server.createDatabase(database);
      try {
        const theirs = await supabase(folder, ['db', 'push'], server.url('fails_cli'));
        const ours = await push('fails_ours', folder);
        assert.deepEqual([theirs.code === 0, ours.kind], [false, 'failed'], theirs.stderr);
        same(await rowsOf('fails_cli'), await rowsOf('fails_ours'));
        assert.deepEqual(await versionsOf('fails_ours'), ['1']);
        assert.deepEqual(await objectsOf('fails_ours'), await objectsOf('fails_cli'), theirs.stderr);
        const statement = /At statement: (\d+)/.exec(theirs.stderr + theirs.stdout)?.[1];
        // what becomes of COPY without data hangs on the driver
        const sqlstate = name === 'copy from stdin' ? '\\w{5}' : /SQLSTATE (\w{5})/.exec(theirs.stderr + theirs.stdout)?.[1];
        assert.match(ours.failure?.message ?? '', new RegExp(`Statement ${Number(statement) + 1} of 2_fails\\.sql failed \\(${sqlstate}\\)`), theirs.stderr);
      } finally {
        for (const database of ['fails_cli', 'fails_ours']) await server.dropDatabase(database);
      }
    });
  }

  it('of 200 drawn texts, and of those at which a push stops, which are only noted down: repaired by the CLI, and stamped by us', async () => {
    const draw = generator(seed);
    const texts = Array.from({ length: 200 }, () => Array.from({ length: 1 + draw(14) }, () => pieces[draw(pieces.length)]! + (draw(3) === 0 ? ' ' : '')).join(''));
    const files = Object.fromEntries([...texts, ...Object.values(filesThatFail)].map((text, index) => [`${20250101000000 + index}_drawn.sql`, text]));
    const folder = project(files);
    const versions = Object.keys(files).map((name) => name.slice(0, 14));
    for (const name of ['drawn_cli', 'drawn_ours']) await server.createDatabase(name);
    await cli('drawn_cli', folder, 'migration', 'repair', '--status', 'applied', ...versions);
    const outcome = await repair('drawn_ours', folder, versions, []);
    assert.deepEqual([outcome.kind, outcome.failure?.message], ['done', undefined]);
    const theirs = await rowsOf('drawn_cli');
    assert.equal(theirs.length, versions.length);
    same(theirs, await rowsOf('drawn_ours'));
    const taken = versions.filter((_, index) => index % 3 === 0);
    await cli('drawn_cli', folder, 'migration', 'repair', '--status', 'reverted', ...taken);
    await repair('drawn_ours', folder, [], taken);
    same(await rowsOf('drawn_cli'), await rowsOf('drawn_ours'));
  });

  if (isAll) {
    // Its splitter came to follow PostgreSQL's rules more closely in 3.0; the one in Go kept byte order marks, and NULL for a file of no statement.
    const later = ['20240101000017_comment_to_cr.sql', '20240101000019_escapes.sql', '20240101000022_atomic.sql'];
    const inGo = ['20240101000002_empty.sql', '20240101000003_blanks.sql', '20240101000005_only_semicolons.sql', '20240101000010_bom.sql', '20240101000011_bom_comment.sql'];
    const otherwise: Readonly<Record<'2.116.0' | '2.108.0', readonly string[]>> = { '2.116.0': later, '2.108.0': [...inGo, ...later] };
    for (const version of ['2.116.0', '2.108.0'] as const) {
      it(`are those of ${version}, but for what it takes apart otherwise`, async () => {
        const older = await supabaseCli(version);
        const name = `old_${version.replaceAll('.', '_')}`;
        await server.createDatabase(name);
        await server.createDatabase(`${name}_ours`);
        const folder = project(filesThatRun);
        const versions = Object.keys(filesThatRun).map((file) => file.slice(0, 14));
        const { code, stderr } = await older(folder, ['migration', 'repair', '--status', 'applied', ...versions], server.url(name));
        assert.equal(code, 0, stderr);
        await repair(`${name}_ours`, folder, versions, []);
        const ours = await rowsOf(`${name}_ours`);
        const differing = (await rowsOf(name)).filter((row) => JSON.stringify(row) !== JSON.stringify(ours.find((one) => one.version === row.version))).map((row) => Object.keys(filesThatRun).find((file) => file.startsWith(String(row.version))));
        assert.deepEqual(differing, otherwise[version]);
      });
    }
  }

  it('go to and fro: pushed, stamped and repaired by either, in a table of a hosted project with columns of its own', async () => {
    const steps: Readonly<Record<string, string>> = { '1_one.sql': 'create table one (id int);', '2_two.sql': '-- two\ncreate table two (id int);;', '3_three.sql': 'create table three (id int)', '4_four.sql': 'create table four (id int);', '5_five.sql': 'create table five (id int);' };
    const upTo = (count: number): string => project(Object.fromEntries(Object.entries(steps).slice(0, count)));
    const hosted = `CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY, statements text[], name text, created_by text, idempotency_key text UNIQUE, rollback text[]);
      INSERT INTO supabase_migrations.schema_migrations VALUES ('0', '{select 1}', 'from_the_dashboard', 'ada@example.com', 'key', '{select 2}')`;
    for (const name of ['alone', 'to_and_fro']) {
      await server.createDatabase(name);
      await server.query(hosted, name);
    }
    const dashboard = { '0_from_the_dashboard.sql': 'select 1' };
    const withZero = (folder: string): string => (writeFileSync(path.join(folder, 'supabase', 'migrations', Object.keys(dashboard)[0]!), Object.values(dashboard)[0]!), folder);
    // the CLI alone
    await cli('alone', withZero(upTo(3)), 'db', 'push');
    await cli('alone', withZero(upTo(4)), 'migration', 'repair', '--status', 'applied', '4');
    await cli('alone', withZero(upTo(4)), 'migration', 'repair', '--status', 'reverted', '2', '9');
    await cli('alone', withZero(upTo(4)), 'migration', 'repair', '--status', 'applied', '2', '0');
    await cli('alone', withZero(upTo(5)), 'db', 'push');
    // by turns
    assert.equal((await push('to_and_fro', withZero(upTo(1)))).kind, 'done');
    await cli('to_and_fro', withZero(upTo(2)), 'db', 'push');
    assert.equal((await push('to_and_fro', withZero(upTo(3)))).kind, 'done');
    assert.equal((await repair('to_and_fro', withZero(upTo(4)), ['4'], [])).kind, 'done');
    await cli('to_and_fro', withZero(upTo(4)), 'migration', 'repair', '--status', 'reverted', '2', '9');
    assert.equal((await repair('to_and_fro', withZero(upTo(4)), ['2', '0'], [])).kind, 'done');
    assert.equal((await push('to_and_fro', withZero(upTo(5)))).kind, 'done');
    const theirs = await rowsOf('alone');
    assert.deepEqual(theirs.map(({ version, created_by }) => [version, created_by]), [['0', 'ada@example.com'], ['1', null], ['2', null], ['3', null], ['4', null], ['5', null]]);
    same(theirs, await rowsOf('to_and_fro'));
    assert.deepEqual(await columnsOf('to_and_fro'), await columnsOf('alone'));
    assert.match(await cli('to_and_fro', withZero(upTo(5)), 'db', 'push'), /up to date/);
  });

  it('are stamped by the command line: shown as SQL, asked, a production’s name typed, and nothing else is touched', async () => {
    const folder = project({ '1_one.sql': 'create table one (id int);', '2_two.sql': "select 'it''s';", '3_three.sql': 'create table three (id int);' });
    const url = await server.createDatabase('stamped');
    const stamp = (...args: readonly string[]) => runCli(['stamp', ...args, '--no-verify', '--database', url], { cwd: folder });
    const asked = await stamp('1', '2');
    assert.deepEqual([asked.code, await has('stamped')], [3, false], asked.err);
    assert.match(asked.out, /^-- stamp of \S+: postgres@127\.0\.0\.1:\d+\/stamped\n[^]*No migration runs: only rows[^]*-- 1\. 1 one: noted down as applied\n-- 2\. 2 two: noted down as applied\n\nBEGIN;\n\nINSERT INTO supabase_migrations\.schema_migrations \(version, name, statements\) VALUES \('1', 'one', ARRAY\[\n {4}'create table one \(id int\)'\n {2}\]\)\n[^]*'select ''it''''s'''[^]*COMMIT;\n$/);
    assert.match((await stamp('1', '--yes', '--production')).err, /Nothing was run: .* is a production database/);
    const done = await stamp('1', '--production-name', 'stamped');
    assert.deepEqual([done.code, await versionsOf('stamped')], [0, ['1']], done.err);
    assert.match(done.err, /stands at 1 now\. No migration ran\./);
    assert.equal((await stamp('head', '--yes')).code, 0);
    assert.deepEqual(await versionsOf('stamped'), ['1', '2', '3']);
    assert.match((await stamp('head', '--yes')).err, /There is nothing to do/);
    // what was shown is what the CLI would have written: run as it stands, it gives the same rows
    await server.createDatabase('stamped_by_hand');
    await server.query(asked.out.replace('BEGIN;', 'BEGIN; CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text);'), 'stamped_by_hand');
    same((await rowsOf('stamped')).slice(0, 2), await rowsOf('stamped_by_hand'));
    assert.match((await stamp('9', '--yes')).err, /No file of .*migrations has the version 9/);
    assert.match((await stamp('head', '--status', 'reverted', '--yes')).err, /Name the versions to take back/);
    assert.match((await stamp('2', '--status', 'reverted')).out, /-- 1\. 2: taken back; what it did to the database stays\n\nBEGIN;\n\nDELETE FROM supabase_migrations\.schema_migrations WHERE version IN \('2'\);\n\nCOMMIT;/);
    assert.equal((await stamp('2', '9', '--status', 'reverted', '--yes')).code, 0);
    assert.deepEqual(await versionsOf('stamped'), ['1', '3']);
    assert.equal((await stamp('base', '--yes')).code, 0);
    assert.deepEqual([await versionsOf('stamped'), await objectsOf('stamped')], [[], []]);
  });

  it('are not stamped where the database moved meanwhile, or where the role may not', async () => {
    const folder = project({ '1_one.sql': 'create table one (id int);' });
    await server.createDatabase('moved');
    const parsed = parseConnectionUrl(server.url('moved'));
    assert.ok(parsed.kind === 'target');
    const files = await filesToStamp({ workspace: disk, project: homeOf(folder), heads: [], applied: ['1'], reverted: [] });
    assert.ok('applied' in files);
    const moved = await repairFiles({ target: parsed.target, password: parsed.password, repair: files, heads: ['0'] });
    assert.deepEqual([moved.kind, moved.failure?.code, await has('moved')], ['failed', 'moved', false]);
    await server.query(`CREATE ROLE reader LOGIN PASSWORD 'r'`, 'moved');
    const refused = await repairFiles({ target: { ...parsed.target, user: 'reader' }, password: 'r', repair: files, heads: [] });
    assert.match(refused.failure?.message ?? '', /can’t be changed \(42501\): permission denied/);
    // one who may write to the table, and make no schema: the CLI asks for no more either
    await server.query(`CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text); GRANT USAGE ON SCHEMA supabase_migrations TO reader; GRANT ALL ON supabase_migrations.schema_migrations TO reader`, 'moved');
    const granted = await repairFiles({ target: { ...parsed.target, user: 'reader' }, password: 'r', repair: files, heads: [] });
    assert.deepEqual([granted.kind, granted.applied], ['done', ['1']], granted.failure?.message);
  });
});

const pieces = ['select 1', ';', ';;', "'", "''", "E'", "e'\\'", '\\', '\n', '\r\n', '\r', ' ', '--', '-- c', '/*', '*/', '/', '*', '$$', '$a$', '$1', 'a$b$', '(', ')', 'begin atomic', 'BEGIN  ATOMIC', 'end', 'END;', 'ENDx', 'case', '"', 'é', '\u0085', '\ufeff', '\u00a0', '$ü$', 'do $$begin x; end$$;', '😀', '{{ x }}', ':name'];

function generator(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
