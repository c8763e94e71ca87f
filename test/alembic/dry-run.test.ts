/**
 * What a dry run says is what happens: real Alembic on a real PostgreSQL, on the same tables without rows, against the embedded server.
 * Every golden folder and every case of a rule with `DRY_RUN=all`; else a few of each.
 */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { readDefinitions } from '../../src/database/read-definitions';
import { readSchema } from '../../src/database/read-schema';
import { compareStates } from '../../src/engine/dry-run/compare-states';
import { failureOf, verdictOf, type DryRun } from '../../src/engine/dry-run/dry-run';
import { dryRunText } from '../../src/engine/dry-run/text';
import { isProject } from '../../src/engine/project/read-project';
import type { Schema } from '../../src/engine/schema/schema';
import { disk } from '../../src/workspace/disk';
import { dryRun } from '../../src/workspace/dry-run/dry-run';
import { startEmbeddedServer } from '../../src/workspace/dry-run/embedded';
import type { TrialServer } from '../../src/workspace/dry-run/trial';
import { shadowExtensions } from '../../src/shadow/shadow';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory } from '../../src/workspace/load-history';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pushLikeSupabase } from '../harness/push-like-supabase';
import { pythonEnvironment } from '../harness/python';
import { shadowFolder } from '../harness/shadow';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { ruleCases } from '../rules/cases';
import { AlembicError, openAlembicSession, type AlembicSession } from './alembic-session';
import { goldenCases, writeGoldenProject } from './golden-case';
import { createGoldenDatabase, withConnections } from './golden-folders';

const all = process.env['DRY_RUN'] === 'all';
/** Of many like these, one in so many. */
const some = <T>(list: readonly T[], step: number): readonly T[] => (all ? list : list.filter((_one, index) => index % step === 3));

