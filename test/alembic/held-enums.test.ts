import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { autogenerate } from '../../src/engine/autogenerate';
import type { Operation } from '../../src/engine/operations/operation';
import { noAnswers } from '../../src/engine/questions';
import { renderBody } from '../../src/engine/render/body';
import type { Schema } from '../../src/engine/schema/schema';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { openAlembicSession, type AlembicSession } from './alembic-session';
import { readDatabase, writeProject } from './drafts';

interface Holder {
  readonly make: string;
  readonly drop: string;
  /** As PostgreSQL describes it; absent: the draft knows it from the table. */
  readonly object?: string;
  readonly sqlstate: string;
}

/** What holds an enum type itself, so that a type which is built anew can not take the old one's place. */
const holders: Readonly<Record<string, Holder>> = {
  'a function by its argument': { make: `CREATE FUNCTION weight(m mood) RETURNS integer LANGUAGE sql AS 'SELECT 1'`, drop: 'DROP FUNCTION weight(mood)', object: 'function weight(mood)', sqlstate: '2BP01' },
  'a function by an array': { make: `CREATE FUNCTION weight(m mood[]) RETURNS integer LANGUAGE sql AS 'SELECT 1'`, drop: 'DROP FUNCTION weight(mood[])', object: 'function weight(mood[])', sqlstate: '2BP01' },
  'a function by its result': { make: `CREATE FUNCTION usual() RETURNS mood LANGUAGE sql AS $$SELECT 'A'::mood$$`, drop: 'DROP FUNCTION usual()', object: 'function usual()', sqlstate: '2BP01' },
  'a domain': { make: `CREATE DOMAIN good_mood AS mood CHECK (VALUE <> 'B')`, drop: 'DROP DOMAIN good_mood', object: 'type good_mood', sqlstate: '2BP01' },
  'an attribute of a composite type': { make: 'CREATE TYPE spell AS (mood mood, days integer)', drop: 'DROP TYPE spell', object: 'column mood of composite type spell', sqlstate: '2BP01' },
  'a range type': { make: 'CREATE TYPE mood_range AS RANGE (subtype = mood)', drop: 'DROP TYPE mood_range', object: 'type mood_range', sqlstate: '2BP01' },
  'a cast': { make: 'CREATE CAST (mood AS text) WITH INOUT AS IMPLICIT', drop: 'DROP CAST (mood AS text)', object: 'cast from mood to text', sqlstate: '2BP01' },
  'a default of a text': { make: `ALTER TABLE job ALTER COLUMN title SET DEFAULT ('A'::mood)::text`, drop: 'ALTER TABLE job ALTER COLUMN title DROP DEFAULT', object: 'default value for column title of table job', sqlstate: '2BP01' },
  'a view that reads no column of it': { make: `CREATE VIEW usual AS SELECT 'A'::mood AS mood`, drop: 'DROP VIEW usual', object: 'view usual', sqlstate: '2BP01' },
  'a partition key': { make: `CREATE TABLE spell (mood mood NOT NULL) PARTITION BY LIST (mood); CREATE TABLE spell_a PARTITION OF spell FOR VALUES IN ('A')`, drop: 'DROP TABLE spell', sqlstate: '42P16' },
};

