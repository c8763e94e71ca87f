import assert from 'node:assert/strict';
import { plainEnv, readEnv } from '../../../src/engine/project/env';
import type { EnvFile } from '../../../src/engine/project/project';
import { disk } from '../../../src/workspace/disk';
import { projectRoot } from '../../harness/paths';

const path = '/app/alembic/env.py';

describe('env.py', () => {
  it('says nothing: Alembic’s defaults', () => {
    const text = 'from alembic import context\n\ndef run_migrations_online():\n    context.configure(connection=None)\n\nrun_migrations_online()\n';
    assert.deepEqual(readEnv(path, text), { value: plainEnv(path), problems: [] });
  });

  it('counts the call with a connection where it configures twice', () => {
    const { value, problems } = readEnv(path, `
from alembic import context
from app.db.base import Base

target_metadata = Base.metadata
SCHEMA = "audit"

def run_migrations_offline():
    context.configure(url="x", target_metadata=target_metadata, version_table="offline", compare_type=False)

def run_migrations_online():
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=target_metadata, version_table="applied", version_table_schema=SCHEMA,
            include_schemas=True, compare_type=my_compare, compare_server_default=True, transaction_per_migration=True,
            include_name=lambda name, type_, parent: True,
        )

def my_compare(*args):
    return None
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(value, expected({
      versionTable: 'applied', versionTableSchema: 'audit', includeSchemas: true, compareServerDefault: true, transactionPerMigration: true,
      filtersObjects: true, targetMetadata: ['app.db.base'],
    }));
  });

  it('finds the call of the async template, behind run_sync', () => {
    const { value } = readEnv(path, `
import asyncio
from alembic import context
from app import models

def do_run_migrations(connection):
    context.configure(connection=connection, target_metadata=models.Base.metadata, include_object=keep)
    with context.begin_transaction():
        context.run_migrations()

async def run_async_migrations():
    async with connectable.connect() as connection:
        await connection.run_sync(do_run_migrations)

def run_migrations_online():
    asyncio.run(run_async_migrations())
`);
    assert.deepEqual(value, expected({ filtersObjects: true, targetMetadata: ['app.models'] }));
  });

  it('names the options of alembic.ini that it sets', () => {
    assert.deepEqual(readEnv(path, 'from alembic import context\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", url)\nconfig.set_section_option(section, "x", "y")\n').value.setsOptions, null);
    assert.deepEqual(readEnv(path, 'from alembic import context\ncontext.config.set_main_option("sqlalchemy.url", url)\n').value.setsOptions, ['sqlalchemy.url']);
    assert.equal(readEnv(path, 'from alembic import context\n').value.setsOptions, undefined);
  });

  it('knows metadata objects, several of them, and SQLModel’s', () => {
    const modules = (imports: string, target: string): readonly string[] => readEnv(path, `from alembic import context\n${imports}\ncontext.configure(connection=1, target_metadata=${target})\n`).value.targetMetadata;
    assert.deepEqual(modules('from shop.models import metadata', 'metadata'), ['shop.models']);
    assert.deepEqual(modules('from a.one import Base as A\nfrom a.two import Base as B', '[A.metadata, B.metadata]'), ['a.one', 'a.two']);
    assert.deepEqual(modules('from sqlmodel import SQLModel', 'SQLModel.metadata'), ['sqlmodel']);
    assert.deepEqual(modules('import app.db.base as base', 'base.Base.metadata'), ['app.db.base']);
    assert.deepEqual(modules('try:\n    from app.models import Base\nexcept ImportError:\n    pass', 'Base.metadata'), ['app.models']);
    assert.deepEqual(modules('', 'None'), []);
  });

  it('says what can’t be known without running it', () => {
    const { value, problems } = readEnv(path, 'import os\nfrom alembic import context\ncontext.configure(connection=1, version_table=os.environ["T"], compare_server_default=os.environ.get("C") == "1", **options())\n');
    assert.equal(value.versionTable, 'alembic_version');
    assert.deepEqual(problems.map((problem) => problem.code), ['env-option', 'env-option', 'env-option']);
    assert.deepEqual(new Set(problems.map((problem) => problem.at?.path)), new Set([path]));
  });

  it('reads the sample projects’', async () => {
    const env = async (file: string): Promise<EnvFile> => readEnv(file, (await disk.read(`${projectRoot}/test/projects/${file}`)) ?? '').value;
    assert.deepEqual(await env('scraper/alembic/env.py'), { ...plainEnv('scraper/alembic/env.py'), compareServerDefault: true, setsOptions: ['sqlalchemy.url'], targetMetadata: ['app.models'] });
    assert.deepEqual(await env('two-databases/orders/env.py'), { ...plainEnv('two-databases/orders/env.py'), versionTable: 'orders_version', targetMetadata: ['models.orders'] });
    assert.deepEqual(await env('pyproject-only/db/migrations/env.py'), { ...plainEnv('pyproject-only/db/migrations/env.py'), targetMetadata: ['shop.models'] });
  });

  it('survives a file that is none', () => {
    assert.equal(readEnv(path, 'def (:\n').value.versionTable, 'alembic_version');
    assert.deepEqual(readEnv(path, ''), { value: plainEnv(path), problems: [] });
  });
});

function expected(differences: Partial<EnvFile>): EnvFile {
  return { ...plainEnv(path), ...differences };
}
