/**
 * What a ROLLBACK takes back: random scripts of tables, columns, transactions and savepoints, run by real Alembic with both drivers
 * and sent as SQL files; what is there afterwards is what the replay says, where it does not say that it hangs on the driver.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { Client } from 'pg';
import type { Operation } from '../../src/engine/operations/operation';
import { readDraft } from '../../src/engine/operations/read-draft';
import { readSql } from '../../src/engine/operations/read-sql';
import { replay } from '../../src/engine/history/replay';
import { Reading } from '../../src/engine/python/evaluate';
import { emptySchema, sameName, type Schema } from '../../src/engine/schema/schema';
import type { SqlParser } from '../../src/engine/sql/parser';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { seed } from '../harness/seed';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { openAlembicSession, type AlembicSession } from './alembic-session';

const cases = Number(process.env['ROLLBACK_CASES'] ?? 24);

/** Some statements that go together; others would only be refused. */
const phrase = fc.constantFrom(
  ['table'], ['table'], ['column'], ['column'], ['BEGIN'], ['COMMIT'], ['ROLLBACK'], ['table', 'ROLLBACK'], ['COMMIT', 'table', 'ROLLBACK'], ['BEGIN', 'table', 'ROLLBACK AND CHAIN', 'column', 'COMMIT'], ['BEGIN', 'column', 'COMMIT AND CHAIN', 'table', 'ROLLBACK'],
  ['BEGIN', 'SAVEPOINT a', 'table', 'ROLLBACK TO a', 'column'], ['BEGIN', 'SAVEPOINT a', 'table', 'SAVEPOINT a', 'column', 'ROLLBACK TO SAVEPOINT a', 'RELEASE a', 'column', 'ROLLBACK TO A', 'table'], ['BEGIN', 'SAVEPOINT "A"', 'table', 'SAVEPOINT a', 'table', 'RELEASE "A"', 'ROLLBACK', 'column'], ['BEGIN', 'SAVEPOINT a', 'column', 'SAVEPOINT "A"', 'table', 'ROLLBACK TO "A"', 'ROLLBACK TO a'],
);
const scripts = fc.array(phrase, { minLength: 1, maxLength: 5 }).map((phrases) => phrases.flat());

const drawn = fc.array(fc.oneof({ weight: 3, arbitrary: scripts }, { weight: 1, arbitrary: scripts.map((inner) => ['block', ...inner]) }), { minLength: 1, maxLength: 2 });

/** What a draw found once: the BEGIN that opens a block right behind one that was left open. */
const found: readonly (readonly string[])[][] = [
  [
    ['block', 'BEGIN', 'SAVEPOINT a', 'column'],
    ['block', 'BEGIN', 'column', 'table', 'ROLLBACK', 'BEGIN', 'column', 'COMMIT', 'BEGIN', 'column'],
  ],
];

function written(given: readonly string[]): readonly string[] {
  let count = 0;
  return given.map((one) => (one === 'table' ? `CREATE TABLE t${++count} ()` : one === 'column' ? `ALTER TABLE t0 ADD COLUMN c${++count} integer` : one));
}

