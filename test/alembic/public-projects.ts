/** Public projects with Alembic histories for PostgreSQL: taken from the package index when a test runs, nothing of them is kept here. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../harness/cache';
import { runCommand } from '../harness/processes';
import type { PythonEnvironment } from '../harness/python';
import { ToolMissing } from '../harness/tools';

export interface PublicProject {
  readonly name: string;
  /** As pip takes it. */
  readonly requirement: string;
  /** The folder of revisions inside of the package. */
  readonly versions: string;
  /** Files and folders (with a slash at the end) of the package that its revisions import. */
  readonly support?: readonly string[];
  /** How many statements were not understood when this was written: more of them are a step back. */
  readonly ceiling: number;
  /** Scripts that loop over a set. */
  readonly otherOrder?: number;
  /** How many of its revisions cannot run on a server here, without the project's other packages. */
  readonly left?: number;
  /** How many tables of the replay were held against the server when this was written: fewer are a step back. */
  readonly tables: number;
  /** What it is installed with. A `TypeDecorator` that gives `dialect.type_descriptor(CHAR(32))` is CHAR with psycopg2 and VARCHAR with psycopg. */
  readonly driver?: 'psycopg' | 'psycopg2';
  /** The naming convention of its `target_metadata`. */
  readonly convention?: Readonly<Record<string, string>>;
}

