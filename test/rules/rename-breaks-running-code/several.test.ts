import assert from 'node:assert/strict';
import { reviewBy, script, shown } from '../support';

/** That a rename takes effect at once is said once a draft. */
describe('several renames in one draft', () => {
  const before = 'CREATE TABLE place (id integer PRIMARY KEY, city_id integer, name text);';
  const draft = script('op.alter_column("place", "name", new_column_name="title")\nop.alter_column("place", "city_id", new_column_name="town_id")', 'op.alter_column("place", "town_id", new_column_name="city_id")\nop.alter_column("place", "title", new_column_name="name")');

  it('are told by the first of them', async () => {
    const [first, second, ...others] = shown(draft, await reviewBy('rename-breaks-running-code', draft, before));
    assert.deepEqual([first?.severity, second?.severity, others], ['info', 'hint', []]);
    assert.match(first?.message ?? '', / One more rename of this draft is a hint\.$/);
    assert.doesNotMatch(second?.message ?? '', /hint/);
  });

  it('are each told where a setting says how', async () => {
    const found = shown(draft, await reviewBy('rename-breaks-running-code', draft, before, { severities: { 'rename-breaks-running-code': 'warning' } }));
    assert.deepEqual(found.map(({ severity }) => severity), ['warning', 'warning']);
  });
});
