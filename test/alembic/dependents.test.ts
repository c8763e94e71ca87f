import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { autogenerate } from '../../src/engine/autogenerate';
import { noAnswers } from '../../src/engine/questions';
import type { Schema, Table } from '../../src/engine/schema/schema';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { openAlembicSession, type AlembicSession } from './alembic-session';
import { readDatabase, writeProject } from './drafts';

/** What reads a column is out of the way while its type changes, and back afterwards, word for word. */
describe('dependents of a changed column, on a real server', function () {
  this.timeout(180_000);
  let server: PostgresServer;
  let alembic: AlembicSession;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dependents-'));
  before(async () => {
    server = await startPostgres();
    alembic = openAlembicSession(await pythonEnvironment());
  });
  after(async () => {
    alembic?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('survive text → enum, a rename and a rebuilt type', async () => {
    const url = await server.createDatabase('dependents');
    await server.query(
      `CREATE TYPE mood AS ENUM ('A', 'B');
       CREATE TABLE job (id serial PRIMARY KEY, status text NOT NULL DEFAULT 'NEW', mood mood, owner text);
       CREATE INDEX ix_job_new ON job (id) WHERE status = 'NEW';
       CREATE INDEX ix_job_mood ON job (id) WHERE mood = 'A';
       ALTER TABLE job ADD CONSTRAINT ck_job_status CHECK (status <> 'X');
       CREATE VIEW open_job AS SELECT id, status, mood FROM job WHERE status = 'NEW';
       CREATE VIEW open_count AS SELECT status, count(*) AS n FROM open_job GROUP BY status;
       CREATE MATERIALIZED VIEW job_moods AS SELECT mood, count(*) AS n FROM job GROUP BY mood;
       CREATE UNIQUE INDEX ix_job_moods ON job_moods (mood);
       COMMENT ON VIEW open_job IS 'Waiting';
       GRANT SELECT ON open_job TO PUBLIC;
       ALTER TABLE job ENABLE ROW LEVEL SECURITY;
       CREATE POLICY only_new ON job FOR SELECT USING (status = 'NEW');
       INSERT INTO job (status, mood) VALUES ('NEW', 'A'), ('DONE', NULL);
       REFRESH MATERIALIZED VIEW job_moods;`,
      'dependents',
    );
    const current = await readDatabase(url);
    const models = changed(current);
    const renamed = { columnRenames: [{ table: { schema: null, name: 'job' }, from: 'status', to: 'state' }] };
    const result = autogenerate({ current, models, scope: null, answers: { ...noAnswers, ...renamed }, facts: null });
    writeProject(path.join(folder, 'p'), { a: { down: null, upgrade: result.upgrade, downgrade: result.downgrade } });

    const seen = async (): Promise<unknown> => [
      (await server.query('SELECT * FROM open_job', 'dependents')).rows,
      (await server.query('SELECT status::text, n FROM open_count', 'dependents')).rows,
      (await server.query('SELECT mood::text, n FROM job_moods ORDER BY 1', 'dependents')).rows,
      (await server.query(`SELECT obj_description('open_job'::regclass) AS comment, has_table_privilege('public', 'open_job', 'select') AS granted`, 'dependents')).rows,
      (await server.query(`SELECT count(*) FROM pg_policies WHERE policyname = 'only_new'`, 'dependents')).rows,
      (await server.query(`SELECT count(*) FROM pg_indexes WHERE indexname IN ('ix_job_new', 'ix_job_mood', 'ix_job_moods')`, 'dependents')).rows,
    ];
    const before = await seen();
    await alembic.run(path.join(folder, 'p'), url, 'upgrade', 'a');
    assert.deepEqual(await seen(), before);
    assert.equal((await server.query(`SELECT format_type(atttypid, -1) AS type FROM pg_attribute WHERE attrelid = 'job'::regclass AND attname = 'state'`, 'dependents')).rows[0]?.['type'], 'job_status');
    await alembic.run(path.join(folder, 'p'), url, 'downgrade', 'base');
    assert.deepEqual(await seen(), before);
    await alembic.run(path.join(folder, 'p'), url, 'upgrade', 'a');
    assert.deepEqual(await seen(), before);
  });
});

/** `status` becomes `state` of an enum type, and `mood` gets its labels in another order. */
function changed(current: Schema): Schema {
  const tables = current.tables.map(
    (table): Table => ({
      ...table,
      columns: table.columns.map((column) => (column.name === 'status' ? { ...column, name: 'state', type: { kind: 'enum', schema: null, name: 'job_status', dimensions: 0 }, default: { sql: "'NEW'" } } : column)),
      checks: table.checks.map((check) => ({ ...check, expression: { sql: "state <> 'X'" } })),
      indexes: table.indexes.map((index) => (index.name === 'ix_job_new' ? { ...index, where: { sql: "state = 'NEW'" } } : index)),
    }),
  );
  return { ...current, tables, enums: [{ schema: null, name: 'mood', labels: ['B', 'A'], comment: null, extension: null }, { schema: null, name: 'job_status', labels: ['NEW', 'DONE', 'X'], comment: null, extension: null }] };
}
