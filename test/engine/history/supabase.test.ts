import assert from 'node:assert/strict';
import { newSupabaseVersion, supabaseMigrations, supabaseStanding, type UtcMoment } from '../../../src/engine/history/supabase';

/** The files of a folder and where a database stands among them, as Supabase's CLI has it (`pkg/migration/list.go`, `apply.go`). */
describe('Supabase migrations', () => {
  const read = (...names: readonly string[]) => supabaseMigrations(names.map((name) => `/p/supabase/migrations/${name}`));

  it('are the files that the CLI takes, in the order of their names', () => {
    const { value, problems } = read('20240402141700_b.sql', '20240311093000_a thing.sql', 'notes.md', '.keep', '20240311_short.sql', '3_.sql');
    assert.deepEqual(value.map(({ version, name }) => [version, name]), [['20240311093000', 'a thing'], ['20240311', 'short'], ['20240402141700', 'b'], ['3', '']]);
    assert.deepEqual(problems, []);
  });

  it('leave out what has another name, and say so', () => {
    const { value, problems } = read('20240402141700-b.sql', 'v1_a.sql', '20240402141700.sql', '20240402141701_c.SQL', '20240402141702_d.sql');
    assert.deepEqual(value.map(({ name }) => name), ['d']);
    assert.deepEqual(problems.map(({ code, severity, at }) => [code, severity, at?.path.slice('/p/supabase/migrations/'.length)]), [
      ['migration-passed-over', 'warning', '20240402141700-b.sql'],
      ['migration-passed-over', 'warning', '20240402141700.sql'],
      ['migration-passed-over', 'warning', 'v1_a.sql'],
    ]);
  });

  it('leave out an old init alone where it is the first file', () => {
    assert.deepEqual(read('20211208000000_init.sql', '20220101000000_a.sql').value.map(({ name }) => name), ['a']);
    assert.equal(read('20211208000000_init.sql').problems[0]?.code, 'migration-passed-over');
    assert.deepEqual(read('20211209000000_init.sql').value.map(({ name }) => name), ['init']);
    assert.deepEqual(read('20200101000000_a.sql', '20211208000000_init.sql').value.map(({ name }) => name), ['a', 'init']);
  });

  it('have no version twice', () => {
    const { problems } = read('20240402141700_a.sql', '20240402141700_b.sql');
    assert.deepEqual(problems.map(({ code, severity }) => [code, severity]), [['duplicate-version', 'error']]);
  });

  it('are pending, applied, unknown or out of order by their versions alone', () => {
    const { value } = read('1_a.sql', '2_b.sql', '3_c.sql', '4_d.sql');
    const names = (versions: readonly string[]) => {
      const { pending, applied, unknown, outOfOrder } = supabaseStanding(value, versions);
      return [pending, applied, outOfOrder].map((files) => files.map(({ name }) => name).join('')).concat(unknown.join());
    };
    assert.deepEqual(names([]), ['abcd', '', '', '']);
    assert.deepEqual(names(['1', '2']), ['cd', 'ab', '', '']);
    assert.deepEqual(names(['1', '3']), ['bd', 'ac', 'b', '']);
    assert.deepEqual(names(['1', '2', '3', '4', '5']), ['', 'abcd', '', '5']);
  });

  it('get a version that is the moment in UTC, or later than every other one', () => {
    const now: UtcMoment = { year: 2026, month: 3, day: 9, hour: 7, minute: 5, second: 1 };
    assert.equal(newSupabaseVersion(now, []), '20260309070501');
    assert.equal(newSupabaseVersion(now, ['20240101000000', '20260309070500']), '20260309070501');
    assert.equal(newSupabaseVersion(now, ['20260309070501']), '20260309070502');
    assert.equal(newSupabaseVersion(now, ['20991231235959', '20240101000000']), '21000101000000');
    // Not a timestamp: the CLI's order is that of the text.
    for (const last of ['9', '20269999999999', '20260309070501000', '99999999999999']) {
      const version = newSupabaseVersion(now, ['20240101000000', last]);
      assert.match(version, /^\d+$/);
      assert.ok(version > last && version > '20240101000000', `${version} behind ${last}`);
    }
  });
});
