import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { autogenerate } from '../../src/engine/autogenerate';
import type { Operation } from '../../src/engine/operations/operation';
import { noAnswers, type Answers } from '../../src/engine/questions';
import { renderBody } from '../../src/engine/render/body';
import { emptySchema, type Schema } from '../../src/engine/schema/schema';
import { richSchemaArb } from '../engine/autogenerate/rich-schemas';
import { familyValues, rowSchemaArb, schemaArb } from '../engine/autogenerate/schemas';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment, type PythonEnvironment } from '../harness/python';
import { seed } from '../harness/seed';
import { openAlembicSession, type AlembicSession } from './alembic-session';
import { readDatabase, writeProject } from './drafts';

/**
 * For random schemas A and B: the draft from nothing to A, and from A to B, run by real Alembic on a real server. What
 * the server has afterwards is read again, and nothing may differ; the same after the downgrade.
 * CASES=n and SEED=n set the size and repeat a run; SHRINK=1 looks for the smallest pair that fails.
 */
describe('any schema to any other, on a real server', function () {
  this.timeout(600_000);
  const cases = Number(process.env.CASES ?? 8);
  let server: PostgresServer;
  let python: PythonEnvironment;
  let alembic: AlembicSession;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'any-to-any-'));

  before(async () => {
    server = await startPostgres();
    python = await pythonEnvironment();
    alembic = openAlembicSession(python);
  });
  after(async () => {
    alembic?.close();
    await server?.stop();
    if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true });
  });

  for (const [kind, schemas] of [['plain', schemaArb], ['rich', richSchemaArb]] as const) {
    it(`holds for ${cases} pairs of ${kind} schemas (seed ${seed})`, async () => {
      let number = 0;
      await fc.assert(
        fc.asyncProperty(schemas, schemas, async (a, b) => {
          const database = `${kind}_${++number}`;
          const url = await server.createDatabase(database);
          const project = path.join(folder, database);
          const toA = plainly(emptySchema, a);
          writeProject(project, { a: { down: null, ...toA } });
          await alembic.run(project, url, 'upgrade', 'a');
          const current = await readDatabase(url);
          assertSame(current, a, 'after creating A');

          const toB = plainly(current, b);
          writeProject(project, { b: { down: 'a', ...toB } });
          await alembic.run(project, url, 'upgrade', 'b');
          assertSame(await readDatabase(url), b, 'after A → B');
          await alembic.run(project, url, 'downgrade', 'a');
          assertSame(await readDatabase(url), a, 'after B → A');
          await alembic.run(project, url, 'upgrade', 'b');
          assertSame(await readDatabase(url), b, 'after A → B again');
          await server.dropDatabase(database);
        }),
        { numRuns: cases, seed, endOnFailure: process.env.SHRINK === undefined, includeErrorInReport: true },
      );
    });
  }

  it(`keeps the rows of ${cases} pairs (seed ${seed})`, async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(rowSchemaArb, rowSchemaArb, fc.boolean(), async (a, b, withNulls) => {
        fc.pre(!pointsAtNew(a, b) && !pointsAtNew(b, a));
        const database = `rows_${++number}`;
        const url = await server.createDatabase(database);
        const project = path.join(folder, database);
        writeProject(project, { a: { down: null, ...plainly(emptySchema, a) } });
        await alembic.run(project, url, 'upgrade', 'a');
        for (const sql of insertRows(a, withNulls)) await server.query(sql, database);
        writeProject(project, { b: { down: 'a', ...plainly(await readDatabase(url), b) } });
        for (const [command, target, wanted] of [['upgrade', 'b', b], ['downgrade', 'a', a], ['upgrade', 'b', b]] as const) {
          await alembic.run(project, url, command, target);
          assertSame(await readDatabase(url), wanted, `after ${command}`);
          await assertRows(server, database, a, b, withNulls);
        }
      }),
      { numRuns: cases, seed, endOnFailure: process.env.SHRINK === undefined, includeErrorInReport: true },
    );
  });

  it('writes drafts that black and ruff format leave alone', async () => {
    await python.run(['-m', 'black', '--check', '--diff', '--quiet', folder]);
    await python.run(['-m', 'ruff', 'format', '--check', '--quiet', folder]);
  });
});

