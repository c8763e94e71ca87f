/** Small projects as `alembic init` makes them, and what Alembic itself writes in a copy of one. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../cli/run-cli';
import type { CliResult } from '../../cli/run-cli';
import type { PostgresServer } from '../../harness/postgres';
import type { PythonEnvironment } from '../../harness/python';
import { temporaryFolder } from '../../harness/temporary';

export const models = `import enum

from sqlalchemy import Enum, ForeignKey, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class State(enum.Enum):
    NEW = "new"
    DONE = "done"


class Customer(Base):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    extra: Mapped[dict] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))


class Task(Base):
    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    state: Mapped[State] = mapped_column(Enum(State, name="task_state"))
`;

/** What the database of such a project has already. */
export const tables = `CREATE TABLE customer (id serial PRIMARY KEY, email varchar(100) NOT NULL, phone text); CREATE TABLE legacy (id integer PRIMARY KEY);`;

/** `alembic init` with one of Alembic's own templates, and the models above as target_metadata. */
export async function newProject(python: PythonEnvironment, template: 'generic' | 'async' | 'pyproject', edit: (env: string) => string = (env) => env): Promise<string> {
  const folder = path.join(temporaryFolder('runner'), 'project');
  mkdirSync(folder);
  if (template === 'pyproject') writeFileSync(path.join(folder, 'pyproject.toml'), '[project]\nname = "app"\nversion = "1"\n');
  await python.alembic(folder, ['init', '-t', template, 'migrations']);
  writeFileSync(path.join(folder, 'models.py'), models);
  const env = path.join(folder, 'migrations', 'env.py');
  const text = readFileSync(env, 'utf8').replace('target_metadata = None', 'from models import Base\n\ntarget_metadata = Base.metadata');
  assert.match(text, /Base\.metadata/);
  writeFileSync(env, edit(text));
  return folder;
}

export interface Compared {
  /** What Alembic wrote in a copy of the project. */
  readonly written: string;
  /** What the product says that it would have written. */
  readonly compared: string;
  readonly err: string;
}

/**
 * Has Alembic write a revision in a copy of the project, and the product say what it would have written in the project
 * itself, where a draft of the same id, message, parent and date stands (and a body that is no Python).
 */
export async function compareWithReality(python: PythonEnvironment, project: string, urls: { readonly alembic: string; readonly product: string }, options: readonly string[] = []): Promise<Compared> {
  const copy = path.join(temporaryFolder('runner-copy'), path.basename(project));
  cpSync(project, copy, { recursive: true });
  setUrl(copy, urls.alembic);
  const { file, text } = await revisionByAlembic(python, copy, urls.alembic);
  const draft = path.join(project, path.relative(copy, file));
  mkdirSync(path.dirname(draft), { recursive: true });
  writeFileSync(draft, `${text.slice(0, text.indexOf('def upgrade'))}def upgrade() -> None:\n    op.not yet written(\n`);
  const { code, out, err } = await runCli(['compare', draft, '--database', urls.product, '--python', python.interpreter, '--json', ...options], { cwd: project });
  assert.equal(code, 0, out + err);
  const { alembic } = JSON.parse(out) as { readonly alembic: readonly string[] };
  assert.equal(alembic.length, 1);
  return { written: text, compared: alembic[0]!, err };
}

/** Runs `alembic revision --autogenerate` and gives the file that is new. The order of Python's sets would else change from run to run. */
export async function revisionByAlembic(python: PythonEnvironment, folder: string, databaseUrl: string): Promise<{ readonly file: string; readonly text: string }> {
  const files = (): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py'));
  const before = new Set(files());
  await python.alembic(folder, ['revision', '--autogenerate', '--rev-id', 'abcdef123456', '-m', 'what changed'], { databaseUrl, env: { PYTHONHASHSEED: '0' } });
  const file = path.join(folder, files().find((name) => !before.has(name))!);
  return { file, text: readFileSync(file, 'utf8') };
}

/** Writes the URL into alembic.ini, as a person would. */
export function setUrl(folder: string, url: string): void {
  const ini = path.join(folder, 'alembic.ini');
  const escaped = url.replaceAll('%', '%%');
  writeFileSync(ini, readFileSync(ini, 'utf8').replace(/^sqlalchemy\.url = .*$/m, () => `sqlalchemy.url = ${escaped}`));
}

/** A person's own database: a user whose password has every character that a URL, an ini file and a shell stumble over. */
export async function databaseOf(server: PostgresServer, name: string): Promise<{ readonly url: (driver?: string) => string; readonly password: string }> {
  const password = `p%40:/ü "#?&=${name}`;
  await server.createDatabase(name);
  await server.query(`DROP ROLE IF EXISTS ${name}; CREATE ROLE ${name} LOGIN PASSWORD '${password}'; ALTER DATABASE ${name} OWNER TO ${name}`);
  await server.query(`SET ROLE ${name}; ${tables}`, name).catch(async () => {
    // before PostgreSQL 15 the schema public was open; now it is the database owner's
    await server.query(`GRANT ALL ON SCHEMA public TO ${name}; SET ROLE ${name}; ${tables}`, name);
  });
  return { password, url: (driver) => `postgresql${driver === undefined ? '' : `+${driver}`}://${name}:${encodeURIComponent(password)}@${server.host}:${server.port}/${name}` };
}

/** Runs `compare` on a draft that is written for it. */
export async function compareIn(project: string, options: readonly string[]): Promise<CliResult> {
  const draft = path.join(project, 'migrations', 'versions', 'abcdef123456_what_changed.py');
  writeFileSync(draft, '"""what changed"""\nrevision = "abcdef123456"\ndown_revision = None\n\n\ndef upgrade():\n    pass\n');
  return runCli(['compare', draft, ...options], { cwd: project });
}

/** Everything in a database that a write would change: what there is, and how many rows came and went. */
export async function contentOf(server: PostgresServer, database: string): Promise<unknown> {
  const { rows } = await server.query(`SELECT n.nspname, c.relname, c.relkind::text, pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid) AS changes
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1, 2`, database);
  return rows.map((row: Record<string, unknown>) => Object.values(row).join(' '));
}

export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$|__pycache__/.test(name)).sort();
}

/** Some variables for this process, whose children get them, while `work` runs; undefined takes one away. */
export async function withEnvironment<T>(variables: Readonly<Record<string, string | undefined>>, work: () => Promise<T>): Promise<T> {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  const set = (values: Readonly<Record<string, string | undefined>>): void => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  set(variables);
  try {
    return await work();
  } finally {
    set(before);
  }
}
