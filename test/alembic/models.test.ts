/** What is read of models without running them, held against SQLAlchemy's own MetaData compiled for PostgreSQL. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Schema } from '../../src/engine/schema/schema';
import { formatMessage } from '../../src/engine/text/problem';
import { disk } from '../../src/workspace/disk';
import type { LoadedModels } from '../../src/workspace/load-models';
import { loadModels } from '../../src/workspace/load-models';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { differences } from './differences';
import { canRun, metadataOf } from './metadata';
import { modelGroups, styleGroups } from './model-groups';
import type { ModelGroup } from './model-groups';
import { unnamedLast } from './schema-parts';

describe('models against SQLAlchemy', () => {
  let python: PythonEnvironment;
  before(async function () {
    python = await need(this, pythonEnvironment());
  });

  for (const group of [...modelGroups, ...styleGroups]) {
    it(`${group.name} is read as SQLAlchemy compiles it`, async function () {
      if (!(await canRun(python, group))) return this.skip();
      const expected = await metadataOf(python, group);
      const models = await read(group);
      assert.deepEqual(problemsOf(models), []);
      const found = differences(unnamedLast(expected), unnamedLast(withoutPlaces(models.value))).filter((line) => !isSpelling(line));
      assert.deepEqual(found, [], found.join('\n'));
    });
  }

  it('each table is known by the file that declares it', async () => {
    const group = modelGroups.find(({ name }) => name === 'scraper')!;
    const models = await read(group);
    const files = [...models.tablesByPath].flatMap(([file, tables]) => tables.map((table) => `${table.name} ${path.posix.relative(group.folder, file)}`));
    assert.deepEqual(files.sort(), ['batch_job', 'contact', 'domain', 'job', 'local_business', 'place', 'sitemap'].map((table) => `${table} app/models/${table}.py`));
  });

  it('the columns of a table stand in SQLAlchemy’s order', async () => {
    for (const group of modelGroups) {
      const expected = await metadataOf(python, group);
      const models = await read(group);
      for (const table of expected.tables) {
        const found = models.value.tables.find((other) => other.name === table.name && other.schema === table.schema);
        assert.deepEqual(found?.columns.map((column) => column.name), table.columns.map((column) => column.name), `${group.name}: ${table.name}`);
      }
    }
  });
});

/** A type's name in CAST, which SQLAlchemy writes in capitals and we as format_type does. */
function isSpelling(line: string): boolean {
  const [, expected, found] = /\.sql: expected (.*), found (.*)$/.exec(line) ?? [];
  return expected !== undefined && expected.startsWith('"CAST(') && expected.toLowerCase() === found?.toLowerCase();
}

function read(group: ModelGroup): Promise<LoadedModels> {
  return loadModels(disk, { entries: group.entries, roots: [group.folder] });
}

function problemsOf(models: LoadedModels): readonly string[] {
  return models.problems.map((problem) => `${problem.code}: ${formatMessage(problem.message)}${problem.at === undefined ? '' : ` (${path.basename(problem.at.path)} ${problem.at.range.start})`}`);
}

/** Without the places in the source, which SQLAlchemy does not know. */
function withoutPlaces(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key === 'at' ? undefined : value))) as Schema;
}
