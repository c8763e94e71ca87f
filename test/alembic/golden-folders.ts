/** What the golden folders go through, on a server of any version. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect } from '../../src/database/connect';
import type { Database } from '../../src/database/connect';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { answerFacts } from '../../src/database/facts';
import { readSchema, type SchemaReading } from '../../src/database/read-schema';
import { diffSchemas } from '../../src/engine/diff/diff';
import { replay } from '../../src/engine/history/replay';
import { readDraft } from '../../src/engine/operations/read-draft';
import { Reading } from '../../src/engine/python/evaluate';
import { formatMessage } from '../../src/engine/text/problem';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { autogenerate } from '../../src/engine/autogenerate';
import { isProject } from '../../src/engine/project/read-project';
import { noAnswers } from '../../src/engine/questions';
import type { Question } from '../../src/engine/questions';
import { renderBody } from '../../src/engine/render/body';
import type { Schema } from '../../src/engine/schema/schema';
import { createDateAt } from '../../src/workspace/create-date';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { draftFiles } from '../../src/workspace/draft-files';
import { planGeneration, prepareGeneration } from '../../src/workspace/generate';
import { Client } from 'pg';
import { psql, startPostgres } from '../harness/postgres';
import type { PostgresMajor, PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need, ToolMissing } from '../harness/tools';
import { openAlembicSession } from './alembic-session';
import type { AlembicSession } from './alembic-session';
import { givenAnswers, goldenCasesOn, goldenMajor, rowChanges, writeGoldenProject } from './golden-case';
import type { GoldenCase, GoldenEnvironment } from './golden-case';
import { assertDescribed, assertVerified } from './golden-verified';
import { modelsOf } from './models-of';
import { rowDifferences, rowsAfterDowngrade, rowsAfterUpgrade, snapshotRows, type Asked, type RowSnapshot } from './rows';
import { catalogText, textDifferences } from './schema-text';

/**
 * The suite of one PostgreSQL version: each folder's draft is the one written down there, and real Alembic takes a real
 * database up, down and up again with it. The database before is verified and described, too.
 */
export function describeGoldenFolders(major: PostgresMajor): void {
  describe(`golden folders on PostgreSQL ${major}`, () => {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'alembic-review-golden-')));
    const drafts = path.join(folder, 'drafts');
    let server: PostgresServer;
    let python: PythonEnvironment;
    let alembic: AlembicSession;
    let hasPsql = false;

    before(async function () {
      python = await need(this, pythonEnvironment());
      server = await need(this, startPostgres({ major }));
      alembic = openAlembicSession(python);
      mkdirSync(drafts);
      hasPsql = await psql(server.url(), ['\\d']).then(() => true, (error: unknown) => {
        if (error instanceof ToolMissing) return false;
        throw error;
      });
    });
    after(async () => {
      alembic?.close();
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('psql is at hand to hold descriptions against', async function () {
      await need(this, psql(server.url(), ['\\d']));
    });

    for (const golden of goldenCasesOn(major)) {
      it(golden.name, async function () {
        if (major < (golden.answers.since ?? 14)) return this.skip();
        const database = golden.name.replaceAll('-', '_');
        const project = path.join(folder, golden.name);
        const url = await createGoldenDatabase(server, golden, database);
        await withConnections(server, database, async (ours, theirs) => {
          await upDownUp(golden, { project, url, major, drafts, hasPsql, ours, theirs, run: (...args) => alembic.run(project, url, ...args) });
        });
        await server.dropDatabase(database);
      });
    }

    if (major === goldenMajor) {
      it('black and ruff format leave the drafts alone', async () => {
        await python.run(['-m', 'black', '--check', '--diff', '--quiet', drafts]);
        await python.run(['-m', 'ruff', 'format', '--check', '--quiet', drafts]);
      });
    }
  });
}

interface Surroundings {
  readonly project: string;
  readonly url: string;
  readonly major: PostgresMajor;
  /** Where drafts are gathered for the formatters. */
  readonly drafts: string;
  readonly hasPsql: boolean;
  /** The product's connection, and the test's own. */
  readonly ours: Database;
  readonly theirs: Asked;
  readonly run: (command: string, ...args: readonly string[]) => Promise<string>;
}

