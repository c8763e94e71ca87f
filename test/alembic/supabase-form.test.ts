/**
 * Each folder of test/golden once more, as a SQL migration: the text is the one written down there (draft.sql), and run as
 * Supabase's CLI pushes a file it does what real Alembic does with the revision: the same schema, the same rows. The
 * statements of both directions are held against `alembic upgrade --sql`, too.
 *
 *     UPDATE_GOLDEN=1 npm test -- test/alembic/supabase-form.test.ts -g column-renamed     writes draft.sql anew
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { Database } from '../../src/database/connect';
import { answerFacts } from '../../src/database/facts';
import { readSchema, type SchemaReading } from '../../src/database/read-schema';
import { isProject } from '../../src/engine/project/read-project';
import type { MigrationForm } from '../../src/engine/project/supabase';
import type { Schema } from '../../src/engine/schema/schema';
import { createDateAt } from '../../src/workspace/create-date';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { draftFiles } from '../../src/workspace/draft-files';
import { planGeneration, prepareGeneration } from '../../src/workspace/generate';
import type { Generation, Plan } from '../../src/workspace/generate';
import { supabaseDraftFile } from '../../src/workspace/generate-supabase';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { openAlembicSession } from './alembic-session';
import type { AlembicSession } from './alembic-session';
import { givenAnswers, goldenCases, goldenMajor } from './golden-case';
import type { GoldenCase } from './golden-case';
import { assertNothingToDo, createGoldenDatabase, makeBefore, stateOf, withConnections } from './golden-folders';
import type { Asked } from './rows';
import { textDifferences } from './schema-text';
import { compareWithAlembic } from './statements';
import type { ComparedStatements } from './statements';

describe('golden folders as SQL migrations', () => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'alembic-review-supabase-')));
  const statements = { equal: 0, different: 0 };
  let server: PostgresServer;
  let alembic: AlembicSession;

  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres({ major: goldenMajor }));
    alembic = openAlembicSession(python);
  });
  after(async () => {
    console.log(`    statements of the golden drafts, up and down: operations ${statements.equal} equal, ${statements.different} different`);
    alembic?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const golden of goldenCases()) {
    it(golden.name, async function () {
      if (server.major < (golden.answers.since ?? 14)) return this.skip();
      const [database, twin] = [golden.name.replaceAll('-', '_'), `${golden.name.replaceAll('-', '_')}_sql`];
      const project = path.join(folder, golden.name);
      const url = await createGoldenDatabase(server, golden, database);
      await withConnection(url, (theirs) => makeBefore(golden, project, theirs, (command, ...args) => alembic.run(project, url, command, ...args)));
      mkdirSync(path.join(project, 'supabase', 'migrations'), { recursive: true });
      await server.query(`CREATE DATABASE "${twin}" TEMPLATE "${database}" STRATEGY FILE_COPY`);
      const plan = await withConnections(server, database, (ours, theirs) => withConnections(server, twin, (oursOfTwin, theirsOfTwin) => pushAndCompare(golden, project, url, { ours, theirs, oursOfTwin, theirsOfTwin })));
      // Under --sql Alembic knows no server, and makes no column that is computed when it is read.
      if ((golden.answers.since ?? 14) < 18) count(await compareWithAlembic(alembic, path.join(project, 'offline'), [...plan.result.upgrade, ...plan.result.downgrade], plan.current));
      await server.dropDatabase(database);
      await server.dropDatabase(twin);
    });
  }

  /** Alembic in one database, the file in its twin: they end the same. */
  async function pushAndCompare(golden: GoldenCase, project: string, url: string, { ours, theirs, oursOfTwin, theirsOfTwin }: Connections): Promise<Planned> {
    const { revision, migration, generation, plan } = await bothForms(ours, project, golden);
    compareText(golden, migration.text);
    mkdirSync(path.dirname(revision.path), { recursive: true });
    writeFileSync(revision.path, edited(revision.text, golden));
    await alembic.run(project, url, 'upgrade', 'head');
    // Several statements in one query are one implicit transaction, as the CLI's batch is.
    await theirsOfTwin.query(edited(migration.text, golden));

    const [byAlembic, bySql] = [await stateOf(theirs), await stateOf(theirsOfTwin)];
    assert.deepEqual(textDifferences(byAlembic.schema, bySql.schema.map(withoutRowLevelSecurity(byAlembic.schema))), [], 'schema');
    assert.deepEqual(openTables(byAlembic.schema, bySql.schema, plan), [], 'new tables of public without row level security');
    assert.deepEqual(bySql.rows, byAlembic.rows, 'rows');
    await assertNothingToDo((await readSchema(oursOfTwin)).schema, path.join(project, 'models.py'), golden, 'nothing is left to do');
    return { result: plan.result, current: generation.current };
  }

  function count(compared: readonly ComparedStatements[]): void {
    const different = compared.filter(({ equal }) => !equal);
    statements.equal += compared.length - different.length;
    statements.different += different.length;
    assert.deepEqual(different.map(({ ours, alembics }) => ({ ours, alembics })), []);
  }
});

