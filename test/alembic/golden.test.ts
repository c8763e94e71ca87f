/**
 * Each folder of test/golden is one change of models: the draft is the one written down there, and real Alembic takes a
 * real database up, down and up again with it.
 *
 *     UPDATE_GOLDEN=1 npm test -- test/alembic/golden.test.ts -g column-renamed     writes draft.py anew
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect } from '../../src/database/connect';
import type { Database } from '../../src/database/connect';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { answerFacts } from '../../src/database/facts';
import { readSchema } from '../../src/database/read-schema';
import { autogenerate } from '../../src/engine/autogenerate';
import { isProject } from '../../src/engine/project/read-project';
import { noAnswers } from '../../src/engine/questions';
import type { Question } from '../../src/engine/questions';
import { renderBody } from '../../src/engine/render/body';
import type { Schema } from '../../src/engine/schema/schema';
import { createDateAt } from '../../src/workspace/create-date';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { draftFiles, planGeneration, prepareGeneration } from '../../src/workspace/generate';
import { loadModels } from '../../src/workspace/load-models';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { openAlembicSession } from './alembic-session';
import type { AlembicSession } from './alembic-session';
import { givenAnswers, goldenCases, rowChanges, writeGoldenProject } from './golden-case';
import type { GoldenCase } from './golden-case';
import { rowDifferences, rowsAfterDowngrade, rowsAfterUpgrade, snapshotRows } from './rows';
import { catalogText, textDifferences } from './schema-text';

describe('golden folders', () => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'alembic-review-golden-')));
  const drafts = path.join(folder, 'drafts');
  let server: PostgresServer;
  let python: PythonEnvironment;
  let alembic: AlembicSession;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    alembic = openAlembicSession(python);
    mkdirSync(drafts);
  });
  after(async () => {
    alembic?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const golden of goldenCases()) {
    it(golden.name, async function () {
      if (server.major < (golden.answers.since ?? 14)) return this.skip();
      const database = golden.name.replaceAll('-', '_');
      const url = await server.createDatabase(database);
      const project = path.join(folder, golden.name);
      writeGoldenProject(golden, project);
      if (golden.setup !== null) await server.query(golden.setup, database);
      await alembic.run(project, url, 'upgrade', 'head');
      if (golden.rows !== null) await server.query(golden.rows, database);
      const state = async () => ({ schema: await catalogText(server, database), rows: await snapshotRows(server, database) });
      const before = await state();

      await using(url, async (connection) => {
        await assertNothingToDo(connection, path.join(project, 'alembic', 'models_before.py'), golden, 'the old models are the old database');
        const draft = await writtenDraft(connection, project, golden);
        compareDraft(golden, functionsOf(draft.text));
        writeFileSync(path.join(drafts, `${database}.py`), functionsOf(draft.text));
        mkdirSync(path.dirname(draft.path), { recursive: true });
        writeFileSync(draft.path, Object.entries(golden.answers.edits ?? {}).reduce((text, [found, replacement]) => text.replaceAll(found, replacement), draft.text));
      });

      await alembic.run(project, url, 'upgrade', 'head');
      const upgraded = await state();
      assert.deepEqual(rowDifferences(rowsAfterUpgrade(before.rows, rowChanges(golden, 'up')), upgraded.rows), [], 'rows after the upgrade');
      await using(url, (connection) => assertNothingToDo(connection, path.join(project, 'models.py'), golden, 'nothing is left to do'));
      if (golden.answers.alembicCheck === undefined) await alembic.run(project, url, 'check');
      else await assert.rejects(alembic.run(project, url, 'check'), 'alembic check has nothing against it any more');

      await alembic.run(project, url, 'downgrade', '-1');
      const back = await state();
      if (golden.answers.respelled === undefined) assert.deepEqual(textDifferences(before.schema, back.schema), [], 'schema after the downgrade');
      await using(url, (connection) => assertNothingToDo(connection, path.join(project, 'alembic', 'models_before.py'), golden, 'the old models are the old database again'));
      assert.deepEqual(rowDifferences(rowsAfterDowngrade(before.rows, rowChanges(golden, 'down')), back.rows), [], 'rows after the downgrade');

      await alembic.run(project, url, 'upgrade', 'head');
      const again = await state();
      assert.deepEqual(textDifferences(upgraded.schema, again.schema), [], 'schema after the second upgrade');
      assert.deepEqual(rowDifferences(rowsAfterUpgrade(before.rows, rowChanges(golden, 'up')), again.rows), [], 'rows after the second upgrade');
      await server.dropDatabase(database);
    });
  }

  it('black and ruff format leave the drafts alone', async () => {
    await python.run(['-m', 'black', '--check', '--diff', '--quiet', drafts]);
    await python.run(['-m', 'ruff', 'format', '--check', '--quiet', drafts]);
  });
});

/** What the product writes for the case, whole, once every question has its answer. */
async function writtenDraft(connection: Database, project: string, golden: GoldenCase): Promise<{ readonly path: string; readonly text: string }> {
  const found = await findProject(disk, project);
  if (!isProject(found)) throw new Error('no project');
  const preparation = await prepareGeneration({
    workspace: disk,
    project: found,
    modelFiles: null,
    database: {
      name: golden.name,
      readSchema: () => readSchema(connection),
      readVersions: () => Promise.resolve(['before']),
      answer: async (questions) => (await answerFacts(connection, questions)).facts,
    },
    replay: () => Promise.reject(new Error('there is a database')),
    pending: () => Promise.reject(new Error('it is at the head')),
  });
  if (preparation.kind === 'refused') throw new Error(JSON.stringify(preparation.problems));
  const { generation } = preparation;
  assert.deepEqual(generation.problems, []);
  const plan = await planGeneration(generation, givenAnswers(golden, generation));
  assert.deepEqual(plan.result.problems, []);
  assert.deepEqual(withoutAnswer(plan.result.questions, golden), []);
  assert.deepEqual(unexpected(plan.result.notCompared, golden), []);
  const createDate = createDateAt(new Date(0), 'UTC');
  if ('reason' in createDate) throw new Error(createDate.reason.text);
  const [draft] = await draftFiles(generation, plan, { message: golden.name, id: 'after', onlineId: 'online', createDate });
  return draft;
}