async function upDownUp(golden: GoldenCase, { project, url, major, drafts, hasPsql, ours, theirs, run }: Surroundings): Promise<void> {
  const before = await makeBefore(golden, project, theirs, run);
  // What the database is like between two steps is read once: that takes longer than most of what is done with it.
  const old = await readSchema(ours);
  await assertNothingToDo(old.schema, path.join(project, 'alembic', 'models_before.py'), golden, 'the old models are the old database');
  await assertVerified(old.schema, project, golden);
  if (hasPsql) await assertDescribed(ours, url);
  const written = await writtenDrafts(ours, project, golden, old);
  for (const [index, draft] of written.entries()) {
    const name = index === 0 ? 'draft' : 'draft_online';
    compareDraft(golden, name, major, functionsOf(draft.text));
    writeFileSync(path.join(drafts, `${golden.name.replaceAll('-', '_')}_${name}.py`), functionsOf(draft.text));
    placeDraft(golden, draft);
  }

  await run('upgrade', 'head');
  const upgraded = await stateOf(theirs);
  if (written.length > 1) {
    // What runs outside of the transaction may fail half-way, and then runs again from its start.
    await run('stamp', 'after');
    await run('upgrade', 'head');
    assert.deepEqual(textDifferences(upgraded.schema, (await stateOf(theirs)).schema), [], 'schema after the second run of what is online');
  }
  assert.deepEqual(rowDifferences(rowsAfterUpgrade(before.rows, rowChanges(golden, 'up')), upgraded.rows), [], 'rows after the upgrade');
  const { schema: reached } = await readSchema(ours);
  if (major === goldenMajor) await assertReplayed(old.schema, written.map(({ path: file }) => readFileSync(file, 'utf8')), reached);
  await assertNothingToDo(reached, path.join(project, 'models.py'), golden, 'nothing is left to do');
  if (golden.answers.alembicCheck === undefined) await run('check');
  else await assert.rejects(run('check'), 'alembic check has nothing against it any more');

  await run('downgrade', 'before');
  const back = await stateOf(theirs);
  if (golden.answers.respelled === undefined) assert.deepEqual(textDifferences(before.schema, back.schema), [], 'schema after the downgrade');
  await assertNothingToDo((await readSchema(ours)).schema, path.join(project, 'alembic', 'models_before.py'), golden, 'the old models are the old database again');
  assert.deepEqual(rowDifferences(rowsAfterDowngrade(before.rows, rowChanges(golden, 'down')), back.rows), [], 'rows after the downgrade');

  await run('upgrade', 'head');
  const again = await stateOf(theirs);
  assert.deepEqual(textDifferences(upgraded.schema, again.schema), [], 'schema after the second upgrade');
  assert.deepEqual(rowDifferences(rowsAfterUpgrade(before.rows, rowChanges(golden, 'up')), again.rows), [], 'rows after the second upgrade');
}

/** What we read of the drafts leads from the old schema to the one that real Alembic left. */
async function assertReplayed(old: Schema, drafts: readonly string[], upgraded: Schema): Promise<void> {
  const sql = await loadSqlParser();
  const upgrades = drafts.map((text) => {
    const { value } = readDraft(new Reading({ files: new Map([['draft.py', text]]), roots: [] }), 'draft.py', { sql, before: old });
    return { upgrade: value?.upgrade ?? [] };
  });
  const replayed = replay(upgrades, old);
  assert.deepEqual(replayed.unknown.map(({ reason }) => formatMessage(reason)), [], 'what the replay does not know');
  const differences = (from: Schema, to: Schema): readonly string[] => renderBody(diffSchemas(from, to).operations).lines;
  assert.deepEqual([differences(replayed, upgraded), differences(upgraded, replayed)], [[], []], 'the replay and the server');
}

/** The draft in its place, with what a person writes at marked places. */
export function placeDraft({ answers }: GoldenCase, draft: { readonly path: string; readonly text: string }): void {
  mkdirSync(path.dirname(draft.path), { recursive: true });
  writeFileSync(draft.path, Object.entries(answers.edits ?? {}).reduce((text, [found, replacement]) => text.replaceAll(found, replacement), draft.text));
}

