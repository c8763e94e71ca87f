import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { applyOperations } from '../../src/engine/operations/apply';
import { readSql } from '../../src/engine/operations/read-sql';
import { resolvedSteps } from '../../src/engine/operations/resolve-types';
import { recreateTable } from '../../src/engine/operations/reverse';
import type { Operation } from '../../src/engine/operations/operation';
import { emptySchema, type Schema } from '../../src/engine/schema/schema';
import { loadModels } from '../../src/workspace/load-models';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { goldenCases, type GoldenCase } from '../alembic/golden-case';
import { projectRoot } from '../harness/paths';
import { memoryWorkspace } from '../workspace/memory';
import { isSaidBesides, reviewDraft, shown } from './support';

/**
 * The best check against false alarms: what the product itself writes, which a real server has taken up, down and up again. What is
 * said of each golden draft is in golden.txt (`UPDATE_GOLDEN=1` writes it): no errors, and such warnings only as a person would want.
 */
describe('review of golden drafts', () => {
  const said = new Map<string, string>();

  for (const golden of goldenCases()) {
    it(golden.name, async () => {
      const [before, desired] = [await startOf(golden), await modelsOf(golden, 'models.py')];
      // The golden text is the functions alone.
      const text = `from alembic import op\nimport sqlalchemy as sa\nimport geoalchemy2\nimport pgvector.sqlalchemy\nfrom sqlalchemy.dialects import postgresql\n\n${readFileSync(path.join(golden.folder, 'draft.py'), 'utf8')}`;
      const findings = shown(text, await reviewDraft(text, before, { desired })).filter((one) => !isSaidBesides(one));
      said.set(golden.name, findings.map(({ rule, severity, message }) => `  ${severity} [${rule}] ${message}\n`).join(''));
      assert.deepEqual(findings.filter(({ severity }) => severity === 'error').map(({ rule, message }) => `[${rule}] ${message}`), []);
    });
  }

  after(() => {
    const file = path.join(projectRoot, 'test', 'rules', 'golden.txt');
    const whole = [...said].flatMap(([name, findings]) => (findings === '' ? [] : [`${name}\n${findings}`])).join('');
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, whole);
    if (said.size === goldenCases().length) assert.equal(whole, readFileSync(file, 'utf8'));
  });
});

/** The old models' schema, with what the folder's SQL adds as far as it is read: views, policies, triggers. */
async function startOf(golden: GoldenCase): Promise<Schema> {
  const models = await modelsOf(golden, 'models_before.py');
  const made = applyOperations({ ...emptySchema, enums: models.enums, sequences: models.sequences, views: models.views }, models.tables.flatMap(recreateTable));
  const parser = await loadSqlParser();
  const operations = [golden.rows ?? ''].flatMap((sql) => readSql(sql, parser).value.flatMap((statement) => statement.operations)).filter(({ kind }) => kind !== 'unknown') as readonly Operation[];
  return resolvedSteps(made, operations).at(-1)?.after ?? made;
}

async function modelsOf({ folder }: GoldenCase, file: string): Promise<Schema> {
  const { value } = await loadModels(memoryWorkspace({ '/project/models.py': readFileSync(path.join(folder, file), 'utf8') }), { entries: ['/project/models.py'], roots: ['/project'] });
  return value;
}