/** Tables that no model declares are kept where nothing is said, and values are asked about although they are answered. */
function withoutAnswer(questions: readonly Question[], { answers }: GoldenCase): readonly Question[] {
  return questions.filter(
    (question) => question.kind !== 'drop-table' && !(question.kind === 'value-mapping' && question.values.every(({ value }) => Object.hasOwn(answers.maps?.[`${question.table.name}.${question.column}`] ?? {}, value))),
  );
}

function unexpected(notCompared: readonly { readonly table: string; readonly object: string }[], { answers }: GoldenCase): readonly unknown[] {
  return notCompared.filter(({ table, object }) => answers.notCompared?.includes(`${table}.${object}`) !== true);
}

async function assertNothingToDo(connection: Database, models: string, golden: GoldenCase, moment: string): Promise<void> {
  const [{ schema: current }, wanted] = [await readSchema(connection), await modelsOf(models)];
  const result = autogenerate({ current, models: wanted, scope: null, answers: noAnswers, facts: null });
  assert.deepEqual(renderBody(result.upgrade).lines, [], moment);
  assert.deepEqual(unexpected(result.notCompared, golden), [], moment);
}

async function modelsOf(file: string): Promise<Schema> {
  const { value, problems } = await loadModels(disk, { entries: [file], roots: [path.dirname(file)] });
  assert.deepEqual(problems, [], file);
  return value;
}

function compareDraft({ folder }: GoldenCase, functions: string): void {
  const file = path.join(folder, 'draft.py');
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, functions);
  assert.equal(functions, existsSync(file) ? readFileSync(file, 'utf8') : '');
}

/** `upgrade()` and `downgrade()`: what stands above them is the template's. */
function functionsOf(draft: string): string {
  return draft.slice(draft.indexOf('def upgrade'));
}

async function using(url: string, work: (connection: Database) => Promise<void>): Promise<void> {
  const parsed = parseConnectionUrl(url);
  if (!('target' in parsed)) throw new Error('url');
  const connection = await connect(parsed.target, parsed.password);
  try {
    await work(connection);
  } finally {
    await connection.close();
  }
}
