import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { freePort, mustRun } from '../harness/processes';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { runCli, sampleFolder } from './run-cli';

/** `status` over real databases and a real repository. The version tables are what counts, so nothing else is in them. */
for (const major of [14, 18] as const) {
  describe(`alembic-review status on PostgreSQL ${major}`, function () {
    this.timeout(90_000);
    let server: PostgresServer;
    before(async function () {
      server = await need(this, startPostgres({ major }));
    });
    after(() => server?.stop());

    const at = async (name: string, versions: readonly string[], table = 'alembic_version'): Promise<string> => {
      const url = await server.createDatabase(name);
      await server.query(`create schema if not exists ops; create table ${table} (version_num varchar(32) primary key); ${versions.map((id) => `insert into ${table} values ('${id}')`).join(';')}`, name);
      return url;
    };
    const copy = (name: string): string => {
      const folder = path.join(temporaryFolder('status'), name);
      cpSync(sampleFolder(name), folder, { recursive: true });
      return folder;
    };

    it('tells of several databases, with git’s place of what no file has, and the one that is down last', async () => {
      const cwd = copy('scraper');
      const git = (...args: string[]): Promise<unknown> => mustRun('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], { cwd });
      await git('init', '-q', '-b', 'main');
      await git('add', '-A');
      await git('commit', '-q', '-m', 'Start');
      await git('checkout', '-q', '-b', 'feature/x');
      writeFileSync(path.join(cwd, 'alembic', 'versions', 'aa11_x.py'), `revision = 'aa11'\ndown_revision = 'e6b81c94507a'\n`);
      await git('add', '-A');
      await git('commit', '-q', '-m', 'X');
      await git('checkout', '-q', 'main');
      const urls = [await at('current', ['e6b81c94507a']), await at('behind', ['c05e3a86f912']), await at('ahead', ['aa11']), `postgresql://app:s3cret@127.0.0.1:${await freePort()}/down`];
      const { code, out, err } = await runCli(['status', ...urls.flatMap((url) => ['--database', url])], { cwd });
      assert.deepEqual([code, err], [4, '']);
      const [current, behind, ahead, down] = out.split('\n\n');
      assert.match(current!, /^postgres@\S+\/current: up to date\n {2}at {7}e6b81c94507a$/);
      assert.match(behind!, /\/behind: 2 pending\n {2}next {5}71d2fa4b38ce {2}One tenant\n {2}pending {2}e6b81c94507a {2}Curate contacts\n {2}at {7}c05e3a86f912$/);
      assert.match(ahead!, /\/ahead: ahead: unknown revision\n {2}unknown {2}aa11 {2}on branch feature\/x, commit [0-9a-f]{8}, just now, by Ada$/);
      assert.match(down!, /^app@\S+\/down: unreachable\n {2}Nothing answers/);
      assert.ok(!out.includes('s3cret') && !out.includes(server.password));
      const json = JSON.parse((await runCli(['status', '--json', ...urls.slice(0, 3).flatMap((url) => ['--database', url])], { cwd })).out);
      assert.deepEqual(json.databases.map((one: { histories: { state: string; form: string }[] }) => one.histories.map(({ form, state }) => [form, state])), [[['alembic', 'up-to-date']], [['alembic', 'behind']], [['alembic', 'unknown-revision']]]);
      assert.deepEqual([json.databases[2].histories[0].unknown[0].git.kind, json.databases[2].histories[0].unknown[0].git.name], ['branch', 'feature/x']);
    });

    it('reads several heads, and Supabase’s table beside Alembic’s', async () => {
      const cwd = copy('branched');
      mkdirSync(path.join(cwd, 'supabase', 'migrations'), { recursive: true });
      writeFileSync(path.join(cwd, 'supabase', 'migrations', '20240101000000_first.sql'), 'select 1;\n');
      writeFileSync(path.join(cwd, 'supabase', 'migrations', '20240202000000_second.sql'), 'select 1;\n');
      const url = await at('both', ['a00000000002', 'a00000000003']);
      await server.query(`create schema supabase_migrations; create table supabase_migrations.schema_migrations (version text primary key); insert into supabase_migrations.schema_migrations values ('20240101000000')`, 'both');
      const { code, out } = await runCli(['status'], { cwd, env: { DATABASE_URL: url } });
      assert.equal(code, 0);
      assert.match(out, /\/both, Alembic: up to date\n {2}at {7}a00000000002\n {2}at {7}a00000000003\n\S+\/both, Supabase: 1 pending\n {2}next {5}20240202000000 {2}second\n {2}at {7}20240101000000\n$/);
    });

    it('reads the version table under the name and schema that env.py gives it', async () => {
      const cwd = copy('branched');
      const env = path.join(cwd, 'alembic', 'env.py');
      const text = readFileSync(env, 'utf8');
      writeFileSync(env, text.replaceAll('target_metadata=Base', 'version_table="schema_version", version_table_schema="ops", target_metadata=Base'));
      const url = await at('elsewhere', ['a00000000002'], 'ops.schema_version');
      const { code, out } = await runCli(['status', '--database', url], { cwd });
      assert.equal(code, 0);
      assert.match(out, /: 1 pending\n {2}next {5}a00000000003 /);
    });

    it('says that a role may not read the version table, and ends with 1', async () => {
      const url = await at('forbidden', ['a00000000002']);
      await server.query(`create role guest${major} login password 'x'`);
      const { code, out } = await runCli(['status', '--database', url.replace(/\/\/[^@]*@/, `//guest${major}:x@`)], { cwd: sampleFolder('branched') });
      assert.equal(code, 1);
      assert.match(out, /: its version table can’t be read\n {2}This user may not read the table alembic_version/);
    });
  });
}

describe('alembic-review status', () => {
  it('wants a database, and other commands want one only', async () => {
    const cwd = sampleFolder('branched');
    assert.deepEqual((await runCli(['status'], { cwd })).code, 2);
    const twice = await runCli(['history', '--database', 'postgresql://a/b', '--database', 'postgresql://a/c'], { cwd });
    assert.equal(twice.code, 2);
    assert.match(twice.err, /more than once/);
  });
});