describe('ROLLBACK in a script', () => {
  const folder = temporaryFolder('rollback');
  let server: PostgresServer;
  let session: AlembicSession;
  let sql: SqlParser;

  before(async function () {
    sql = await loadSqlParser();
    session = openAlembicSession(await need(this, pythonEnvironment()));
    server = await need(this, startPostgres());
  });
  after(async () => {
    session?.close();
    await server?.stop();
  });

  for (const driver of ['psycopg2', 'psycopg'] as const) {
    it(`run by Alembic with ${driver} (${cases}, seed ${seed})`, async function () {
      this.timeout(120_000);
      const seen = { held: 0, maybe: 0, refused: 0 };
      for (const [index, given] of [...found, ...fc.sample(drawn, { numRuns: cases, seed })].entries()) {
        const parts = given.map((part) => (part[0] === 'block' ? { block: true, statements: written(part.slice(1)) } : { block: false, statements: written(part) }));
        let made = 0;
        const lines = parts.flatMap(({ block, statements }) => [...(block ? ['with op.get_context().autocommit_block():'] : []), ...statements.map((one) => `${block ? '    ' : ''}op.execute(${JSON.stringify(one.replace(/ (t|c)[1-9]\d*/, (_whole, letter: string) => ` ${letter}${++made}`))})`)]);
        const texts = [script('r0', null, ['op.execute("CREATE TABLE t0 ()")']), script('r1', 'r0', lines)];
        const project = writeProject(path.join(folder, `${driver}${index}`), texts);
        const name = `rollback_${driver}_${index}`;
        const url = (await server.createDatabase(name)).replace(/^postgresql:/, `postgresql+${driver}:`);
        const failed = await session.run(project, url, 'upgrade', 'head').then(() => false, () => true);
        const { rows } = await server.query(tablesAndColumns, name);
        await server.dropDatabase(name);
        // A savepoint that is not there, a table that is made twice.
        if (failed) {
          seen.refused++;
          continue;
        }
        const schema = replay(texts.map((text) => ({ upgrade: read(text) })), emptySchema);
        seen[hold(schema, rows, texts.join('\n'))]++;
      }
      console.log(`      ${driver}: ${JSON.stringify(seen)}`);
      assert.ok(seen.held > 0);
    });
  }

  it(`of a SQL file that is sent as one (${cases * 4}, seed ${seed})`, async () => {
    const url = await server.createDatabase('rollback_file');
    const client = new Client({ connectionString: url });
    await client.connect();
    const seen = { held: 0, maybe: 0, refused: 0 };
    for (const given of fc.sample(scripts, { numRuns: cases * 4, seed })) {
      const text = written(given).join(';\n');
      await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE t0 ()');
      const failed = await client.query(text).then(() => false, () => true);
      // What a BEGIN left open is committed, as what comes next does.
      await client.query(failed ? 'ROLLBACK' : 'COMMIT');
      if (failed) {
        seen.refused++;
        continue;
      }
      const { rows } = await client.query<Row>(tablesAndColumns);
      const source = { path: '/p/supabase/migrations/1_a.sql', range: { start: 0, end: 0 }, editable: false, statement: { path: '/p/supabase/migrations/1_a.sql', range: { start: 0, end: 0 } }, arguments: {} };
      const operations = readSql(`CREATE TABLE t0 (); COMMIT;${text}`, sql).value.flatMap((one) => one.operations).map((body): Operation => ({ ...body, source }));
      const outcome = hold(replay([{ upgrade: operations }], emptySchema), rows, text);
      assert.equal(outcome, 'held', text);
      seen[outcome]++;
    }
    await client.end();
    console.log(`      a file: ${JSON.stringify(seen)}`);
    assert.ok(seen.held > 0);
  });

  function read(text: string): readonly Operation[] {
    const draft = readDraft(new Reading({ files: new Map([['/p/versions/a.py', text]]), roots: [] }), '/p/versions/a.py', { sql }).value;
    assert.ok(draft !== null);
    return draft.upgrade;
  }
});

interface Row {
  readonly name: string;
  readonly columns: readonly string[];
}

const tablesAndColumns = `SELECT c.relname::text AS name, array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1) AS columns
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'alembic_version' ORDER BY 1`;

/** Tables of which the replay says that they are maybe another way are left out on both sides. */
function hold(schema: Schema, rows: readonly { readonly [key in keyof Row]?: unknown }[], script: string): 'held' | 'maybe' {
  const maybe = schema.unknown.flatMap(({ tables }) => tables ?? assert.fail(script));
  const isKnown = (name: string): boolean => !maybe.some((other) => sameName(other, { schema: null, name }));
  const ours = schema.tables.filter(({ name }) => isKnown(name)).map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name).sort() })).sort((a, b) => (a.name < b.name ? -1 : 1));
  assert.deepEqual(ours, rows.filter(({ name }) => isKnown(String(name))).map(({ name, columns }) => ({ name, columns })), script);
  return maybe.length > 0 ? 'maybe' : 'held';
}

function script(id: string, down: string | null, lines: readonly string[]): string {
  return `from alembic import op\n\nrevision = "${id}"\ndown_revision = ${down === null ? 'None' : `"${down}"`}\n\n\ndef upgrade():\n${[...lines, 'pass'].map((line) => `    ${line}`).join('\n')}\n\n\ndef downgrade():\n    pass\n`;
}

function writeProject(project: string, texts: readonly string[]): string {
  const versions = path.join(project, 'alembic', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n');
  writeFileSync(path.join(project, 'alembic', 'env.py'), environment);
  texts.forEach((text, index) => writeFileSync(path.join(versions, `r${index}.py`), text));
  return project;
}

const environment = `import os

from alembic import context
from sqlalchemy import create_engine

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;