interface Connections {
  /** The product's, and the test's own; of the database that Alembic upgrades, and of its twin. */
  readonly ours: Database;
  readonly theirs: Asked;
  readonly oursOfTwin: Database;
  readonly theirsOfTwin: Asked;
}

interface Planned {
  readonly result: Plan['result'];
  readonly current: Schema;
}

/** The same plan in both forms, once every question has its answer. */
async function bothForms(connection: Database, project: string, golden: GoldenCase) {
  const reading = await readSchema(connection);
  const [alembic, supabase] = [await planned(connection, reading, project, golden, 'alembic'), await planned(connection, reading, project, golden, 'supabase')];
  assert.deepEqual(supabase.plan.result.upgrade, alembic.plan.result.upgrade);
  const createDate = createDateAt(new Date(0), 'UTC');
  if ('reason' in createDate) throw new Error(createDate.reason.text);
  const [revision, ...more] = await draftFiles(alembic.generation, alembic.plan, { message: golden.name, id: 'after', onlineId: 'online', createDate });
  assert.deepEqual(more, []);
  return { ...supabase, revision, migration: supabaseDraftFile(supabase.generation, supabase.plan, { message: golden.name, moment: new Date(0) }) };
}

async function planned(connection: Database, reading: SchemaReading, project: string, golden: GoldenCase, form: MigrationForm): Promise<{ readonly generation: Generation; readonly plan: Plan }> {
  const found = await findProject(disk, project);
  if (!isProject(found)) throw new Error('no project');
  const preparation = await prepareGeneration({
    workspace: disk,
    project: found,
    form,
    modelFiles: null,
    database: {
      name: golden.name,
      readSchema: () => Promise.resolve(reading),
      readVersions: () => Promise.resolve(form === 'alembic' ? ['before'] : []),
      answer: async (questions) => (await answerFacts(connection, questions)).facts,
    },
    replay: () => Promise.reject(new Error('there is a database')),
    pending: () => Promise.reject(new Error('nothing is pending')),
  });
  if (preparation.kind === 'refused') throw new Error(JSON.stringify(preparation.problems));
  return { generation: preparation.generation, plan: await planGeneration(preparation.generation, givenAnswers(golden, preparation.generation)) };
}

/** What a person writes at a marked place; in SQL without `op.execute`, and without the function's indentation. */
function edited(text: string, { answers }: GoldenCase): string {
  const sql = (line: string): string => line.trim().replace(/^# op\.execute\("(.*)"\)$/, '-- $1;').replace(/^op\.execute\("(.*)"\)$/, '$1;');
  return Object.entries(answers.edits ?? {}).reduce((edit, [found, replacement]) => edit.replaceAll(found, replacement).replaceAll(sql(found), sql(replacement)), text);
}

/** A line of the catalog as it is without row level security, where Alembic's database has it so. */
function withoutRowLevelSecurity(others: readonly string[]): (line: string) => string {
  return (line) => {
    const open = line.replace(' rls=t ', ' rls=f ');
    return others.includes(open) ? open : line;
  };
}

/** Tables that the plan makes in `public` and that are open; and old ones that are no longer as they were. */
function openTables(before: readonly string[], after: readonly string[], plan: Plan): readonly string[] {
  const made = plan.result.upgrade.flatMap((operation) => (operation.kind === 'create_table' && operation.table.schema === null ? [`public.${operation.table.name}`] : []));
  const isMade = (line: string): boolean => made.some((name) => line.startsWith(`table ${name} `) || line.startsWith(`partitioned table ${name} `));
  const tables = after.filter((line) => /^(partitioned )?table /.test(line));
  return [...tables.filter((line) => isMade(line) && !line.includes(' rls=t ')), ...tables.filter((line) => !isMade(line) && !before.includes(line))];
}

function compareText({ folder }: GoldenCase, text: string): void {
  const file = path.join(folder, 'draft.sql');
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, text);
  assert.equal(text, existsSync(file) ? readFileSync(file, 'utf8') : '', 'draft.sql');
}

async function withConnection<T>(url: string, work: (theirs: Asked) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
