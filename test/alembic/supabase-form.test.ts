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
import { connect } from '../../src/database/connect';
import type { Database } from '../../src/database/connect';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { answerFacts } from '../../src/database/facts';
import { readSchema } from '../../src/database/read-schema';
import { autogenerate } from '../../src/engine/autogenerate';
import { isProject } from '../../src/engine/project/read-project';
import type { MigrationForm } from '../../src/engine/project/supabase';
import { noAnswers } from '../../src/engine/questions';
import { renderBody } from '../../src/engine/render/body';
import { createDateAt } from '../../src/workspace/create-date';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { draftFiles, planGeneration, prepareGeneration } from '../../src/workspace/generate';
import type { Generation, Plan } from '../../src/workspace/generate';
import { supabaseDraftFile } from '../../src/workspace/generate-supabase';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { openAlembicSession } from './alembic-session';
import type { AlembicSession } from './alembic-session';
import { givenAnswers, goldenCases, writeGoldenProject } from './golden-case';
import type { GoldenCase } from './golden-case';
import { snapshotRows } from './rows';
import { catalogText, textDifferences } from './schema-text';
import { compareWithAlembic } from './statements';

describe('golden folders as SQL migrations', () => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'alembic-review-supabase-')));
  const statements = { equal: 0, different: 0 };
  let server: PostgresServer;
  let alembic: AlembicSession;

  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
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
      const url = await server.createDatabase(database);
      const project = path.join(folder, golden.name);
      writeGoldenProject(golden, project);
      mkdirSync(path.join(project, 'supabase', 'migrations'), { recursive: true });
      if (golden.setup !== null) await server.query(golden.setup, database);
      await alembic.run(project, url, 'upgrade', 'head');
      if (golden.rows !== null) await server.query(golden.rows, database);
      const { revision, migration, generation, plan } = await using(url, (connection) => bothForms(connection, project, golden));
      await server.query(`CREATE DATABASE "${twin}" TEMPLATE "${database}"`);

      compareText(golden, migration.text);
      mkdirSync(path.dirname(revision.path), { recursive: true });
      writeFileSync(revision.path, edited(revision.text, golden));
      await alembic.run(project, url, 'upgrade', 'head');
      // Several statements in one query are one implicit transaction, as the CLI's batch is.
      await server.query(edited(migration.text, golden), twin);

      const [byAlembic, bySql] = [await catalogText(server, database), await catalogText(server, twin)];
      assert.deepEqual(textDifferences(byAlembic, bySql.map(withoutRowLevelSecurity(byAlembic))), [], 'schema');
      assert.deepEqual(openTables(byAlembic, bySql, plan), [], 'new tables of public without row level security');
      assert.deepEqual(await snapshotRows(server, twin), await snapshotRows(server, database), 'rows');
      await using(server.url(twin), async (connection) => {
        const { schema } = await readSchema(connection);
        assert.deepEqual(renderBody(autogenerate({ current: schema, models: generation.models, scope: null, answers: noAnswers, facts: null }).upgrade).lines, [], 'nothing is left to do');
      });

      const { upgrade, downgrade, after: end } = plan.result;
      const compared = [
        ...(await compareWithAlembic(alembic, path.join(project, 'offline-up'), upgrade, generation.current)),
        ...(await compareWithAlembic(alembic, path.join(project, 'offline-down'), downgrade, end)),
      ];
      const different = compared.filter(({ equal }) => !equal);
      statements.equal += compared.length - different.length;
      statements.different += different.length;
      assert.deepEqual(different.map(({ ours, alembics }) => ({ ours, alembics })), []);
      await server.dropDatabase(database);
      await server.dropDatabase(twin);
    });
  }
});

/** The same plan in both forms, once every question has its answer. */
async function bothForms(connection: Database, project: string, golden: GoldenCase) {
  const [alembic, supabase] = [await planned(connection, project, golden, 'alembic'), await planned(connection, project, golden, 'supabase')];
  assert.deepEqual(supabase.plan.result.upgrade, alembic.plan.result.upgrade);
  const createDate = createDateAt(new Date(0), 'UTC');
  if ('reason' in createDate) throw new Error(createDate.reason.text);
  const [revision, ...more] = await draftFiles(alembic.generation, alembic.plan, { message: golden.name, id: 'after', onlineId: 'online', createDate });
  assert.deepEqual(more, []);
  return { ...supabase, revision, migration: supabaseDraftFile(supabase.generation, supabase.plan, { message: golden.name, moment: new Date(0) }) };
}

async function planned(connection: Database, project: string, golden: GoldenCase, form: MigrationForm): Promise<{ readonly generation: Generation; readonly plan: Plan }> {
  const found = await findProject(disk, project);
  if (!isProject(found)) throw new Error('no project');
  const preparation = await prepareGeneration({
    workspace: disk,
    project: found,
    form,
    modelFiles: null,
    database: {
      name: golden.name,
      readSchema: () => readSchema(connection),
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

async function using<T>(url: string, work: (connection: Database) => Promise<T>): Promise<T> {
  const parsed = parseConnectionUrl(url);
  if (!('target' in parsed)) throw new Error('url');
  const connection = await connect(parsed.target, parsed.password);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
