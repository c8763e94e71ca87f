import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { prepareSupabase, pushMigrations } from '../harness/supabase';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { runCli, sampleFolder } from './run-cli';

describe('alembic-review generate in a Supabase project', function () {
  this.timeout(120_000);
  let server: PostgresServer;
  before(async function () {
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  const migrationsOf = (folder: string): readonly string[] => readdirSync(path.join(folder, 'supabase/migrations')).filter((name) => name.endsWith('.sql')).sort();

  it('writes a SQL migration from the files alone, from any folder of the project', async () => {
    const project = copyOf('supabase');
    const before = migrationsOf(project);
    const cwd = path.join(project, 'backend');
    const { code, out, err } = await runCli(['generate', '-m', 'Steps of a recipe', '--json'], { cwd });
    assert.deepEqual([code, err], [0, '']);
    const answer = JSON.parse(out);
    assert.deepEqual([answer.outcome, answer.form, answer.problems], ['generated', 'supabase', []]);
    assert.match(path.relative(project, answer.path), /^supabase\/migrations\/20\d{12}_steps_of_a_recipe\.sql$/);
    assert.deepEqual(migrationsOf(project), [...before, path.basename(answer.path)]);
    const text = readFileSync(answer.path, 'utf8');
    assert.equal(text, answer.revision);
    assert.equal(text, readFileSync(path.join(sampleFolder('supabase'), 'expected.sql'), 'utf8'));
    assert.doesNotMatch(text, /downgrade|op\./);
  });

  it('prints it too, and says once that there is no way back', async () => {
    const project = copyOf('supabase');
    const { code, out, err } = await runCli(['generate', '-m', 'Steps', '--stdout'], { cwd: project });
    assert.equal(code, 0);
    assert.match(out, /^-- Steps\n\nDROP POLICY /);
    assert.equal(err, 'A SQL migration has no downgrade: to undo it, write another one.\n');
    assert.equal(migrationsOf(project).length, 2);
  });

  it('starts from a database that has all files, and leads to the models', async () => {
    const project = copyOf('supabase');
    const url = await server.createDatabase('recipes');
    await prepareSupabase(server, 'recipes');
    const generate = () => runCli(['generate', '-m', 'Steps', '--database', url], { cwd: project });

    // No table of applied migrations yet (42P01 for who asks for it blindly): all files are still to come.
    const empty = await runCli(['generate', '-m', 'Steps of a recipe', '--database', url, '--stdout'], { cwd: project });
    assert.equal(empty.code, 0);
    // Beyond that it says that there are no rows yet to look at.
    const unseen = /^-- REVIEW: rows could not be looked at\. Pending [^;]*?label\.\n/m;
    assert.match(empty.out, unseen);
    assert.equal(empty.out.replace(unseen, ''), readFileSync(path.join(sampleFolder('supabase'), 'expected.sql'), 'utf8'));
    assert.match(empty.err, /lacks 2 files of supabase\/migrations: the migration starts from what they lead to/);

    await pushMigrations(server, 'recipes', path.join(project, 'supabase/migrations'));
    await server.runFile(path.join(project, 'supabase/seed.sql'), 'recipes');
    // The policy reads the column whose type changes.
    const written = await generate();
    assert.deepEqual([written.code, written.err], [0, 'A SQL migration has no downgrade: to undo it, write another one.\n']);
    const text = readFileSync(path.join(project, written.out.trim()), 'utf8');
    assert.match(text, /DROP POLICY "Everybody reads what is published" ON recipe;[^]*TYPE recipe_state USING state::recipe_state;[^]*CREATE POLICY "Everybody reads what is published"/);
    assert.deepEqual(await pushMigrations(server, 'recipes', path.join(project, 'supabase/migrations')), [path.basename(written.out.trim())]);
    const { rows } = await server.query("SELECT title, state::text, pg_typeof(state)::text AS type, (SELECT relrowsecurity FROM pg_class WHERE relname = 'step') AS rls FROM recipe ORDER BY title", 'recipes');
    assert.deepEqual(rows, [{ title: 'Bread', state: 'draft', type: 'recipe_state', rls: true }, { title: 'Soup', state: 'published', type: 'recipe_state', rls: true }]);

    const again = await generate();
    assert.deepEqual([again.code, again.out], [0, '']);
    assert.match(again.err, /nothing to migrate/);
  });

  it('refuses a database with a version that no file has, also where the table is an old one', async () => {
    const project = copyOf('supabase');
    const url = await server.createDatabase('strange');
    await prepareSupabase(server, 'strange');
    await server.query("CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY); INSERT INTO supabase_migrations.schema_migrations VALUES ('20240311093000'), ('20240402141700'), ('20990101000000')", 'strange');
    const { code, out, err } = await runCli(['generate', '-m', 'Steps', '--database', url], { cwd: project });
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /has applied 20990101000000, which no file in supabase\/migrations has\. .*supabase migration repair --status reverted 20990101000000/);
  });

  it('is later than a file from the future', async () => {
    const project = copyOf('supabase');
    writeFileSync(path.join(project, 'supabase/migrations/20991231235959_later.sql'), 'create table public.later (id integer);\n');
    const { code, out } = await runCli(['generate', '-m', 'Steps'], { cwd: project });
    assert.equal(code, 0);
    assert.equal(out, 'supabase/migrations/21000101000000_steps.sql\n');
  });

  it('does not start from files that PostgreSQL would not parse, or that share a version', async () => {
    const project = copyOf('supabase');
    const file = path.join(project, 'supabase/migrations/20250101000000_broken.sql');
    writeFileSync(file, 'create table a (id integer);\ncreate tabel b ();\n');
    const broken = await runCli(['generate', '-m', 'Steps'], { cwd: project });
    assert.equal(broken.code, 1);
    assert.match(broken.err, /20250101000000_broken\.sql:2:8: error: PostgreSQL would not parse this: syntax error at or near "tabel"/);
    writeFileSync(file, '');
    writeFileSync(path.join(project, 'supabase/migrations/20250101000000_twin.sql'), '');
    assert.match((await runCli(['generate', '-m', 'Steps'], { cwd: project })).err, /_twin\.sql.* has the same version as 20250101000000_broken\.sql/);
  });

  it('says what it could not follow in the files', async () => {
    const project = copyOf('supabase');
    writeFileSync(path.join(project, 'supabase/migrations/20250101000000_copy.sql'), 'create table public.copy () inherits (public.recipe);\n');
    const { code, err } = await runCli(['generate', '-m', 'Steps'], { cwd: project });
    assert.equal(code, 0);
    assert.match(err, /20250101000000_copy\.sql:1:1: warning: copy inherits from other tables, which go on changing it\. What is there of copy after it is only known in part/);
  });

  it('asks which form is meant where Alembic lies beside it, and writes either', async () => {
    const project = copyOf('healthy');
    mkdirSync(path.join(project, 'supabase/migrations'), { recursive: true });
    const models = path.join(project, 'library/models.py');
    writeFileSync(models, readFileSync(models, 'utf8').replace(/^class Book\(.*$/m, 'class Shelf(Base):\n    __tablename__ = "shelf"\n    id: Mapped[int] = mapped_column(primary_key=True)\n\n\n$&'));
    const generate = (...options: readonly string[]) => runCli(['generate', '-m', 'Shelves', '--json', ...options], { cwd: project });
    const open = await generate();
    assert.deepEqual([open.code, open.out], [2, '']);
    assert.match(open.err, /Say which form is meant: --form alembic or --form supabase/);

    const alembic = JSON.parse((await generate('--form', 'alembic', '--stdout')).out);
    assert.deepEqual([alembic.outcome, alembic.form], ['generated', 'alembic']);
    assert.match(alembic.revision, /op\.create_table\(\s*"shelf"/);
    assert.equal(JSON.parse((await generate('-c', 'alembic.ini', '--stdout')).out).form, 'alembic');

    // None of its files makes the tables that the revisions make: everything is new.
    const supabase = JSON.parse((await generate('--form', 'supabase')).out);
    assert.deepEqual([supabase.outcome, supabase.form, path.dirname(supabase.path)], ['generated', 'supabase', path.join(project, 'supabase/migrations')]);
    for (const table of ['shelf', 'author', 'book', 'loan']) assert.match(supabase.revision, new RegExp(`CREATE TABLE ${table} [^]*ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;`));
    assert.equal(supabase.revision.match(/The API serves/g).length, 1);
  });

  it('says what is missing', async () => {
    const alembic = await runCli(['generate', '-m', 'x', '--form', 'supabase'], { cwd: copyOf('healthy') });
    assert.equal(alembic.code, 4);
    assert.match(alembic.err, /supabase init/);
    const supabase = await runCli(['generate', '-m', 'x', '--form', 'alembic'], { cwd: copyOf('supabase') });
    assert.equal(supabase.code, 4);
    assert.match(supabase.err, /Neither alembic\.ini nor/);
    for (const options of [['--head', 'a'], ['--rev-id', 'a'], ['--branch-label', 'a'], ['--depends-on', 'a'], ['--version-path', 'a'], ['--large-table-rows', '5']]) {
      const strange = await runCli(['generate', '-m', 'x', ...options], { cwd: copyOf('supabase') });
      assert.equal(strange.code, 2);
      assert.match(strange.err, new RegExp(`${options[0]} is for revisions of Alembic`));
    }
  });
});

const copies = temporaryFolder('cli-supabase');
let made = 0;

function copyOf(name: string): string {
  const folder = path.join(copies, String(made++), name);
  cpSync(sampleFolder(name), folder, { recursive: true });
  return folder;
}
