/**
 * Upgrade, downgrade, stamp, a refusal and a cancel on every PostgreSQL from 14 to 18, with Alembic from 1.13 on, each driver, and each Python that
 * is here. By default a diagonal: the oldest PostgreSQL with the newest Alembic. RUNNER_MATRIX=all: all of it, for which pip and npm fetch the versions.
 */
import assert from 'node:assert/strict';
import { Client } from 'pg';
import { startPostgres } from '../../harness/postgres';
import type { PostgresMajor, PostgresServer } from '../../harness/postgres';
import { pythonEnvironment, pythonEnvironmentWith } from '../../harness/python';
import type { PythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { emptyDatabase, move, movingProject, truthOf } from './moving';
import { withEnvironment } from './projects';

const isAll = process.env['RUNNER_MATRIX'] === 'all';
const servers: readonly PostgresMajor[] = isAll ? [14, 15, 16, 17, 18] : [14];
const drivers = ['psycopg2-binary', 'psycopg[binary]', 'asyncpg', 'greenlet'];
const alembics: readonly (readonly string[] | null)[] = isAll ? [null, ['alembic==1.13.0', 'sqlalchemy==1.4.54', ...drivers], ['alembic==1.13.3', 'sqlalchemy==2.0.36', ...drivers], ['alembic==1.15.2', 'sqlalchemy==2.0.40', ...drivers]] : [null];
/** The newest Alembic that each Python takes (SQLAlchemy 2.1.9 wants 3.11), on the newest PostgreSQL alone. */
const pythons: readonly (readonly [string, readonly string[]])[] = [
  ['3.8', ['alembic==1.14.1', 'sqlalchemy==2.0.43', ...drivers]],
  ['3.9', ['alembic==1.16.5', 'sqlalchemy==2.0.43', ...drivers]],
  ['3.10', ['alembic==1.20.1', 'sqlalchemy==2.0.43', ...drivers]],
  ['3.12', ['alembic==1.20.1', 'sqlalchemy==2.1.9', ...drivers]],
  ['3.13', ['alembic==1.20.1', 'sqlalchemy==2.1.9', ...drivers]],
];

type Driver = 'psycopg2' | 'psycopg' | 'asyncpg';
const everyDriver: readonly Driver[] = ['psycopg2', 'psycopg', 'asyncpg'];

for (const major of servers) {
  describe(`moving a database of PostgreSQL ${major}`, () => {
    let server: PostgresServer;
    before(async function () {
      server = await need(this, startPostgres({ major }));
    });
    after(() => server?.stop());

    for (const [index, requirements] of alembics.entries()) {
      for (const driver of everyDriver) {
        // SQLAlchemy 1.4 knows no psycopg 3
        if (driver === 'psycopg' && requirements?.includes('sqlalchemy==1.4.54') === true) continue;
        if (!isAll && driver !== 'psycopg2') continue;
        it(`${requirements?.slice(0, 2).join(', ') ?? 'the newest Alembic'}, ${driver}`, async function () {
          this.timeout(240_000);
          const python: PythonEnvironment = await need(this, requirements === null ? pythonEnvironment() : pythonEnvironmentWith(requirements));
          await goesThrough(server, python, `m${index}_${driver}`, driver);
        });
      }
    }

    if (!isAll || major !== 18) return;
    for (const [version, requirements] of pythons) {
      for (const driver of everyDriver) {
        it(`Python ${version}, ${driver}`, async function () {
          this.timeout(240_000);
          await goesThrough(server, await need(this, pythonEnvironmentWith(requirements, version)), `p${version.replace('.', '_')}_${driver}`, driver);
        });
      }
    }
  });
}

async function goesThrough(server: PostgresServer, python: PythonEnvironment, name: string, driver: Driver): Promise<void> {
  const [here, there] = [await emptyDatabase(server, name), await emptyDatabase(server, `${name}_other`)];
  const url = here(driver);
  const folder = await movingProject(python, driver === 'asyncpg' ? 'async' : 'generic', undefined, (env) => env.replace('from models import Base', '# its models want SQLAlchemy 2').replace('\ntarget_metadata = Base.metadata', '\ntarget_metadata = None').replace('config = context.config', 'import os\n\nconfig = context.config\nif "OWN_URL" in os.environ:\n    config.set_main_option("sqlalchemy.url", os.environ.get("OWN_URL", "").replace("%", "%%"))'));
  const refused = await withEnvironment({ OWN_URL: there(driver) }, () => move({ folder, python, url }));
  assert.deepEqual([refused.outcome.kind, refused.outcome.failure?.code, refused.outcome.steps], ['failed', 'other-database', 0], refused.outcome.failure?.message);
  const up = await move({ folder, python, url });
  assert.deepEqual([up.outcome.kind, up.outcome.applied, up.outcome.failure?.message], ['done', ['ccc333'], undefined], up.log);
  assert.equal(up.progress.filter(({ kind }) => kind === 'step').length, 3);
  const down = await move({ folder, python, url, verb: 'downgrade', revisions: ['-1'], heads: ['ccc333'] });
  assert.deepEqual(down.outcome.applied, ['bbb222']);
  const stamp = await move({ folder, python, url, verb: 'stamp', revisions: ['aaa111'], heads: ['bbb222'] });
  assert.deepEqual(stamp.outcome.applied, ['aaa111']);
  const back = await move({ folder, python, url, verb: 'stamp', revisions: ['bbb222'], heads: ['aaa111'] });
  assert.deepEqual(back.outcome.applied, ['bbb222']);

  const holder = new Client({ connectionString: here() });
  await holder.connect();
  try {
    await holder.query('BEGIN; LOCK TABLE place IN ROW EXCLUSIVE MODE');
    const controller = new AbortController();
    const held = await move({ folder, python, url, heads: ['bbb222'], signal: controller.signal, onProgress: ({ kind }) => kind === 'blocked' && controller.abort(new Error('enough')) });
    assert.deepEqual([held.outcome.kind, held.outcome.applied, held.outcome.steps], ['cancelled', ['bbb222'], 0]);
  } finally {
    await holder.end();
  }
  assert.deepEqual(await truthOf(server, name), { versions: ['bbb222'], relations: ['place', 'place_pkey'] });
  assert.deepEqual(await truthOf(server, `${name}_other`), { versions: [], relations: [] });
}
