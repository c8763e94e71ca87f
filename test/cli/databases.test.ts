import assert from 'node:assert/strict';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { runCli, sampleFolder } from './run-cli';

describe('the command line with a database', function () {
  this.timeout(120_000);
  const cwd = sampleFolder('scraper');
  let server: PostgresServer;
  let python: PythonEnvironment;
  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  it('shows where a database stands', async () => {
    const url = await server.createDatabase('standing');
    const state = async (): Promise<{ state: string; applied: string[]; pending: string[]; unknown: string[] }> => {
      const { code, out, err } = await runCli(['history', '--database', url, '--json'], { cwd });
      assert.deepEqual([code, err], [0, '']);
      assert.ok(!out.includes(server.password));
      return JSON.parse(out).database;
    };
    const empty = await state();
    assert.deepEqual([empty.state, empty.applied.length, empty.pending.length, empty.pending[0]], ['behind', 0, 6, '8c1f0b6e2a47']);
    await python.alembic(cwd, ['upgrade', 'c05e3a86f912'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
    const behind = await state();
    assert.deepEqual([behind.state, behind.applied, behind.pending], ['behind', ['c05e3a86f912', '4e9a7710d5b8', 'b27d4e91c0f3', '8c1f0b6e2a47'], ['71d2fa4b38ce', 'e6b81c94507a']]);
    await python.alembic(cwd, ['upgrade', 'head'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
    assert.equal((await state()).state, 'up-to-date');
    const text = await runCli(['history'], { cwd, env: { DATABASE_URL: url } });
    assert.match(text.out, /\(head, applied\).*\n/);
    assert.match(text.out, /: up to date\n$/);
    await server.query(`update alembic_version set version_num = 'feedfeedfeed'`, 'standing');
    const lost = await state();
    assert.deepEqual([lost.state, lost.unknown], ['unknown-revision', ['feedfeedfeed']]);
  });

  it('takes the password from PGPASSWORD', async () => {
    const url = await server.createDatabase('with_password');
    const bare = url.replace(/:[^:@/]*@/, '@');
    assert.notEqual(bare, url);
    assert.equal((await runCli(['schema', '--database', bare, '--json'], { env: { PGPASSWORD: server.password } })).code, 0);
    const wrong = await runCli(['schema', '--database', bare, '--json'], { env: { PGPASSWORD: 'wrong-one' } });
    assert.equal(wrong.code, 4);
    assert.ok(!wrong.err.includes('wrong-one'));
  });

  it('prints a schema', async () => {
    await server.createDatabase('printed');
    await server.query(`create type mood as enum ('sad', 'ok'); create table person (id bigint generated always as identity primary key, name varchar(40) not null, mood mood default 'ok'); create table pet (owner bigint references person)`, 'printed');
    const { code, out } = await runCli(['schema', '--json'], { env: { DATABASE_URL: server.url('printed') } });
    assert.equal(code, 0);
    const { format, schema, server: told } = JSON.parse(out);
    assert.equal(format, 1);
    assert.equal(told.database, 'printed');
    assert.deepEqual(schema.enums.map((type: { name: string; labels: string[] }) => [type.name, type.labels]), [['mood', ['sad', 'ok']]]);
    assert.deepEqual(schema.tables.map((table: { name: string }) => table.name), ['person', 'pet']);
    const text = await runCli(['schema', '--database', server.url('printed')]);
    assert.match(text.out, /^person\n {2}id +bigint +not null {2}primary key {2}identity\n {2}name +character varying\(40\) +not null\n {2}mood +mood +default 'ok'::mood\n/);
    assert.match(text.out, /owner +bigint +→ person\.id/);
    assert.match(text.out, /\nenum mood: sad, ok\n\n2 tables, 1 enum type\n$/);
  });

  it('says in words why a database can’t be reached', async () => {
    const { code, out, err } = await runCli(['history', '--database', server.url('nowhere_at_all')], { cwd });
    assert.deepEqual([code, out], [4, '']);
    assert.match(err, /^alembic-review: .*nowhere_at_all/);
  });
});
