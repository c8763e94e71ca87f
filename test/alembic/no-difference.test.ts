/** Where the tables are as SQLAlchemy makes them of the models, there is nothing to migrate, however PostgreSQL spells it back. */
import assert from 'node:assert/strict';
import { autogenerate } from '../../src/engine/autogenerate';
import { noAnswers } from '../../src/engine/questions';
import { renderBody } from '../../src/engine/render/body';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { readDatabase } from './drafts';
import { canRun, createAll, metadataOf } from './metadata';
import { modelGroups, styleGroups } from './model-groups';

describe('tables as SQLAlchemy makes them', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  for (const [index, group] of [...modelGroups, ...styleGroups].entries()) {
    it(`differ in nothing from the models of ${group.name}`, async function () {
      if (!(await canRun(python, group))) return this.skip();
      const current = await readDatabase(await createAll(python, server, group, `made_${index}`));
      const models = await metadataOf(python, group);
      const result = autogenerate({ current, models, scope: null, answers: noAnswers, facts: null });
      assert.deepEqual(renderBody(result.upgrade).lines, []);
      assert.deepEqual(result.questions, []);
      assert.deepEqual(result.notCompared, []);
    });
  }
});
