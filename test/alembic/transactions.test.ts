/**
 * Which operations stand or fall together: random revisions whose last statement fails are run by real Alembic with both
 * drivers, and SQL files are sent as one; what is there afterwards is what the grouping says.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { Client } from 'pg';
import { readDraft } from '../../src/engine/operations/read-draft';
import { readSql } from '../../src/engine/operations/read-sql';
import type { Operation } from '../../src/engine/operations/operation';
import { transactionsOf, type Placement } from '../../src/engine/operations/transactions';
import { Reading } from '../../src/engine/python/evaluate';
import { readEnv } from '../../src/engine/project/env';
import type { SqlParser } from '../../src/engine/sql/parser';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { seed } from '../harness/seed';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { openAlembicSession, type AlembicSession } from './alembic-session';

const cases = Number(process.env['TRANSACTION_CASES'] ?? 60);

/** What a revision is made of: a table made in Alembic's transaction, or some in a block. */
type Part = { readonly kind: 'plain' } | { readonly kind: 'block'; readonly size: number };
const parts = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant<Part>({ kind: 'plain' }) }, { weight: 1, arbitrary: fc.record({ kind: fc.constant('block' as const), size: fc.integer({ min: 1, max: 3 }) }) }), { minLength: 0, maxLength: 5 });