describe('an enum type that is held by something else', function () {
  this.timeout(180_000);
  let server: PostgresServer;
  let alembic: AlembicSession;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'held-enums-'));
  before(async function () {
    server = await need(this, startPostgres());
    alembic = openAlembicSession(await need(this, pythonEnvironment()));
  });
  after(async () => {
    alembic?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = `CREATE TYPE mood AS ENUM ('A', 'B');
    CREATE TABLE job (id integer PRIMARY KEY, mood mood DEFAULT 'A', title text);
    CREATE INDEX ix_job_b ON job (id) WHERE mood = 'B'; ALTER TABLE job ADD CHECK (mood <> 'B' OR id > 0);
    CREATE VIEW good_job AS SELECT id, mood FROM job WHERE mood = 'A'; INSERT INTO job VALUES (1, 'A', 'x'), (2, 'B', 'y');`;
  const rows = async (database: string): Promise<unknown> => (await server.query('SELECT id, mood::text, title FROM job ORDER BY id', database)).rows;
  const noteOf = (operations: readonly Operation[]): string => operations.find(({ kind }) => kind === 'rename_enum')?.note ?? '';
  const labelled = (schema: Schema, labels: readonly string[]): Schema => ({ ...schema, enums: schema.enums.map((type) => ({ ...type, labels })) });

  for (const [index, [name, holder]] of Object.entries(holders).entries()) {
    it(name, async () => {
      const database = `held_${index}`;
      const url = await server.createDatabase(database);
      await server.query(`${start} ${holder.make}`, database);
      const current = await readDatabase(url);
      assert.deepEqual(current.enums.map(({ heldBy }) => heldBy), [holder.object === undefined ? undefined : [holder.object]]);

      const rebuilt = autogenerate({ current, models: labelled(current, ['B', 'A']), scope: null, answers: noAnswers, facts: null });
      for (const note of [noteOf(rebuilt.upgrade), noteOf(rebuilt.downgrade)]) {
        assert.match(note, /^REVIEW: /);
        assert.ok(note.includes(holder.sqlstate) && note.includes(holder.object ?? 'spell is partitioned by mood'), note);
      }
      assert.match(renderBody(rebuilt.upgrade).lines.join(' '), /# REVIEW: .*\(/);

      // It fails as it says, and loses nothing.
      const before = await rows(database);
      const project = path.join(folder, database);
      writeProject(project, { a: { down: null, upgrade: rebuilt.upgrade, downgrade: rebuilt.downgrade } });
      await assert.rejects(alembic.run(project, url, 'upgrade', 'a'), (error: Error) => codeOf(error) === holder.sqlstate);
      assert.deepEqual(await rows(database), before);
      assert.deepEqual(await readDatabase(url), current);

      // What the note says to do makes it run, in both directions.
      const [drop, make]: readonly Operation[] = [{ kind: 'execute', sql: holder.drop, effect: 'none' }, { kind: 'execute', sql: holder.make, effect: 'none' }];
      if (holder.object === undefined || drop === undefined || make === undefined) return;
      const completed = path.join(folder, `${database}_completed`);
      writeProject(completed, { a: { down: null, upgrade: [drop, ...rebuilt.upgrade, make], downgrade: [drop, ...rebuilt.downgrade, make] } });
      await alembic.run(completed, url, 'upgrade', 'a');
      assert.deepEqual((await readDatabase(url)).enums.map(({ labels, heldBy }) => ({ labels, heldBy })), [{ labels: ['B', 'A'], heldBy: [holder.object] }]);
      await alembic.run(completed, url, 'downgrade', 'base');
      assert.deepEqual(await readDatabase(url), current);
      assert.deepEqual(await rows(database), before);
    });
  }

  it('gets labels, and new names for them, without a word', async () => {
    const url = await server.createDatabase('held_and_grown');
    await server.query(`${start} ${Object.values(holders).filter(({ make }) => !/weight\(m mood\[\]|VIEW usual|spell AS/.test(make)).map(({ make }) => make).join('; ')}`, 'held_and_grown');
    const current = await readDatabase(url);
    assert.equal(current.enums[0]?.heldBy?.length, 6);
    const grown = autogenerate({ current, models: labelled(current, ['A', 'B', 'C']), scope: null, answers: noAnswers, facts: null });
    const renamed = autogenerate({ current, models: labelled(current, ['A', 'Z']), scope: null, answers: { ...noAnswers, labelRenames: [{ type: { schema: null, name: 'mood' }, from: 'B', to: 'Z' }] }, facts: null });
    assert.deepEqual(grown.upgrade.map(({ kind }) => kind), ['add_enum_value']);
    assert.ok(renamed.upgrade.some(({ kind }) => kind === 'rename_enum_value'));
    assert.ok(![...grown.upgrade, ...renamed.upgrade, ...renamed.downgrade].some(({ kind, note }) => kind === 'rename_enum' || note?.includes('2BP01') === true));
    // Only the way back builds the type anew.
    assert.match(noteOf(grown.downgrade), /2BP01/);
  });
});

function codeOf(error: Error): string {
  const names: Readonly<Record<string, string>> = { DependentObjectsStillExist: '2BP01', InvalidTableDefinition: '42P16', InvalidObjectDefinition: '42P17' };
  return Object.entries(names).find(([name]) => error.message.includes(name))?.[1] ?? error.message;
}
