/** What golden folders hold of their databases besides: verified against the models, and described. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Database } from '../../src/database/connect';
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
import { psql } from '../harness/postgres';
import type { GoldenCase } from './golden-case';
import { modelsOf } from './models-of';

/** A verification finds something exactly where a migration would do something, but for what only the database has. */
export async function assertVerified(database: Schema, project: string, { answers }: GoldenCase): Promise<void> {
  for (const models of [path.join(project, 'alembic', 'models_before.py'), path.join(project, 'models.py')]) {
    assertAsMigration(database, await modelsOf(models), answers.notCompared ?? []);
  }
  // A database is what it is.
  assert.deepEqual(wrongIn(verify({ database, version: null, models: null, history: database })), []);
}

/** Tables, views and types are described word for word as psql does. */
export async function assertDescribed(connection: Database, url: string): Promise<void> {
  await assertLikePsql(connection, url);
  assert.equal(renderTypes((await readTypes(connection)).visible), await psql(url, ['\\dT+']));
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
