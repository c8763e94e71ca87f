import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { emptySchema } from '../../src/engine/schema/schema';
import { pythonEnvironment } from '../harness/python';
import { seed } from '../harness/seed';
import { need } from '../harness/tools';
import { openAlembicSession } from './alembic-session';
import type { AlembicSession } from './alembic-session';
import { operationOf } from './operations';
import { compareWithAlembic } from './statements';
import type { ComparedStatements } from './statements';

/**
 * What an operation is for the server, held against what real Alembic prints for our draft of it (`alembic upgrade --sql`),
 * tree by tree as PostgreSQL's own parser reads both. CASES=n and SEED=n set the size and repeat a run.
 */
describe('the SQL of an operation is what Alembic emits for it', () => {
  const cases = Number(process.env.CASES ?? 40);
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'operation-sql-')));
  let alembic: AlembicSession;

  before(async function () {
    alembic = openAlembicSession(await need(this, pythonEnvironment()));
  });
  after(() => {
    alembic?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const counts = { equal: 0, different: 0 };
  for (const [kind, arbitrary] of Object.entries(operationOf)) {
    it(`${kind} (${cases}, seed ${seed})`, async () => {
      const operations = fc.sample(arbitrary, { numRuns: cases, seed });
      const compared = await compareWithAlembic(alembic, path.join(folder, kind), operations, emptySchema);
      const different = compared.filter(({ equal }) => !equal);
      counts.equal += compared.length - different.length;
      counts.different += different.length;
      assert.deepEqual(different.slice(0, 3).map(shown), [], `${different.length} of ${compared.length} differ`);
    });
  }

  after(() => console.log(`    operations: ${counts.equal} equal, ${counts.different} different`));
});

function shown({ ours, alembics }: ComparedStatements): unknown {
  return { ours, alembics };
}
