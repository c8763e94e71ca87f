/** The ground the database tests stand on: servers of each version start, take SQL, can be dumped, and end. */
import assert from 'node:assert/strict';
import { pgDump, pgDumpMajor, startPostgres } from '../harness/postgres';
import type { PostgresMajor } from '../harness/postgres';
import { need } from '../harness/tools';

describe('embedded PostgreSQL', () => {
  for (const major of [14, 15, 16, 17, 18] as const satisfies readonly PostgresMajor[]) {
    it(`starts ${major}, takes SQL, and stops`, async function () {
      const server = await need(this, startPostgres({ major }));
      try {
        const { rows } = await server.query('show server_version_num');
        assert.equal(Math.floor(Number(rows[0].server_version_num) / 10_000), major);
        await server.createDatabase('odd "name"');
        await server.query('create table a (id int); insert into a values (1), (2)', 'odd "name"');
        assert.equal((await server.query('select * from a', 'odd "name"')).rowCount, 2);
        await server.dropDatabase('odd "name"');
      } finally {
        await server.stop();
      }
      await assert.rejects(server.query('select 1'), /ECONNREFUSED/);
    });
  }

  it('refuses a wrong password', async function () {
    const server = await need(this, startPostgres());
    try {
      const { Client } = await import('pg');
      await assert.rejects(new Client({ connectionString: server.url().replace(server.password, 'wrong') }).connect(), { code: '28P01' });
    } finally {
      await server.stop();
    }
  });

  it('can be dumped', async function () {
    const server = await need(this, startPostgres({ major: pgDumpMajor }));
    try {
      await server.query(`create table place (id serial primary key, name text not null default 'x')`);
      assert.match(await need(this, pgDump(server.url(), ['--schema-only'])), /CREATE TABLE public\.place/);
    } finally {
      await server.stop();
    }
  });
});
