/** The schema that replaying the files gives, held against what the same files leave on a server when Alembic runs them. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { diffSchemas } from '../../src/engine/diff/diff';
import { emptySchema, type Schema } from '../../src/engine/schema/schema';
import { renderBody } from '../../src/engine/render/body';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory } from '../../src/workspace/load-history';
import { loadReplay } from '../../src/workspace/load-replay';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment, type PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { readDatabase } from './drafts';
import { namingConvention } from './naming-convention';
import { projectFolder } from './sample';

/** What the scraper's models give their MetaData. */
const scraperConvention = namingConvention({ ix: 'ix_%(column_0_label)s', uq: 'uq_%(table_name)s_%(column_0_name)s', ck: 'ck_%(table_name)s_%(constraint_name)s', fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s', pk: 'pk_%(table_name)s' });

describe('replaying a history', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  for (const [name, named] of [['scraper', scraperConvention], ['healthy', null], ['branched', null]] as const) {
    it(`gives what Alembic leaves for ${name}`, async () => {
      const folder = projectFolder(name);
      const project = await findProject(disk, folder);
      assert.ok('root' in project);
      const { value: graph } = await loadHistory(disk, project);
      const replayed = await loadReplay({ workspace: disk, graph, heads: graph.heads, convention: named });
      assert.deepEqual(replayed.unknown, []);

      const url = await server.createDatabase(path.basename(folder));
      await python.alembic(folder, ['upgrade', 'heads'], { databaseUrl: url });
      const real = await readDatabase(url);
      assertSame(replayed, { ...real, tables: real.tables.filter((table) => table.name !== 'alembic_version') });
    });
  }

  it('goes on from where a database stands', async () => {
    const project = await findProject(disk, projectFolder('healthy'));
    assert.ok('root' in project);
    const { value: graph } = await loadHistory(disk, project);
    const whole = await loadReplay({ workspace: disk, graph, heads: graph.heads });
    const [base] = graph.bases;
    assert.ok(base !== undefined);
    const first = await loadReplay({ workspace: disk, graph, heads: [base] });
    assert.notDeepEqual(first.tables.map((table) => table.name), whole.tables.map((table) => table.name));
    assert.deepEqual(await loadReplay({ workspace: disk, graph, heads: graph.heads, start: first, applied: [base] }), whole);
    assert.deepEqual(await loadReplay({ workspace: disk, graph, heads: [] }), emptySchema);
  });
});

/** Nothing to do from one to the other, in either direction, and nothing that could not be compared. */
function assertSame(replayed: Schema, real: Schema): void {
  for (const [a, b] of [[replayed, real], [real, replayed]] as const) {
    const diff = diffSchemas(a, b);
    assert.deepEqual(renderBody(diff.operations).lines, []);
    assert.deepEqual(diff.notCompared, []);
  }
  assert.deepEqual(replayed.tables.map((table) => table.name).sort(), real.tables.map((table) => table.name).sort());
  assert.deepEqual(replayed.enums.map((type) => type.name).sort(), real.enums.map((type) => type.name).sort());
}