/** A table that stays has rows that would have to point at a table that `other` lacks, and that is empty when it comes: no draft can help there. */
function pointsAtNew(schema: Schema, other: Schema): boolean {
  const isIn = (name: string): boolean => other.tables.some((table) => table.name === name);
  return schema.tables.some((table) => isIn(table.name) && table.foreignKeys.some((key) => !isIn(key.references.name)));
}

/** One row a table; references point at it once all tables have theirs. With nulls: null wherever that may stand and no default comes instead. */
function insertRows(schema: Schema, withNulls: boolean): readonly string[] {
  const values = schema.tables.map((table) => {
    const columns = table.columns.filter((column) => column.name !== 'ref_id' && !(withNulls && column.nullable && column.default === null));
    return `INSERT INTO ${table.name} (${columns.map((column) => column.name).join(', ')}) VALUES (${columns.map((column) => (column.name === 'id' ? '1' : `'${familyValues[column.name] ?? ''}'`)).join(', ')})`;
  });
  const references = schema.tables.filter((table) => table.foreignKeys.length > 0).map((table) => `UPDATE ${table.name} SET ref_id = 1`);
  return [...values, ...references];
}

/** Columns that both schemas have hold what they held; a null may have been filled where one of them forbids nulls. */
async function assertRows(server: PostgresServer, database: string, a: Schema, b: Schema, withNulls: boolean): Promise<void> {
  for (const table of a.tables) {
    const other = b.tables.find((candidate) => candidate.name === table.name);
    if (other === undefined) continue;
    const shared = table.columns.filter((column) => other.columns.some((candidate) => candidate.name === column.name));
    const list = shared.map((column) => (column.name === 'd' ? `(${column.name} AT TIME ZONE 'UTC')::text AS ${column.name}` : `${column.name}::text`)).join(', ');
    const [row, ...more] = (await server.query(`SELECT ${list} FROM ${table.name}`, database)).rows as Record<string, string | null>[];
    assert.equal(more.length, 0);
    for (const column of shared) {
      const twin = other.columns.find((candidate) => candidate.name === column.name);
      const value = row?.[column.name] ?? null;
      if (withNulls && column.nullable && column.default === null && column.name !== 'ref_id') assert.ok(value === null || twin?.nullable === false, `${table.name}.${column.name}: ${value}`);
      else if (column.name === 'a') assert.equal(Number(value), 7);
      else if (column.name === 'd') assert.equal(value, '2024-02-29 12:34:56.000001');
      else if (column.name in familyValues) assert.equal(value, familyValues[column.name]);
      else if (column.name === 'ref_id') assert.equal(value, table.foreignKeys.length > 0 ? '1' : null);
    }
  }
}

function plainly(current: Schema, models: Schema): { upgrade: readonly Operation[]; downgrade: readonly Operation[]; after: Schema } {
  let answers: Answers = { ...noAnswers, tableDrops: current.tables.map((table) => ({ table, drop: true })) };
  for (;;) {
    const result = autogenerate({ current, models, scope: null, answers, facts: null });
    if (result.questions.length === 0) return result;
    answers = {
      ...answers,
      columnRenames: [...answers.columnRenames, ...result.questions.flatMap((question) => (question.kind === 'rename-column' ? [{ table: question.table, from: question.from.name, to: null }] : []))],
      tableRenames: [...answers.tableRenames, ...result.questions.flatMap((question) => (question.kind === 'rename-table' ? [{ from: question.from, to: null }] : []))],
      labelRenames: [...answers.labelRenames, ...result.questions.flatMap((question) => (question.kind === 'rename-label' ? [{ type: question.type, from: question.from, to: null }] : []))],
    };
  }
}

/** Nothing is left to do between what the server has and what was wanted, in either direction. */
function assertSame(actual: Schema, wanted: Schema, moment: string): void {
  const there = plainly(actual, wanted);
  assert.deepEqual(renderBody(there.upgrade).lines, [], moment);
  assert.deepEqual(actual.enums.map((type) => type.name).sort(), wanted.enums.map((type) => type.name).sort(), `${moment}: enum types`);
}
