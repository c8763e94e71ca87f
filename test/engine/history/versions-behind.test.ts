import assert from 'node:assert/strict';
import { versionsBehind } from '../../../src/engine/history/supabase';

describe('versions right behind a migration', () => {
  const file = '20240102000000_places.sql';

  it('are seconds later, with room for more before them', () => {
    assert.deepEqual(versionsBehind(file, [], 1, 0), ['20240102000001']);
    assert.deepEqual(versionsBehind(file, [], 2, 3), ['20240102000004', '20240102000005']);
    assert.deepEqual(versionsBehind('20231231235959_a.sql', [], 1, 0), ['20240101000000']);
    assert.deepEqual(versionsBehind('0009_a.sql', ['0001_b.sql'], 2, 0), ['0010', '0011']);
  });

  it('stay before the next file, and give up room before they give up', () => {
    assert.deepEqual(versionsBehind(file, ['20240102000003_next.sql'], 1, 9), ['20240102000002']);
    assert.deepEqual(versionsBehind(file, ['20240102000003_next.sql', '20240101000000_first.sql'], 2, 9), ['20240102000001', '20240102000002']);
    assert.equal(versionsBehind(file, ['20240102000003_next.sql'], 3, 0), null);
    assert.equal(versionsBehind(file, ['20240102000000_twin.sql'], 1, 0), null);
  });

  it('are in order both as names, which the CLI sorts, and as versions, which it compares', () => {
    // `20240102000001_…` sorts behind `202401020000019_…`, and its version before.
    assert.equal(versionsBehind(file, ['202401020000019_x.sql'], 1, 0), null);
    assert.equal(versionsBehind('9999_a.sql', [], 1, 0), null);
    assert.equal(versionsBehind('schema.sql', [], 1, 0), null);
    assert.deepEqual(versionsBehind(file, ['README.md', 'seed.sql'], 1, 0), ['20240102000001']);
  });

  it('hold among any names', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 2000; round++) {
      const others = Array.from({ length: random(6) }, () => `${['20240102', '2024010200', '202401020000', '20240102000000', '20240102000010', '20240102000100'][random(6)] ?? ''}${['', '1', '05', '000001'][random(4)] ?? ''}_x.sql`).filter((name) => name !== file);
      const versions = versionsBehind(file, others, 1 + random(3), random(4));
      if (versions === null) continue;
      const names = [file, ...versions.map((version) => `${version}_new.sql`)];
      const sorted = [...others, ...names].sort();
      const at = sorted.indexOf(file);
      assert.deepEqual(sorted.slice(at, at + names.length), names, others.join());
      const all = sorted.map((name) => name.split('_')[0] ?? '').sort();
      const first = all.lastIndexOf('20240102000000');
      assert.deepEqual(all.slice(first + 1, first + 1 + versions.length), versions, others.join());
    }
  });
});
