/** A draft that is not understood, tried by the project's own Alembic on the embedded PostgreSQL: every driver, whatever URL env.py has. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { verdictOf, type DryRun } from '../../../src/engine/dry-run/dry-run';
import { linesOf } from '../../../src/engine/dry-run/lines';
import { dryRunText } from '../../../src/engine/dry-run/text';
import { formatMessage, message } from '../../../src/engine/text/problem';
import { openEmbeddedTrial } from '../../../src/database/embedded-trial';
import { readSchema } from '../../../src/database/read-schema';
import { ShadowFailure } from '../../../src/shadow/failure';
import { startShadow } from '../../../src/shadow/shadow';
import { disk } from '../../../src/workspace/disk';
import { dryRun } from '../../../src/workspace/dry-run/dry-run';
import type { DryRunRequest } from '../../../src/workspace/dry-run/request';
import { startEmbeddedServer } from '../../../src/workspace/dry-run/embedded';
import { loadHistory } from '../../../src/workspace/load-history';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';
import { pythonEnvironment, type PythonEnvironment } from '../../harness/python';
import { runCommand, waitFor } from '../../harness/processes';
import { shadowFolder } from '../../harness/shadow';
import { need } from '../../harness/tools';
import { movingProject, projectIn, writeRevision, type RevisionText } from './moving';

const first: RevisionText = { id: 'aaa111', down: null, message: 'create place', upgrade: 'op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))', downgrade: 'op.drop_table("place")' };
/** What only Python knows: names that come from rows, and of the project's own code. */
const second: RevisionText = {
  id: 'bbb222', down: 'aaa111', message: 'from rows',
  upgrade: `bind = op.get_bind()
note = "ä😀"
bind.execute(sa.text("INSERT INTO place (id, name) VALUES (1, :name)"), {"name": "100%"})
for (name,) in bind.execute(sa.text("SELECT 'of_' || id FROM place WHERE name LIKE '100%'")):
    op.add_column(
        "place",
        sa.Column(name, sa.Text()),
    )
op.add_column("place", sa.Column("plain", sa.Text()))`,
  downgrade: `for name in [one["name"] for one in sa.inspect(op.get_bind()).get_columns("place")]:
    if name not in ("id", "name"):
        op.drop_column("place", name)
op.execute("DELETE FROM place")`,
};

