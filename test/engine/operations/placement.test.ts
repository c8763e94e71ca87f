import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { placements, type StatementKind } from '../../../src/engine/operations/sql/placement';
import { readSql } from '../../../src/engine/operations/read-sql';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';
import { sqlCases } from '../../database/sql/statements';
import { projectRoot } from '../../harness/paths';

describe('the statements of PostgreSQL’s grammar', () => {
  const types = readFileSync(path.join(projectRoot, 'node_modules/@pgsql/types/types.d.ts'), 'utf8');
  const union = types.slice(types.indexOf('export type Node ='), types.indexOf('};', types.indexOf('export type Node =')));
  const kinds = [...union.matchAll(/^ {4}(\w+Stmt): /gm)].map((match) => match[1] ?? '');

  it('are all placed', () => {
    assert.ok(kinds.length > 110, String(kinds.length));
    assert.deepEqual(kinds.filter((kind) => !(kind in placements)), []);
    assert.deepEqual(Object.keys(placements).filter((kind) => !kinds.includes(kind)), []);
  });

  it('are run on a server where they are read as operations, or are not known', async () => {
    const parser = await loadSqlParser();
    const tried = new Set(sqlCases.flatMap(({ sql, given = '' }) => parser.parse(`${given};${sql}`).value.flatMap(({ tree }) => Object.keys(tree ?? {}))));
    const missing = kinds.filter((kind) => placements[kind as StatementKind] === 'operations' && !tried.has(kind));
    assert.deepEqual(missing, []);
    for (const { sql } of sqlCases) {
      const reasons = readSql(sql, parser).value.flatMap(({ operations }) => operations.flatMap((operation) => (operation.kind === 'unknown' ? [operation.reason.text] : [])));
      assert.ok(!reasons.includes('What this statement does to tables is not known.'), sql);
      assert.ok(!reasons.some((reason) => reason.startsWith('PostgreSQL would not parse')), sql);
    }
  });
});