describe('dry run and reality', function () {
  this.timeout(120_000);
  let server: PostgresServer;
  let alembic: AlembicSession;
  let shadow: string;
  const folder = temporaryFolder('dry-run');
  let kept: { readonly server: TrialServer; uses: number } | null = null;
  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres({ major: 18 }));
    alembic = openAlembicSession(python);
    shadow = await shadowFolder();
  });
  after(async () => {
    alembic?.close();
    await server?.stop();
    await kept?.server.stop();
  });

  /** Starting one for each case would take most of the time: what a case leaves is cleared away, where its mark is none that stays. */
  async function start(extensions: readonly string[]): Promise<TrialServer> {
    if (kept !== null && kept.uses++ < 25) {
      const session = await kept.server.open();
      const { error } = await session.run(`DO $$ DECLARE o record; BEGIN
        FOR o IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', o.nspname); END LOOP;
        FOR o IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP EXECUTE format('DROP EXTENSION %I CASCADE', o.extname); END LOOP;
        FOR o IN SELECT pubname FROM pg_publication LOOP EXECUTE format('DROP PUBLICATION %I', o.pubname); END LOOP;
        FOR o IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> 'postgres' LOOP EXECUTE format('DROP OWNED BY %I CASCADE', o.rolname); EXECUTE format('DROP ROLE %I', o.rolname); END LOOP;
        CREATE SCHEMA public; END $$`);
      await session.close();
      if (error === null) return { ...kept.server, stop: () => Promise.resolve() };
    }
    await kept?.server.stop();
    kept = { server: await startEmbeddedServer({ extensions: [...new Set([...extensions, ...shadowExtensions])], folder: shadow }), uses: 0 };
    return { ...kept.server, stop: () => Promise.resolve() };
  }

  for (const golden of some(goldenCases(), 40)) {
    it(`golden: ${golden.name}`, async () => {
      const project = path.join(folder, `golden-${golden.name}`);
      const database = `dry_${golden.name}`.replaceAll('-', '_').slice(0, 60);
      const url = await createGoldenDatabase(server, golden, database);
      await withConnections(server, database, async (_ours, theirs) => {
        writeGoldenProject(golden, project);
        await alembic.run(project, url, 'upgrade', 'before');
        if (golden.rows !== null) await theirs.query(golden.rows);
      });
      const draft = path.join(project, 'alembic', 'versions', 'draft.py');
      writeFileSync(draft, `from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n\nrevision = "draft"\ndown_revision = "before"\n\n\n${readFileSync(path.join(golden.folder, 'draft.py'), 'utf8')}`);
      await hold(`golden ${golden.name}`, { project, draft, database, url, applied: ['before'], parent: 'before' });
    });
  }

  for (const one of some(ruleCases().filter(({ history, needsRows }) => history === null && !needsRows), 60)) {
    it(`${one.rule}: ${one.name}`, async () => {
      const project = path.join(folder, `${one.rule}-${one.name}`);
      const database = `dry_${one.rule}_${one.name}`.replaceAll('-', '_').slice(0, 60);
      const url = await server.createDatabase(database);
      await withConnections(server, database, async (_ours, theirs) => void (await theirs.query(one.before)));
      mkdirSync(path.join(project, 'alembic', 'versions'), { recursive: true });
      writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n');
      writeFileSync(path.join(project, 'alembic', 'env.py'), environment);
      const draft = path.join(project, 'alembic', 'versions', one.isSql ? '20250101000000_draft.sql' : 'draft.py');
      writeFileSync(draft, one.draft);
      await hold(`${one.rule} ${one.name}`, { project, draft, database, url, applied: [], parent: 'base' });
    });
  }

  interface Case {
    readonly project: string;
    readonly draft: string;
    readonly database: string;
    readonly url: string;
    readonly applied: readonly string[];
    readonly parent: string;
  }

  /** The rows go; then the dry run on the schema that is there, and the real run on the database itself. */
  async function hold(name: string, one: Case): Promise<void> {
    try {
      await withConnections(server, one.database, async (ours, theirs) => {
        await theirs.query(`DO $$ DECLARE t record; BEGIN
          FOR t IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relname <> 'alembic_version'
          LOOP EXECUTE 'TRUNCATE ' || t.name || ' CASCADE'; END LOOP; END $$`);
        const { schema } = await readSchema(ours);
        const definitions = await readDefinitions(ours);
        const found = await findProject(disk, one.project);
        assert.ok(isProject(found));
        const text = readFileSync(one.draft, 'utf8');
        const states = new Map<string, Schema>();
        const started = performance.now();
        const run = await dryRun({
          workspace: disk, project: one.draft.endsWith('.sql') ? null : { project: found, graph: (await loadHistory(disk, found)).value }, path: one.draft, text,
          database: { schema, applied: one.applied }, definitions, desired: null, sql: await loadSqlParser(),
          start,
          onSchema: (pass, state) => states.set(pass, state),
        });
        assert.ok(run !== null);
        const milliseconds = performance.now() - started;
        const said = saidBy(run);
        const happened = one.draft.endsWith('.sql') ? await pushed(one.database, text) : await travelled(one);
        const words = dryRunText(run, ({ range }) => `offset ${range.start}`);
        const note = run.gaps.length > 0 || run.start.leftOut.length > 0 ? 'incomplete' : 'whole';
        if (all) appendFileSync(path.join(os.tmpdir(), 'dry-run-results.txt'), `${name}\t${note}\t${said}\t${happened}\t${Math.round(milliseconds)}\n`);
        // What could not all be tried claims no more than that; the start must be there all the same.
        if (run.gaps.length > 0) return;
        assert.deepEqual(run.start.leftOut, [], words);
        assert.deepEqual(compareStates(schema, states.get('start')!), [], 'the start is the database’s schema');
        assert.equal(said, happened, words);
        if (happened === 'runs') assert.deepEqual(compareStates(timeless((await readSchema(ours)).schema), timeless(states.get(one.draft.endsWith('.sql') ? 'upgrade' : 'upgrade again')!)), [], 'the schema at the end');
      });
    } finally {
      await server.dropDatabase(one.database);
      rmSync(one.project, { recursive: true, force: true });
    }
  }

  function saidBy(run: DryRun): string {
    const failure = failureOf(run);
    // What SQLAlchemy and Alembic themselves refuse has no SQLSTATE.
    if (failure !== null) return `${failure.pass} fails, ${failure.error.sqlstate ?? 'in Python'}`;
    return run.passes.length === 0 ? verdictOf(run) : 'runs';
  }

  async function travelled(one: Case): Promise<string> {
    for (const [pass, command, revision] of [['upgrade', 'upgrade', 'head'], ['downgrade', 'downgrade', one.parent], ['upgrade again', 'upgrade', 'head']] as const) {
      try {
        await alembic.run(one.project, one.url, command, revision);
      } catch (error) {
        if (!(error instanceof AlembicError)) throw error;
        return `${pass} fails, ${error.sqlstate ?? 'in Python'}`;
      }
    }
    return 'runs';
  }

  async function pushed(database: string, text: string): Promise<string> {
    const client = new Client({ connectionString: server.url(database) });
    await client.connect();
    const sqlstate = await pushLikeSupabase(client, text).finally(() => client.end());
    // The CLI's bookkeeping is none of the file's.
    await server.query('DROP SCHEMA IF EXISTS supabase_migrations CASCADE', database);
    return sqlstate === null ? 'runs' : `upgrade fails, ${sqlstate}`;
  }
});

/** A default that is the moment at which it was made is another each time. */
function timeless(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+/g, 'a moment')) as Schema;
}

const environment = `import os

from alembic import context
from sqlalchemy import create_engine

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;
