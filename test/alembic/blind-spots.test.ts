/**
 * What Alembic's autogenerate does not see: for each kind of difference the models and a real database, asked by real `alembic check`
 * with env.py as `alembic init` leaves it. What it does not see the rule `autogenerate-blind-spot` says, and nothing else.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { blindSpots } from '../../src/engine/rules/support/blind-spots';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { AlembicError, openAlembicSession, type AlembicSession } from './alembic-session';
import { modelsOf } from './models-of';
import { readDatabase } from './drafts';
import { blindSpotCases } from './blind-spot-cases';

describe('what Alembic’s autogenerate does not see', () => {
  let server: PostgresServer;
  let alembic: AlembicSession;
  const folder = temporaryFolder('blind-spots');
  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres({ major: 18 }));
    alembic = openAlembicSession(python);
  });
  after(async () => {
    alembic?.close();
    await server?.stop();
  });

  for (const [index, one] of blindSpotCases.entries()) {
    it(`${one.isSeen ? 'sees' : 'does not see'} ${one.name}`, async () => {
      const project = path.join(folder, String(index));
      const database = `blind_${index}`;
      const url = await server.createDatabase(database);
      mkdirSync(path.join(project, 'alembic', 'versions'), { recursive: true });
      writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n');
      writeFileSync(path.join(project, 'alembic', 'env.py'), environment(one.configure ?? ''));
      writeFileSync(path.join(project, 'models.py'), one.models);
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(one.before);
      await client.end();

      const answer = await alembic.run(project, url, 'check').then(() => null, (error: unknown) => error);
      if (answer !== null && !(answer instanceof AlembicError && /New upgrade operations detected/.test(answer.words))) throw answer;
      assert.equal(answer !== null, one.isSeen, `alembic check: ${answer === null ? 'nothing to do' : (answer as AlembicError).words}`);

      const current = await readDatabase(url);
      const spots = blindSpots({ current, desired: await modelsOf(path.join(project, 'models.py')), comparesServerDefaults: (one.configure ?? '').includes('compare_server_default') });
      assert.deepEqual(spots.map(({ kind, on }) => `${kind} ${on}`), one.said);
      for (const { at } of spots) assert.ok(one.models.slice(at.range.start, at.range.end).length > 0);
      await server.dropDatabase(database);
    });
  }
});

const environment = (configure: string): string => `import importlib.util
import os

from alembic import context
from sqlalchemy import create_engine

spec = importlib.util.spec_from_file_location("models", os.path.join(os.path.dirname(__file__), "..", "models.py"))
models = importlib.util.module_from_spec(spec)
spec.loader.exec_module(models)
engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=models.Base.metadata${configure})
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;