describe('transactions', () => {
  const folder = temporaryFolder('transactions');
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

  const read = (text: string): readonly Operation[] => {
    const draft = readDraft(new Reading({ files: new Map([['/p/versions/a.py', text]]), roots: [] }), '/p/versions/a.py', { sql }).value;
    assert.ok(draft !== null);
    return draft.upgrade;
  };

  for (const transactionPerMigration of [false, true]) {
    for (const driver of ['psycopg2', 'psycopg'] as const) {
      it(`of Alembic, transaction_per_migration=${transactionPerMigration}, ${driver} (${cases / 4}, seed ${seed})`, async () => {
        const given = fc.sample(fc.array(parts, { minLength: 1, maxLength: 3 }), { numRuns: cases / 4, seed });
        let lost = 0;
        for (const [index, revisions] of given.entries()) {
          const project = path.join(folder, `${driver}${transactionPerMigration}${index}`);
          const texts = writeProject(project, revisions, transactionPerMigration);
          const name = `t_${driver}_${transactionPerMigration}_${index}`;
          const url = (await server.createDatabase(name)).replace(/^postgresql:/, `postgresql+${driver}:`);
          await assert.rejects(session.run(project, url, 'upgrade', 'head'), /division by zero/);

          const env = readEnv(path.join(project, 'alembic', 'env.py'), environment(transactionPerMigration)).value;
          const expected = survivors(texts.map((text) => read(text)), env.transactionPerMigration, sql);
          const { rows } = await server.query("SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'", name);
          const all = texts.flatMap((text) => [...text.matchAll(/"(t\d+)"|TABLE (t\d+)/g)].map((match) => match[1] ?? match[2] ?? ''));
          lost += all.length - rows.length;
          assert.deepEqual(rows.map((row) => row.name as string).sort(), [...expected].sort(), texts.join('\n'));
          await server.dropDatabase(name);
        }
        assert.ok(lost > 0);
      });
    }
  }

  for (const driver of ['psycopg2', 'psycopg'] as const) {
    it(`says that a COMMIT in a script leaves it to the driver (${driver})`, async () => {
      const project = path.join(folder, `commit-${driver}`);
      const [text = ''] = writeProject(project, [[]], false, ['op.execute("CREATE TABLE t1 ()")', 'op.execute("COMMIT")', 'op.execute("CREATE TABLE t2 ()")', 'op.execute("SELECT 1 / 0")']);
      const placed = transactionsOf(read(text), { form: 'alembic', postgresVersion: 18, sql });
      assert.deepEqual(placed.map(({ autocommit, adrift }) => [autocommit, adrift]), [[false, false], [false, false], [true, true], [true, true]]);
      const url = (await server.createDatabase(`commit_${driver}`)).replace(/^postgresql:/, `postgresql+${driver}:`);
      await assert.rejects(session.run(project, url, 'upgrade', 'head'));
      const { rows } = await server.query("SELECT tablename::text AS name FROM pg_tables WHERE tablename LIKE 't_' ORDER BY 1", `commit_${driver}`);
      // What stood before it is there; what comes after it, one driver commits and the other does not.
      assert.equal(rows[0]?.name, 't1');
      console.log(`      after a raw COMMIT, ${driver} keeps: ${rows.map((row) => row.name).join(', ')}`);
    });
  }

  it(`of a SQL file that is sent as one (${cases}, seed ${seed})`, async () => {
    const url = await server.createDatabase('file');
    const client = new Client({ connectionString: url });
    await client.connect();
    const statement = fc.constantFrom('table', 'table', 'table', 'BEGIN', 'COMMIT', 'ROLLBACK', 'COMMIT AND CHAIN', 'SAVEPOINT s; RELEASE s');
    let kept = 0;
    for (const given of fc.sample(fc.array(statement, { minLength: 1, maxLength: 8 }), { numRuns: cases * 4, seed })) {
      let count = 0;
      const text = `${given.map((one) => (one === 'table' ? `CREATE TABLE t${++count} ()` : one)).join(';\n')};\nSELECT 1 / 0;`;
      const failed = await client.query(text).then(() => null, (error: { code?: string }) => error.code ?? '');
      await client.query('ROLLBACK');
      const { rows } = await client.query<{ name: string }>("SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
      for (const { name } of rows) await client.query(`DROP TABLE ${name}`);
      // CHAIN and SAVEPOINT want a BEGIN before them.
      if (failed !== '22012') continue;
      const operations = readSql(text, sql).value.flatMap((one) => one.operations) as readonly Operation[];
      const placed = transactionsOf(operations, { form: 'supabase', postgresVersion: 18, sql });
      assert.deepEqual(rows.map(({ name }) => name), operations.flatMap((operation, at) => (operation.kind === 'create_table' && isKept(placed[at]!, placed.at(-1)!) ? [operation.table.name] : [])).sort(), text);
      kept += rows.length;
    }
    await client.end();
    assert.ok(kept > 0);
  });
});

/** What the last statement, which fails, does not take with it. */
function isKept(placement: Placement, last: Placement): boolean {
  return !placement.undone && (placement.autocommit || placement.transaction !== last.transaction);
}

/** The tables that are there when the last statement of the last revision failed. */
function survivors(revisions: readonly (readonly Operation[])[], transactionPerMigration: boolean, sql: SqlParser): readonly string[] {
  let transaction = 0;
  const made: { readonly name: string; readonly transaction: number; readonly autocommit: boolean }[] = [];
  for (const operations of revisions) {
    const placed = transactionsOf(operations, { form: 'alembic', postgresVersion: 18, sql, transactionPerMigration });
    const start = transaction;
    operations.forEach((operation, index) => {
      const placement = placed[index]!;
      if (operation.kind === 'create_table') made.push({ name: operation.table.name, transaction: start + placement.transaction, autocommit: placement.autocommit });
    });
    const last = placed.at(-1);
    if (last === undefined) transaction += transactionPerMigration ? 1 : 0;
    else transaction = start + last.transaction + (last.shared ? 0 : 1);
  }
  const failing = transaction - (transactionPerMigration ? 1 : 0);
  return made.filter((table) => table.autocommit || table.transaction < failing).map(({ name }) => name);
}

/** Each revision's script; the last one ends with a statement that fails. */
function writeProject(project: string, revisions: readonly (readonly Part[])[], transactionPerMigration: boolean, instead?: readonly string[]): readonly string[] {
  const versions = path.join(project, 'alembic', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n');
  writeFileSync(path.join(project, 'alembic', 'env.py'), environment(transactionPerMigration));
  let tables = 0;
  return revisions.map((revision, index) => {
    const make = (): string => (++tables % 2 === 0 ? `op.create_table("t${tables}", sa.Column("id", sa.Integer()))` : `op.execute("CREATE TABLE t${tables} (id integer)")`);
    const lines = instead ?? [
      ...revision.flatMap((part) => (part.kind === 'plain' ? [make()] : ['with op.get_context().autocommit_block():', ...Array.from({ length: part.size }, () => `    ${make()}`)])),
      ...(index === revisions.length - 1 ? ['op.execute("SELECT 1 / 0")'] : []),
    ];
    const text = `from alembic import op\nimport sqlalchemy as sa\n\nrevision = "r${index}"\ndown_revision = ${index === 0 ? 'None' : `"r${index - 1}"`}\n\n\ndef upgrade():\n${[...lines, 'pass'].map((line) => `    ${line}`).join('\n')}\n\n\ndef downgrade():\n    pass\n`;
    writeFileSync(path.join(versions, `r${index}.py`), text);
    return text;
  });
}

const environment = (transactionPerMigration: boolean): string => `import os

from alembic import context
from sqlalchemy import create_engine

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=${transactionPerMigration ? 'True' : 'False'})
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;