/** What its models give their MetaData. */
const phoenixConvention = { ix: 'ix_%(table_name)s_%(column_0_N_name)s', uq: 'uq_%(table_name)s_%(column_0_N_name)s', ck: 'ck_%(table_name)s_`%(constraint_name)s`', fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s', pk: 'pk_%(table_name)s' };

export const publicProjects: readonly PublicProject[] = [
  { name: 'aiida', requirement: 'aiida-core==2.9.4', versions: 'aiida/storage/psql_dos/migrations/versions', support: ['aiida/storage/psql_dos/migrations/utils/'], tables: 10, left: 73, ceiling: 0 },
  { name: 'airflow', requirement: 'apache-airflow-core==3.3.2', versions: 'airflow/migrations/versions', support: ['airflow/migrations/db_types.py', 'airflow/migrations/utils.py', 'airflow/utils/sqlalchemy.py'], tables: 4, left: 113, ceiling: 14 },
  { name: 'ckan', requirement: 'ckan==2.12.0', versions: 'ckan/migration/versions', support: ['ckan/migration/__init__.py'], tables: 26, ceiling: 0 },
  { name: 'dagster', requirement: 'dagster==1.13.29', versions: 'dagster/_core/storage/alembic/versions', support: ['dagster/_core/storage/migration/utils.py'], tables: 1, left: 9, ceiling: 0 },
  { name: 'galaxy', requirement: 'galaxy-data==26.1.2', versions: 'galaxy/model/migrations/alembic/versions_gxy', support: ['galaxy/model/migrations/util.py', 'galaxy/model/custom_types.py', 'galaxy/model/database_object_names.py'], driver: 'psycopg2', tables: 1, left: 69, ceiling: 52 },
  { name: 'glance', requirement: 'glance==33.0.0', versions: 'glance/db/sqlalchemy/alembic_migrations/versions', support: ['glance/db/sqlalchemy/schema.py', 'glance/db/sqlalchemy/alembic_migrations/'], tables: 2, left: 9, ceiling: 0 },
  { name: 'ironic', requirement: 'ironic==39.0.0', versions: 'ironic/db/sqlalchemy/alembic/versions', tables: 18, left: 9, ceiling: 2 },
  { name: 'langflow', requirement: 'langflow-base==1.13.0', versions: 'langflow/alembic/versions', support: ['langflow/utils/'], tables: 47, left: 2, ceiling: 1 },
  { name: 'manila', requirement: 'manila==23.0.1', versions: 'manila/db/migrations/alembic/versions', support: ['manila/db/migrations/utils.py', 'manila/common/constants.py'], tables: 41, left: 19, ceiling: 2 },
  { name: 'mistral', requirement: 'mistral==23.0.0', versions: 'mistral/db/sqlalchemy/migration/alembic_migrations/versions', support: ['mistral/db/sqlalchemy/types.py', 'mistral/db/utils.py', 'mistral/services/maintenance.py'], tables: 17, left: 1, ceiling: 1 },
  { name: 'octavia', requirement: 'octavia==19.0.0', versions: 'octavia/db/migration/alembic_migrations/versions', support: ['octavia/common/constants.py'], tables: 37, left: 10, ceiling: 12 },
  { name: 'phoenix', requirement: 'arize-phoenix==20.26.1', versions: 'phoenix/db/migrations/versions', convention: phoenixConvention, tables: 62, ceiling: 6 },
  { name: 'prefect', requirement: 'prefect==3.9.1', versions: 'prefect/server/database/_migrations/versions/postgresql', support: ['prefect/server/utilities/database.py'], tables: 13, left: 78, ceiling: 0 },
  { name: 'zenml', requirement: 'zenml==0.98.0', versions: 'zenml/zen_stores/migrations/versions', support: ['zenml/enums.py', 'zenml/utils/time_utils.py', 'zenml/constants.py'], tables: 18, left: 157, ceiling: 12, otherOrder: 2 },
];

/** Small packages that their revisions use; whatever else they import is absent. */
const libraries = ['sqlmodel==0.0.50', 'pydantic==2.14.4', 'pydantic-core==2.50.5', 'annotated-types==0.8.0', 'typing-inspection==0.4.5', 'typing-extensions==4.16.0', 'sqlalchemy-utils==0.43.0', 'packaging==26.4', 'lazy-object-proxy==1.13.0', 'uuid6==2025.0.1'];

export interface FetchedProject extends PublicProject {
  /** Where its package's modules start: the revisions and what they import, as in the package. */
  readonly root: string;
}

/** The revisions of all of them, and the folder of the libraries. */
export async function fetchPublicProjects(python: PythonEnvironment): Promise<{ readonly projects: readonly FetchedProject[]; readonly libraries: string }> {
  const key = createHash('sha256').update(JSON.stringify([publicProjects.map(({ requirement, versions, support }) => [requirement, versions, support]), libraries])).digest('hex').slice(0, 12);
  const folder = await cached(`public-projects-${key}`, async (made) => {
    const pip = async (args: readonly string[]): Promise<void> => {
      const { code, stderr } = await runCommand(python.interpreter, ['-m', 'pip', ...args]);
      if (code !== 0) throw new ToolMissing('Public projects', `pip could not get them: ${stderr.trimEnd().split('\n').at(-1)}`);
    };
    const wheels = path.join(made, 'wheels');
    await pip(['install', '--quiet', '--disable-pip-version-check', '--no-deps', '--target', path.join(made, 'libraries'), ...libraries]);
    await pip(['download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '-d', wheels, ...publicProjects.map((project) => project.requirement)]);
    await python.run(['-c', extract, wheels, made], { input: JSON.stringify(publicProjects) });
  });
  return { projects: publicProjects.map((project) => ({ ...project, root: path.join(folder, project.name) })), libraries: path.join(folder, 'libraries') };
}

const extract = `
import glob, json, os, shutil, sys, zipfile
wheels, made = sys.argv[1:]
for project in json.load(sys.stdin):
    name, version = project["requirement"].replace("-", "_").split("==")
    (wheel,) = glob.glob(os.path.join(wheels, f"{name}-{version}-*.whl"))
    wanted = (project["versions"] + "/", *project.get("support", ()))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(os.path.join(made, project["name"]), [file for file in archive.namelist() if file.startswith(wanted)])
shutil.rmtree(wheels)
`;

/** A plain Alembic project around the revisions; `env.py` runs them offline, or on DATABASE_URL. */
export function writePlainProject(folder: string, { root, versions, convention = {}, driver }: FetchedProject): string {
  mkdirSync(path.join(folder, 'alembic'), { recursive: true });
  const location = path.join(root, versions);
  if (!existsSync(location)) throw new Error(`${location} is not there`);
  writeFileSync(path.join(folder, 'alembic.ini'), `[alembic]\nscript_location = %(here)s/alembic\nversion_locations = ${location}\npath_separator = newline\nprepend_sys_path = ${root}\n`);
  writeFileSync(path.join(folder, 'alembic', 'env.py'), environment.replace('CONVENTION', JSON.stringify(convention)).replaceAll('DRIVER', driver ?? 'psycopg'));
  return folder;
}

const environment = `import os

from alembic import context
from sqlalchemy import MetaData, create_engine

target_metadata = MetaData(naming_convention=CONVENTION or None)

if context.is_offline_mode():
    context.configure(url="postgresql+DRIVER://", target_metadata=target_metadata, literal_binds=True, dialect_opts={"paramstyle": "named"})
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+DRIVER:")).connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
`;
