/**
 * Projects of every form: what our upgrade and downgrade make of a database is what `alembic` itself makes of another one, in a copy of
 * the project: tables in each schema, and the rows of the version table wherever it is. RUNNER_MATRIX=all: those that other tests see, too.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../cli/run-cli';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { pythonEnvironment, type PythonEnvironment } from '../../harness/python';
import { temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { emptyDatabase, movingProject, threeRevisions, writeRevision } from './moving';
import { setUrl } from './projects';

describe('projects of every form go where `alembic` itself would have them go', function () {
  this.timeout(120_000);
  let server: PostgresServer;
  let python: PythonEnvironment;
  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  interface Form {
    readonly name: string;
    /** Makes the project in its folder. */
    readonly make: () => Promise<string>;
    /** Options before `alembic`'s command, and the same for ours. */
    readonly options?: readonly string[];
    readonly driver?: string;
    /** What a database needs before. */
    readonly sql?: string;
    /** Where the project lies in the folder that `make` gave. */
    readonly inside?: string;
    /** How a person gives the project its URL. */
    readonly tell?: (folder: string, url: string) => void;
    /** Other tests see most of it. */
    readonly rare?: boolean;
    readonly head?: string;
    readonly back?: string;
  }

  const edit = (folder: string, file: string, change: (text: string) => string): void => {
    const at = path.join(folder, file);
    const before = readFileSync(at, 'utf8');
    writeFileSync(at, change(before));
    assert.notEqual(readFileSync(at, 'utf8'), before, file);
  };
  const configure = (env: string, more: string): string => env.replaceAll('target_metadata=target_metadata', `target_metadata=target_metadata, ${more}`);

  const forms: readonly Form[] = [
    {
      name: 'settings and the URL from an .env that env.py loads',
      make: async () => {
        const folder = await movingProject(python, 'generic', threeRevisions, (env) => env.replace('config = context.config', 'import os\nfrom settings import load\n\nload()\nconfig = context.config\nassert os.environ["APP_NAME"] == "shop = it\'s"\nconfig.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"].replace("%", "%%"))'));
        writeFileSync(path.join(folder, 'settings.py'), 'import os\n\n\ndef load():\n    """As python-dotenv: what is set already stays."""\n    with open(os.path.join(os.path.dirname(__file__), ".env"), encoding="utf-8") as file:\n        for line in file:\n            name, equals, value = line.rstrip("\\n").partition("=")\n            if equals:\n                os.environ.setdefault(name, value.strip("\\""))\n');
        return folder;
      },
      tell: (folder, url) => writeFileSync(path.join(folder, '.env'), `APP_NAME="shop = it's"\nDATABASE_URL=${url}\n`),
    },
    {
      name: 'in a sub-folder of the workspace',
      rare: true,
      make: async () => {
        const workspace = temporaryFolder('forms');
        mkdirSync(path.join(workspace, 'services'), { recursive: true });
        renameSync(await movingProject(python), path.join(workspace, 'services', 'api'));
        return workspace;
      },
      inside: 'services/api',
    },
    {
      name: '[tool.alembic] in pyproject.toml, without alembic.ini',
      make: async () => {
        const folder = await movingProject(python, 'pyproject', threeRevisions, (env) => env.replace('config = context.config', 'import os\n\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"].replace("%", "%%"))').replace(/^if config\.config_file_name[^\n]*\n +fileConfig[^\n]*\n/m, ''));
        rmSync(path.join(folder, 'alembic.ini'));
        return folder;
      },
      tell: () => undefined,
    },
    {
      name: 'several databases: alembic -n billing',
      make: async () => {
        const folder = await movingProject(python);
        cpSync(path.join(folder, 'migrations'), path.join(folder, 'billing'), { recursive: true });
        rmSync(path.join(folder, 'billing', 'versions'), { recursive: true });
        mkdirSync(path.join(folder, 'billing', 'versions'));
        renameSync(writeRevision(folder, { id: 'eee555', down: null, message: 'invoices', upgrade: 'op.create_table("invoice", sa.Column("id", sa.Integer()))', downgrade: 'op.drop_table("invoice")' }), path.join(folder, 'billing', 'versions', 'eee555_invoices.py'));
        edit(folder, 'alembic.ini', (ini) => `${ini}\n[billing]\nscript_location = %(here)s/billing\nprepend_sys_path = .\nsqlalchemy.url = driver://there\n`);
        return folder;
      },
      options: ['-n', 'billing'],
      tell: (folder, url) => edit(folder, 'alembic.ini', (ini) => ini.replace('driver://there', () => url.replaceAll('%', '%%'))),
      back: 'base',
    },
    {
      name: 'version_table and version_table_schema',
      make: () => movingProject(python, 'generic', threeRevisions, (env) => configure(env, 'version_table="schema_version", version_table_schema="meta"')),
      sql: 'CREATE SCHEMA meta',
    },
    {
      name: 'version_locations in several folders, several heads',
      make: async () => {
        const folder = await movingProject(python);
        for (const sub of ['extra', 'more']) mkdirSync(path.join(folder, sub));
        for (const [sub, id] of [['extra', 'fff666'], ['more', 'abc777']] as const) {
          renameSync(writeRevision(folder, { id, down: sub === 'extra' ? null : 'bbb222', message: sub, labels: [sub], upgrade: `op.create_table("${sub}", sa.Column("id", sa.Integer()))`, downgrade: `op.drop_table("${sub}")` }), path.join(folder, sub, `${id}.py`));
        }
        edit(folder, 'alembic.ini', (ini) => ini.replace(/^script_location = .*$/m, (line) => `${line}\nversion_locations = %(here)s/migrations/versions:%(here)s/extra:%(here)s/more`).replace(/^# version_locations.*$/m, ''));
        return folder;
      },
      head: 'heads',
      back: 'extra@base',
    },
    { name: 'the async template with asyncpg', rare: true, make: () => movingProject(python, 'async'), driver: 'asyncpg' },
    {
      name: '-x arguments',
      make: async () => {
        const folder = await movingProject(python, 'generic', threeRevisions, (env) => env.replace('config = context.config', 'config = context.config\nassert context.get_x_argument() == ["tenant=acme", "flag"]'));
        writeRevision(folder, { id: 'ddd444', down: 'ccc333', message: 'tenant', upgrade: 'from alembic import context\ntenant = context.get_x_argument(as_dictionary=True)["tenant"]\nop.execute(f"CREATE TABLE {tenant}.own (id int)")', downgrade: 'from alembic import context\nop.execute("DROP TABLE " + context.get_x_argument(as_dictionary=True)["tenant"] + ".own")' });
        return folder;
      },
      options: ['-x', 'tenant=acme', '-x', 'flag'],
      sql: 'CREATE SCHEMA acme',
    },
  ];

  for (const [index, { name, make, options = [], driver = 'psycopg', sql, inside = '.', tell = setUrl, head = 'head', back = '-1', rare = false }] of forms.entries()) {
    if (rare && process.env['RUNNER_MATRIX'] !== 'all') continue;
    it(name, async () => {
      const folder = path.join(await make(), inside);
      const copy = path.join(temporaryFolder('forms-copy'), 'project');
      cpSync(folder, copy, { recursive: true });
      const [theirs, ours] = [`form${index}_theirs`, `form${index}_ours`];
      const [there, here] = [(await emptyDatabase(server, theirs))(driver), (await emptyDatabase(server, ours))(driver)];
      for (const database of [theirs, ours]) if (sql !== undefined) await server.query(`${sql}; ALTER SCHEMA ${sql.split(' ').at(-1)} OWNER TO ${database}`, database);
      tell(copy, there);
      // Its own URL leads to their database: ours is the one that is chosen.
      if (tell !== setUrl || name.startsWith('settings')) tell(folder, there);
      const both = async (verb: 'upgrade' | 'downgrade', to: string): Promise<void> => {
        await python.alembic(copy, [...options, verb, to], { databaseUrl: there });
        // -x is a separate option of ours behind the verb
        const { code, err, out } = await runCli([verb, to, ...options, '--yes', '--no-verify', '--database', here, '--python', python.interpreter], { cwd: folder });
        assert.equal(code, 0, err + out);
        assert.deepEqual(await contentOf(ours), await contentOf(theirs));
      };
      await both('upgrade', head);
      assert.ok((await contentOf(ours)).length > 0);
      await both('downgrade', back);
    });
  }

  it('an env.py of several databases at once is refused where it opens another one than was chosen', async () => {
    const folder = path.join(temporaryFolder('forms'), 'project');
    mkdirSync(folder);
    await python.alembic(folder, ['init', '-t', 'multidb', 'migrations']);
    const [there, here] = [(await emptyDatabase(server, 'multi_there'))('psycopg'), (await emptyDatabase(server, 'multi_here'))('psycopg')];
    edit(folder, 'alembic.ini', (ini) => ini.replace(/^sqlalchemy\.url = .*$/gm, () => `sqlalchemy.url = ${there.replaceAll('%', '%%')}`));
    writeFileSync(path.join(folder, 'migrations', 'versions', 'a.py'), 'from alembic import op\nrevision = "a"\ndown_revision = None\n\n\ndef upgrade(engine_name):\n    op.execute("CREATE TABLE t (id int)")\n\n\ndef downgrade(engine_name):\n    pass\n');
    const { code, err } = await runCli(['upgrade', '--yes', '--database', here, '--python', python.interpreter], { cwd: folder });
    assert.deepEqual([code, await contentOf('multi_here'), await contentOf('multi_there')], [1, [], []], err);
    assert.match(err, /env\.py opens .*multi_there, and not the chosen database .*multi_here/);
  });

  it('an env.py whose version table can’t be known without running it is refused where it is another one', async () => {
    const folder = await movingProject(python, 'generic', threeRevisions, (env) => configure(env, 'version_table_schema=context.get_x_argument(as_dictionary=True)["tenant"]'));
    const here = (await emptyDatabase(server, 'tenants'))('psycopg');
    await server.query('CREATE SCHEMA acme AUTHORIZATION tenants', 'tenants');
    const { code, err } = await runCli(['upgrade', '--yes', '-x', 'tenant=acme', '--database', here, '--python', python.interpreter], { cwd: folder });
    assert.deepEqual([code, await contentOf('tenants')], [1, []], err);
    assert.match(err, /env\.py keeps its versions in acme\.alembic_version, .* Nothing was run\..*Nothing was changed: .* stands at no revision/s);
  });

  /** Tables with their columns, indexes, and the rows of version tables. */
  async function contentOf(database: string): Promise<readonly string[]> {
    const { rows } = await server.query(`SELECT n.nspname || '.' || c.relname || coalesce(' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod), '') AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'i') AND n.nspname !~ '^(pg_|information_schema)' ORDER BY 1`, database);
    const lines = rows.map(({ line }: { line: string }) => line);
    const tables = [...new Set(lines.filter((line) => line.includes(' version_num ')).map((line) => line.split(' ')[0]!))].filter((name) => !name.endsWith('_pkc'));
    for (const table of tables) lines.push(...(await server.query(`SELECT version_num FROM ${table} ORDER BY 1`, database)).rows.map(({ version_num: id }: { version_num: string }) => `${table}: ${id}`));
    return lines;
  }
});
