import assert from 'node:assert/strict';
import { loadModule, parseSync } from 'libpg-query';
import { readSql } from '../../../src/engine/operations/read-sql';
import { createSqlParser } from '../../../src/engine/sql/parser';

describe('policies in SQL', () => {
  before(() => loadModule());
  const read = (sql: string) => readSql(sql, createSqlParser(parseSync)).value.flatMap(({ operations }) => operations);

  it('are kept word for word, with the columns that they read', () => {
    const sql = `create policy "Own rows" on public.recipe\n  for update to authenticated\n  using (auth.uid() = recipe.owner)\n  with check (state <> 'locked' and exists (select 1 from team where team.id = team_id))`;
    assert.deepEqual(read(`${sql};`), [{ kind: 'create_policy', schema: null, table: 'recipe', policy: { name: 'Own rows', definition: sql, columns: ['id', 'owner', 'state', 'team_id'] } }]);
  });

  it('go by their table and name', () => {
    assert.deepEqual(read('drop policy if exists "Own rows" on public.recipe; drop policy p on app.job;'), [
      { kind: 'drop_policy', schema: null, table: 'recipe', name: 'Own rows' },
      { kind: 'drop_policy', schema: 'app', table: 'job', name: 'p' },
    ]);
  });

  it('make their table doubtful when they are changed, since the whole statement is not known then', () => {
    for (const sql of ['alter policy p on recipe using (true)', 'alter policy p on recipe rename to q']) {
      const [operation] = read(sql);
      assert.equal(operation?.kind, 'unknown', sql);
      assert.deepEqual(operation?.kind === 'unknown' && operation.tables, [{ schema: null, name: 'recipe' }]);
    }
  });
});