/** What is there before the first connection, since that tells whose database it is (Supabase's). */
export async function createGoldenDatabase(server: PostgresServer, golden: GoldenCase, name: string): Promise<string> {
  const url = await server.createDatabase(name);
  if (golden.setup !== null) await server.query(golden.setup, name);
  return url;
}

/** The case's project, its old tables and their rows. */
export async function makeBefore(golden: GoldenCase, project: string, theirs: Asked, run: Surroundings['run'], environment?: GoldenEnvironment): Promise<GoldenState> {
  writeGoldenProject(golden, project, environment);
  await run('upgrade', 'before');
  if (golden.rows !== null) await theirs.query(golden.rows);
  return stateOf(theirs);
}

export interface GoldenState {
  readonly schema: readonly string[];
  readonly rows: RowSnapshot;
}

export async function stateOf(theirs: Asked): Promise<GoldenState> {
  return { schema: await catalogText(theirs), rows: await snapshotRows(theirs) };
}

/** Both connections stay open for the whole case: a new one for each look takes most of the time. */
export async function withConnections<T>(server: PostgresServer, database: string, work: (ours: Database, theirs: Client) => Promise<T>): Promise<T> {
  const url = server.url(database);
  const parsed = parseConnectionUrl(url);
  if (!('target' in parsed)) throw new Error('url');
  const client = new Client({ connectionString: url });
  await client.connect();
  const ours = await connect(parsed.target, parsed.password);
  try {
    return await work(ours, client);
  } finally {
    await ours.close();
    await client.end();
  }
}

/** What the product writes for the case, whole, once every question has its answer; `reading`: what the database is like, where that is known. */
export async function writtenDrafts(connection: Database, project: string, golden: GoldenCase, reading?: SchemaReading): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const found = await findProject(disk, project);
  if (!isProject(found)) throw new Error('no project');
  const preparation = await prepareGeneration({
    workspace: disk,
    project: found,
    modelFiles: null,
    database: {
      name: golden.name,
      readSchema: () => (reading === undefined ? readSchema(connection) : Promise.resolve(reading)),
      readVersions: () => Promise.resolve(['before']),
      answer: async (questions) => (await answerFacts(connection, questions)).facts,
    },
    replay: () => Promise.reject(new Error('there is a database')),
    pending: () => Promise.reject(new Error('it is at the head')),
    ...(golden.answers.largeTableRows === undefined ? {} : { largeTableRows: golden.answers.largeTableRows }),
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
  return draftFiles(generation, plan, { message: golden.name, id: 'after', onlineId: 'online', createDate });
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

export async function assertNothingToDo(current: Schema, models: string, golden: GoldenCase, moment: string): Promise<void> {
  const wanted = await modelsOf(models);
  const result = autogenerate({ current, models: wanted, scope: null, answers: noAnswers, facts: null });
  assert.deepEqual(renderBody(result.upgrade).lines, [], moment);
  assert.deepEqual(unexpected(result.notCompared, golden), [], moment);
}

/** `draft.py` (and `draft_online.py`, where there is a second revision); `draft-15.py` stands there where PostgreSQL up to 15 prints an expression in other words. */
function compareDraft({ folder }: GoldenCase, name: 'draft' | 'draft_online', major: PostgresMajor, functions: string): void {
  const other = ([14, 15, 16, 17] as const).filter((older) => older >= major).map((older) => path.join(folder, `${name}-${older}.py`)).find((file) => existsSync(file));
  const file = other ?? path.join(folder, `${name}.py`);
  const written = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (process.env['UPDATE_GOLDEN'] === undefined || functions === written) return assert.equal(functions, written);
  writeFileSync(major === goldenMajor || other !== undefined ? file : path.join(folder, `${name}-${major}.py`), functions);
}

/** `upgrade()` and `downgrade()`: what stands above them is the template's. */
function functionsOf(draft: string): string {
  return draft.slice(draft.indexOf('def upgrade'));
}
