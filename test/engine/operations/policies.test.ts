import assert from 'node:assert/strict';
import { loadModule, parseSync } from 'libpg-query';
import { readSql } from '../../../src/engine/operations/read-sql';
import { resolvedSteps } from '../../../src/engine/operations/resolve-types';
import { plainColumn, plainTable } from '../../../src/engine/schema/plain';
import { emptySchema, type Schema } from '../../../src/engine/schema/schema';
import { createSqlParser } from '../../../src/engine/sql/parser';

describe('policies in SQL', () => {
  before(() => loadModule());
  const read = (sql: string) => readSql(sql, createSqlParser(parseSync)).value.flatMap(({ operations }) => operations);

  it('are kept word for word, with the columns that they read', () => {
    const sql = `create policy "Own rows" on public.recipe\n  for update to authenticated\n  using (auth.uid() = recipe.owner)\n  with check (state <> 'locked' and exists (select 1 from team where team.id = team_id))`;
    const [operation] = read(`${sql};`);
    assert.ok(operation?.kind === 'create_policy');
    // Without a schema, `team_id` may be a column of either table.
    const team = { schema: null, name: 'team' };
    assert.deepEqual([operation.table, operation.policy], ['recipe', { name: 'Own rows', definition: sql, columns: ['owner', 'state', 'team_id'], reads: [{ ...team, column: 'id' }, { ...team, column: 'team_id' }] }]);
  });

  it('go by their table and name', () => {
    assert.deepEqual(read('drop policy if exists "Own rows" on public.recipe; drop policy p on app.job;'), [
      { kind: 'drop_policy', schema: null, table: 'recipe', name: 'Own rows', ifExists: true },
      { kind: 'drop_policy', schema: 'app', table: 'job', name: 'p' },
    ]);
  });

  it('change clause by clause, and the rest stays word for word', () => {
    const start: Schema = { ...emptySchema, tables: [{ ...plainTable, schema: null, name: 'recipe', columns: ['owner', 'state', 'title'].map((name) => ({ ...plainColumn, name, type: { kind: 'builtin', name: 'text', args: [], dimensions: 0 } })) }] };
    const after = (sql: string) => resolvedSteps(start, read(sql)).at(-1)?.after.tables[0]?.policies;
    const made = `create policy p on recipe for update to authenticated using (owner = 'me') with check (state <> 'x');`;
    assert.deepEqual(after(`${made} alter policy p on recipe using (title is not null)`), [{ name: 'p', definition: `create policy p on recipe for update to authenticated using (title is not null) with check (state <> 'x')`, columns: ['title', 'state'] }]);
    assert.deepEqual(after(`${made} alter policy p on recipe to public, "Me"; alter policy p on recipe rename to "Q"`)?.map(({ definition }) => definition), [`create policy "Q" on recipe for update to public, "Me" using (owner = 'me') with check (state <> 'x')`]);
    assert.deepEqual(after(`create policy p on recipe; alter policy p on recipe to a with check (true)`)?.map(({ definition }) => definition), ['create policy p on recipe TO a WITH CHECK (true)']);
  });
});
