import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSchema } from '../../src/database/read-schema';
import { readTypes } from '../../src/database/describe/types';
import { diffSchemas } from '../../src/engine/diff/diff';
import { withinScope } from '../../src/engine/diff/scope';
import { noAnswers } from '../../src/engine/questions';
import { describeOperation } from '../../src/engine/render/describe-operation';
import { renderTypes } from '../../src/engine/render/psql-types';
import type { Schema } from '../../src/engine/schema/schema';
import type { Verification } from '../../src/engine/verify/verification';
import { verify } from '../../src/engine/verify/verify';
import { assertLikePsql } from '../database/describe/like-psql';
import { psql, startPostgres } from '../harness/postgres';
import type { PostgresMajor, PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { openAlembicSession } from './alembic-session';
import type { AlembicSession } from './alembic-session';
import { goldenCasesOn } from './golden-case';
import { createGoldenDatabase, makeBefore, modelsOf, withConnections } from './golden-folders';

/**
 * The databases of the golden folders: what is verified there against the models, and what is described. A verification
 * finds something exactly where a migration would do something, but for what only the database has.
 */
for (const major of [14, 18] as const satisfies readonly PostgresMajor[]) {
  describe(`databases of the golden folders on PostgreSQL ${major}, verified and described`, () => {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'alembic-review-verify-')));
    let server: PostgresServer;
    let python: PythonEnvironment;
    let alembic: AlembicSession;

    before(async function () {
      python = await need(this, pythonEnvironment());
      server = await need(this, startPostgres({ major }));
      await need(this, psql(server.url(), ['\\d']));
      alembic = openAlembicSession(python);
    });
    after(async () => {
      alembic?.close();
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    for (const golden of goldenCasesOn(major)) {
      it(golden.name, async function () {
        if (major < (golden.answers.since ?? 14)) return this.skip();
        const database = golden.name.replaceAll('-', '_');
        const project = path.join(folder, golden.name);
        const url = await createGoldenDatabase(server, golden, database);
        await withConnections(server, database, async (ours, theirs) => {
          await makeBefore(golden, project, theirs, (...args) => alembic.run(project, url, ...args));
          const { schema } = await readSchema(ours);
          const [old, wanted] = [await modelsOf(path.join(project, 'alembic', 'models_before.py')), await modelsOf(path.join(project, 'models.py'))];
          assertAsMigration(schema, old, golden.answers.notCompared ?? []);
          assertAsMigration(schema, wanted, golden.answers.notCompared ?? []);
          // A database is what it is.
          assert.deepEqual(wrongIn(verify({ database: schema, version: null, models: null, history: schema })), []);
          await assertLikePsql(ours, url);
          assert.equal(renderTypes((await readTypes(ours)).visible), await psql(url, ['\\dT+']));
        });
        await server.dropDatabase(database);
      });
    }
  });
}

/** What a verification finds is what the same comparison would migrate: no more, and no less. */
function assertAsMigration(database: Schema, models: Schema, notCompared: readonly string[]): void {
  const verification = verify({ database, version: null, models, history: null });
  const { desired } = withinScope(database, models, null, noAnswers, null);
  const operations = diffSchemas(database, desired).operations.map((operation) => describeOperation(operation) ?? operation.kind);
  // What only the database has is told, and not dropped without having been asked.
  const found = wrongIn(verification).filter((one) => !/^(table|sequence|enum type) \S+ extra$/.test(one));
  const unknown = verification.sides.flatMap(({ objects }) => objects).filter(({ status }) => status === 'unknown').length;
  assert.equal(found.length > 0, operations.length > 0, `found ${JSON.stringify(found)} where a migration would do ${JSON.stringify(operations)}`);
  assert.ok(unknown === 0 || notCompared.length > 0, `${unknown} objects were not compared`);
  // No part is left out: each column, constraint and index of either side stands in one line at least.
  for (const table of models.tables) {
    const object = verification.sides[0]?.objects.find(({ kind, name }) => kind === 'table' && name === (table.schema === null ? table.name : `${table.schema}.${table.name}`));
    assert.ok(object !== undefined, table.name);
    if (object.parts.length > 0) assert.deepEqual(table.columns.map(({ name }) => name).filter((name) => !object.parts.some((part) => part.name === name)), []);
  }
}

function wrongIn({ sides }: Verification): readonly string[] {
  return sides.flatMap(({ objects }) =>
    objects.flatMap(({ kind, name, status, parts, reason }) => {
      const inside = parts.filter((part) => part.status === 'different' || part.status === 'missing' || part.status === 'extra').map((part) => `${name} ${part.kind} ${part.name} ${part.status}: ${part.expected} / ${part.actual}`);
      if (inside.length > 0) return inside;
      return status === 'different' || status === 'missing' || status === 'extra' ? [`${kind} ${name} ${status}${reason === null ? '' : ` ${JSON.stringify(reason)}`}`] : [];
    }),
  );
}