describe('a draft by the project’s Alembic on the embedded PostgreSQL', function () {
  this.timeout(240_000);
  let python: PythonEnvironment;
  let shadow: string;
  before(async function () {
    python = await need(this, pythonEnvironment());
    shadow = await shadowFolder();
  });

  const elsewhere = (driver: string) => (env: string): string =>
    env.replace('config = context.config', `config = context.config\nconfig.set_main_option("sqlalchemy.url", "postgresql+${driver}://nobody:wrong@127.0.0.1:1/nowhere?${driver === 'asyncpg' ? 'ssl' : 'sslmode'}=require")`);
  async function run(folder: string, file: string, more: Partial<DryRunRequest> = {}): Promise<DryRun> {
    const project = await projectIn(folder);
    const found = await dryRun({
      workspace: disk, project: { project, graph: (await loadHistory(disk, project)).value }, path: file, text: more.text ?? readFileSync(file, 'utf8'), database: null, desired: null, sql: await loadSqlParser(),
      python: () => Promise.resolve({ kind: 'found', python: { path: python.interpreter, source: 'test', version: '', alembic: '', sqlalchemy: '' } as never }),
      start: (extensions) => startEmbeddedServer({ extensions, folder: shadow, signal: more.signal }),
      ...more,
    });
    assert.ok(found !== null);
    return found;
  }
  const words = (one: DryRun): string => dryRunText(one, ({ range }) => `offset ${range.start}`);

  for (const [template, driver] of [['generic', 'psycopg2'], ['generic', 'psycopg'], ['async', 'asyncpg']] as const) {
    it(`runs up, down and up, each statement on its line (${template}, ${driver})`, async () => {
      const folder = await movingProject(python, template, [first], elsewhere(driver));
      const file = writeRevision(folder, second);
      const text = readFileSync(file, 'utf8');
      const one = await run(folder, file);
      assert.deepEqual([verdictOf(one), one.by, one.gaps, one.start.made], ['passed', 'alembic', [], 'by the history’s own SQL'], words(one));
      assert.deepEqual(one.passes.map(({ name }) => name), ['upgrade', 'downgrade', 'upgrade again']);
      const placed = one.passes[0]!.statements.flatMap(({ at, sql }) => (at === null ? [] : [[text.slice(at.range.start, at.range.end).split('\n')[0], sql.includes('%%')]]));
      assert.deepEqual(placed, [
        ['bind.execute(sa.text("INSERT INTO place (id, name) VALUES (1, :name)"), {"name": "100%"})', false],
        ['for (name,) in bind.execute(sa.text("SELECT \'of_\' || id FROM place WHERE name LIKE \'100%\'")):', false],
        ['op.add_column(', false],
        ['op.add_column("place", sa.Column("plain", sa.Text()))', false],
      ]);
      assert.match(words(one), /ALTER TABLE place ADD COLUMN of_1 TEXT/);
      assert.match(words(one), /the statements are those that the project’s own Alembic sent/);
    });
  }

  it('runs the text that is being typed, of a file that is not there yet, and writes nothing', async () => {
    const folder = await movingProject(python, 'generic', [first], elsewhere('psycopg2'));
    const file = writeRevision(folder, second);
    const text = readFileSync(file, 'utf8').replace('"plain"', '"typed"');
    const saved = await run(folder, file, { text });
    assert.match(words(saved), /ADD COLUMN typed/);
    rmSync(file);
    const unsaved = await run(folder, file, { text });
    assert.deepEqual([verdictOf(unsaved), unsaved.by], ['passed', 'alembic'], words(unsaved));
    assert.throws(() => readFileSync(file));
  });

  it('tells what fails, of the server and of Python, what was caught and what was not reached', async () => {
    const folder = await movingProject(python, 'generic', [first], elsewhere('psycopg2'));
    const body = (upgrade: string): string => writeRevision(folder, { ...second, upgrade: `rows = op.get_bind().execute(sa.text("SELECT count(*) FROM place")).scalar()\n${upgrade}\nop.add_column("place", sa.Column("late", sa.Text()))` });
    const server = await run(folder, body('op.execute("ALTER TABLE place DROP COLUMN c%s" % rows)'));
    const file = path.join(folder, 'migrations', 'versions', 'bbb222_from_rows.py');
    assert.equal(verdictOf(server), 'failed', words(server));
    assert.match(words(server), /^The upgrade stops at offset \d+: 42703: column "c0" of relation "place" does not exist\./);
    assert.deepEqual(linesOf(server, file).filter(({ kind }) => kind !== 'ran').map(({ kind, text }) => [kind, text]), [['failed', '✗ 42703 column "c0" of relation "place" does not exist'], ['not tried', '– not reached']]);
    const own = await run(folder, body('op.execute({}["rows %s" % rows])'));
    assert.match(words(own), /^The upgrade stops at offset \d+: KeyError: 'rows 0'\./);
    const caught = await run(folder, body('try:\n    with op.get_bind().begin_nested():\n        op.execute("DROP TABLE nothing_%s" % rows)\nexcept sa.exc.DBAPIError:\n    pass'));
    assert.deepEqual(linesOf(caught, file).filter(({ kind }) => kind === 'caught').map(({ text }) => text), ['! 42P01 caught']);
    assert.equal(caught.passes[0]!.statements.some(({ outcome }) => outcome.kind === 'failed'), false, words(caught));
    // A constraint that waits for the commit has no line.
    const waits = writeRevision(folder, { ...second, upgrade: `rows = op.get_bind().execute(sa.text("SELECT count(*) FROM place")).scalar()\nop.execute("ALTER TABLE place ADD COLUMN up int CONSTRAINT upwards REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED")\nop.execute("INSERT INTO place (id, up) VALUES (1, %s + 2)" % rows)` });
    const late = await run(folder, waits);
    assert.match(words(late), /^The upgrade stops: 23503: insert or update on table "place" violates foreign key constraint "upwards"/, words(late));
  });

  it('makes the schema before it by Alembic where the history is not understood', async () => {
    const folder = await movingProject(python, 'generic', [first, { ...second }], elsewhere('psycopg2'));
    const file = writeRevision(folder, { id: 'ccc333', down: 'bbb222', message: 'understood', upgrade: 'op.alter_column("place", "of_1", new_column_name="of_one")', downgrade: 'op.alter_column("place", "of_one", new_column_name="of_1")' });
    const one = await run(folder, file);
    assert.deepEqual([verdictOf(one), one.by, one.start.made, one.start.leftOut], ['passed', 'preview', 'by the project’s own Alembic', []], words(one));
  });

  it('says what to do where it can’t: no Python, another kind of database, a second connection', async () => {
    const folder = await movingProject(python, 'generic', [first], elsewhere('psycopg2'));
    const file = writeRevision(folder, second);
    const none = await run(folder, file, { python: () => Promise.resolve({ kind: 'none', tried: [], reason: message('No Python with Alembic was found. Name the interpreter.', {}) }) });
    assert.deepEqual([verdictOf(none), none.by], ['incomplete', 'preview']);
    assert.match(none.remarks.map(formatMessage).join(' '), /could be run by the project’s own Alembic\. That was not possible: No Python with Alembic was found\. Name the interpreter\./);
    const env = path.join(folder, 'migrations', 'env.py');
    const text = readFileSync(env, 'utf8');
    writeFileSync(env, text.replace(/postgresql\+psycopg2:[^"]*/, 'sqlite://'));
    assert.match(words(await run(folder, file)), /env\.py opens its database by sqlite\+pysqlite, which can’t be led to the embedded PostgreSQL\./);
    writeFileSync(env, text.replace('with connectable.connect() as connection:', 'with connectable.connect() as other, connectable.connect() as connection:'));
    assert.match(words(await run(folder, file)), /opens a second connection beside the first, and the embedded PostgreSQL has one session/);
  });

  it('never reaches the database of an engine that makes its connections by itself', async () => {
    const other = await startShadow({ folder: shadow });
    try {
      const folder = await movingProject(python, 'generic', [first], (env) => env.replace('poolclass=pool.NullPool,', `poolclass=pool.NullPool,\n        creator=lambda: __import__("psycopg2").connect("host=${other.host} user=${other.user} dbname=postgres"),`));
      const one = await run(folder, writeRevision(folder, second));
      assert.deepEqual([verdictOf(one), one.by], ['incomplete', 'preview'], words(one));
      assert.match(words(one), /env\.py opens .*, and not the chosen database .*\. Nothing was run there\./);
      const trial = await openEmbeddedTrial(other);
      assert.deepEqual((await readSchema(trial.database)).schema.tables, []);
    } finally {
      await other.stop();
    }
  });

  it('is left alone by the command line where no code of the project is to be run', async () => {
    const folder = await movingProject(python, 'generic', [first], elsewhere('psycopg2'));
    const file = writeRevision(folder, { ...second, upgrade: `open("was run", "w").close()\n${second.upgrade}` });
    const program = path.join(path.dirname(shadow), 'cli.js');
    const dryRunWith = (...how: string[]) => runCommand(process.execPath, [program, 'dry-run', file, ...how], { cwd: folder });
    const without = await dryRunWith('--no-python');
    assert.equal(without.code, 1);
    assert.match(without.stdout, /--no-python keeps the project’s code from being run\./);
    assert.ok(!existsSync(path.join(folder, 'was run')));
    const { code, stdout, stderr } = await dryRunWith('--python', python.interpreter);
    assert.equal(code, 0, stdout + stderr);
    assert.ok(existsSync(path.join(folder, 'was run')));
  });

  it('is cancelled at once, in a statement and in Python', async () => {
    const folder = await movingProject(python, 'generic', [first], elsewhere('psycopg2'));
    for (const endless of ['op.get_bind().execute(sa.text("SELECT count(*) FROM generate_series(1, 1000000000000)")).scalar()', 'op.get_bind()\nimport time\ntime.sleep(600)']) {
      const file = writeRevision(folder, { ...second, upgrade: `name = op.get_bind().execute(sa.text("SELECT current_database()")).scalar()\nop.execute("COMMENT ON TABLE place IS '%s'" % name)\nopen("at work", "w").close()\n${endless}` });
      const controller = new AbortController();
      const running = run(folder, file, { signal: controller.signal });
      running.catch(() => undefined);
      await waitFor('the draft to be at work', 120_000, () => {
        try {
          rmSync(path.join(folder, 'at work'));
          return true;
        } catch {
          return undefined;
        }
      });
      const started = Date.now();
      controller.abort(new Error('enough'));
      await assert.rejects(running, (error: Error) => !(error instanceof ShadowFailure) && error.message === 'enough');
      assert.ok(Date.now() - started < 10_000);
    }
  });
});
