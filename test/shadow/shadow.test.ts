/** The embedded PostgreSQL: it answers a real driver, is ended at once, and says why it is gone. */
import assert from 'node:assert/strict';
import { Client } from 'pg';
import { openEmbeddedTrial } from '../../src/database/embedded-trial';
import { readSchema } from '../../src/database/read-schema';
import { startShadow, type Shadow } from '../../src/shadow/shadow';
import { shadowFolder } from '../harness/shadow';

describe('embedded PostgreSQL', function () {
  this.timeout(60_000);
  let folder: string;
  let shadow: Shadow;
  before(async () => {
    folder = await shadowFolder();
    shadow = await startShadow({ folder, extensions: ['citext'] });
  });
  after(() => shadow?.stop());

  it('runs statements, and tells an error with its SQLSTATE and place', async () => {
    const trial = await openEmbeddedTrial(shadow);
    assert.equal((await trial.run('CREATE TABLE place (id integer PRIMARY KEY)')).kind, 'ran');
    const failed = await trial.run('ALTER TABLE place ADD COLUMN status place_status');
    assert.ok(failed.kind === 'failed');
    assert.equal(failed.error.sqlstate, '42704');
    assert.equal(failed.error.position, 'ALTER TABLE place ADD COLUMN status '.length);
    assert.ok(trial.server.versionNumber >= 180000);
    await trial.close();
  });

  it('is read by the reader of real databases, within a transaction that is not committed', async () => {
    const trial = await openEmbeddedTrial(shadow);
    await trial.run('CREATE EXTENSION citext');
    await trial.run('BEGIN');
    await trial.run("CREATE TYPE mood AS ENUM ('low', 'high')");
    await trial.run('CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood, tags text[], name citext UNIQUE)');
    const { schema, problems } = await readSchema(trial.database);
    assert.deepEqual(problems, []);
    assert.deepEqual(schema.tables.map(({ name }) => name), ['place', 'thing']);
    assert.deepEqual(schema.enums.map(({ labels }) => labels), [['low', 'high']]);
    assert.deepEqual(schema.extensions, ['citext', 'plpgsql']);
    await trial.close();
    // The next client does not meet what the last one left open.
    const next = await openEmbeddedTrial(shadow);
    assert.deepEqual((await readSchema(next.database)).schema.tables.map(({ name }) => name), ['place']);
    await next.close();
  });

  it('lets nobody in who does not know its name, and one client at a time', async () => {
    const stranger = new Client({ host: shadow.host, port: shadow.port, user: 'postgres', database: 'postgres' });
    await assert.rejects(stranger.connect(), (error: { code?: string }) => error.code === '28000');
    const first = await openEmbeddedTrial(shadow);
    await assert.rejects(openEmbeddedTrial(shadow), (error: { code?: string }) => error.code === '53300');
    await first.close();
    await (await openEmbeddedTrial(shadow)).close();
  });

  it('ends in the middle of a statement that never would', async () => {
    const controller = new AbortController();
    const mine = await startShadow({ folder, signal: controller.signal });
    const trial = await openEmbeddedTrial(mine);
    const endless = trial.run('SELECT count(*) FROM generate_series(1, 1000000000000)');
    setTimeout(() => controller.abort(new Error('cancelled')), 200);
    const start = performance.now();
    await assert.rejects(endless);
    assert.ok(performance.now() - start < 3_000);
    // Who ended it knows why.
    assert.equal(mine.failure(), null);
  });
});
