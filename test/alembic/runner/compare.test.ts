/** `compare`: the text is the one that `alembic revision --autogenerate` writes, and nothing else comes of it. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../cli/run-cli';
import { projectRoot } from '../../harness/paths';
import { startPostgres } from '../../harness/postgres';
import type { PostgresServer } from '../../harness/postgres';
import { pythonEnvironment } from '../../harness/python';
import type { PythonEnvironment } from '../../harness/python';
import { temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { goldenCases, writeGoldenProject } from '../golden-case';
import { readSample } from '../sample';
import { compareIn, compareWithReality, contentOf, databaseOf, filesOf, newProject, revisionByAlembic, setUrl, withEnvironment } from './projects';

describe('what Alembic would have written', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  for (const [template, driver] of [['generic', 'psycopg2'], ['generic', 'psycopg'], ['generic', undefined], ['pyproject', 'psycopg'], ['async', 'asyncpg'], ['async', 'psycopg']] as const) {
    it(`is the same, byte for byte, with the ${template} template and ${driver ?? 'no driver named'}, and nothing is written`, async () => {
      const name = `same_${template}_${driver ?? 'none'}`;
      const [{ url: alembic }, { url: product }] = [await databaseOf(server, `${name}_a`), await databaseOf(server, name)];
      const project = await newProject(python, template);
      const before = await contentOf(server, name);
      const { written, compared } = await compareWithReality(python, project, { alembic: alembic(driver), product: product(driver) });
      assert.match(written, /op\.create_table\('task'/);
      assert.equal(compared, written);
      assert.deepEqual(await contentOf(server, name), before);
      assert.notDeepEqual(await contentOf(server, `${name}_a`), before, 'Alembic makes its version table');
      assert.deepEqual(filesOf(project).filter((file) => file.includes('__pycache__') || file.startsWith('migrations/versions/')), ['migrations/versions/abcdef123456_what_changed.py']);
    });
  }

  it('is the same for the sample, whose env.py reads DATABASE_URL', async () => {
    const sample = readSample('scraper');
    const project = path.join(temporaryFolder('runner'), 'scraper');
    cpSync(sample.folder, project, { recursive: true, filter: (file) => !file.endsWith('__pycache__') });
    const [real, url] = [await server.createDatabase('scraper_a'), await server.createDatabase('scraper')];
    for (const one of [real, url]) await python.alembic(project, ['upgrade', 'head'], { databaseUrl: one });
    const { written, compared } = await compareWithReality(python, project, { alembic: real, product: url });
    assert.match(written, /down_revision[^\n]*= 'e6b81c94507a'/);
    assert.match(written, /op\.drop_column\('sitemap', 'deep_scrape_curation_status'\)/, 'a rename is lost on Alembic');
    assert.deepEqual(sortedLines(compared), sortedLines(written));
  });

  // env.py of the golden folders takes DATABASE_URL and nothing else
  const some = ['column-renamed-with-index-and-fk', 'string-to-enum', 'new-schema', 'table-dropped', 'serial-to-identity', 'text-array-to-enum-array'];
  for (const golden of goldenCases().filter(({ name }) => some.includes(name))) {
    it(`is the same for ${golden.name}`, async () => {
      const name = golden.name.replaceAll('-', '_');
      const [real, url] = [await server.createDatabase(`${name}_a`), await server.createDatabase(name)];
      const project = path.join(temporaryFolder('runner'), golden.name);
      writeGoldenProject(golden, project);
      cpSync(path.join(projectRoot, 'test', 'projects', 'scraper', 'alembic', 'script.py.mako'), path.join(project, 'alembic', 'script.py.mako'));
      for (const [database, one] of [[`${name}_a`, real], [name, url]] as const) {
        if (golden.setup !== null) await server.query(golden.setup, database);
        await python.alembic(project, ['upgrade', 'head'], { databaseUrl: one });
        if (golden.rows !== null) await server.query(golden.rows, database);
      }
      const { written, compared } = await withEnvironment({ DATABASE_URL: url }, () => compareWithReality(python, project, { alembic: real, product: url }));
      assert.deepEqual(sortedLines(compared), sortedLines(written));
    });
  }

  it('passes what env.py asks of the command line, filters and hooks', async () => {
    const [{ url: alembic }, { url: product }] = [await databaseOf(server, 'hooks_a'), await databaseOf(server, 'hooks')];
    // as Alembic's cookbook and Flask-Migrate have it
    const project = await newProject(python, 'generic', (env) => env.replaceAll('target_metadata=target_metadata', `target_metadata=target_metadata,
            include_name=lambda name, type_, parents: name != "legacy", render_as_batch=True, process_revision_directives=directives`)
      .replace('def run_migrations_offline', `def directives(context, revision, scripts):
    assert config.cmd_opts.autogenerate and config.cmd_opts.message == "what changed" and context.script.get_current_head() is None
    print("hooked ✓")
    scripts[0].upgrade_ops.ops.reverse()


def run_migrations_offline`));
    const { written, compared } = await compareWithReality(python, project, { alembic: alembic('psycopg'), product: product() });
    assert.match(written, /batch_alter_table/);
    assert.doesNotMatch(written, /legacy/);
    assert.equal(compared, written);
  });

  it('is two revisions where the project’s hook makes two', async () => {
    const [{ url: alembic }, { url: product }] = [await databaseOf(server, 'two_a'), await databaseOf(server, 'two')];
    const project = await newProject(python, 'generic', (env) => env.replaceAll('target_metadata=target_metadata', 'target_metadata=target_metadata, process_revision_directives=directives').replace('def run_migrations_offline', `def directives(context, revision, scripts):
    from alembic.operations import ops
    first = scripts[0]
    rest, first.upgrade_ops.ops[1:] = first.upgrade_ops.ops[1:], []
    scripts.append(ops.MigrationScript(rev_id="fedcba654321", message="the rest", upgrade_ops=ops.UpgradeOps(rest), downgrade_ops=ops.DowngradeOps([]), head=first.rev_id))


def run_migrations_offline`));
    const { code, out, err } = await compareIn(project, ['--database', product(), '--python', python.interpreter, '--json']);
    assert.equal(code, 0, err);
    const { alembic: texts } = JSON.parse(out) as { readonly alembic: readonly string[] };
    rmSync(path.join(project, 'migrations', 'versions', 'abcdef123456_what_changed.py'));
    setUrl(project, alembic('psycopg'));
    await revisionByAlembic(python, project, alembic('psycopg'));
    const written = ['abcdef123456_what_changed.py', 'fedcba654321_the_rest.py'].map((name) => readFileSync(path.join(project, 'migrations', 'versions', name), 'utf8'));
    const undated = (all: readonly string[]): readonly string[] => all.map((text) => text.replace(/^Create Date: .*$/m, ''));
    assert.deepEqual(undated(texts), undated(written));
    assert.match(texts[1]!, /down_revision[^\n]*= 'abcdef123456'/);
  });

  it('is no revision at all where the project’s hook lets nothing through', async () => {
    const { url } = await databaseOf(server, 'nothing');
    const project = await newProject(python, 'generic', (env) => env.replaceAll('target_metadata=target_metadata', 'target_metadata=target_metadata, process_revision_directives=lambda c, r, scripts: scripts.clear()'));
    const { code, out, err } = await compareIn(project, ['--database', url(), '--python', python.interpreter]);
    assert.deepEqual([code, out], [0, '']);
    assert.match(err, /would have written no revision/);
  });

  it('says that the database is behind the draft’s parent, and compares all the same', async () => {
    const sample = readSample('scraper');
    const project = path.join(temporaryFolder('runner'), 'scraper');
    cpSync(sample.folder, project, { recursive: true, filter: (file) => !file.endsWith('__pycache__') });
    const url = await server.createDatabase('behind');
    await python.alembic(project, ['upgrade', 'c05e3a86f912'], { databaseUrl: url });
    const draft = 'alembic/versions/2024_10_08_0751-e6b81c94507a_curate_contacts.py';
    const { code, out, err } = await runCli(['compare', draft, '--database', url, '--python', python.interpreter], { cwd: project });
    assert.equal(code, 0, err);
    assert.match(out, /^revision = 'e6b81c94507a'$/m);
    assert.match(out, /down_revision[^\n]*= '71d2fa4b38ce'/);
    assert.match(err, /is one revision behind the draft’s parent \(next: 71d2fa4b38ce\)/);
    const earlier = await runCli(['compare', 'alembic/versions/2024_05_21_0802-4e9a7710d5b8_sitemaps_and_contacts.py', '--database', url, '--python', python.interpreter], { cwd: project });
    assert.match(earlier.err, /has this revision already/);
  });
});

/** Alembic goes through sets of keys that hash by their address: their order is another in each run of its own, too. */
function sortedLines(text: string): readonly string[] {
  return text.split('\n').sort();
}
