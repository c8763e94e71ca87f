import assert from 'node:assert/strict';
import { describeSource, readConnectionSettings } from '../../../src/editor/connection-setting';

describe('the setting alembicReview.connections', () => {
  it('reads URLs, environment variables and alembic.ini', () => {
    const { settings, problems } = readConnectionSettings([
      { name: 'dev', url: 'postgresql://app@localhost/shop' },
      { name: 'ci', environmentVariable: 'DATABASE_URL', environment: 'staging' },
      { name: 'ini', alembicIni: true, environment: 'production' },
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(settings, [
      { name: 'dev', environment: 'development', source: { kind: 'url', url: 'postgresql://app@localhost/shop' } },
      { name: 'ci', environment: 'staging', source: { kind: 'variable', name: 'DATABASE_URL' } },
      { name: 'ini', environment: 'production', source: { kind: 'alembicIni' } },
    ]);
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['no list', {}, /not a list/],
    ['no object', ['dev'], /Entry 1 .* not an object/],
    ['no name', [{ url: 'postgresql://localhost/shop' }], /Entry 1 .* no name/],
    ['no source', [{ name: 'dev' }], /\(dev\) needs exactly one of/],
    ['two sources', [{ name: 'dev', url: 'postgresql://localhost/shop', alembicIni: true }], /\(dev\) needs exactly one of/],
    ['an unknown environment', [{ name: 'dev', alembicIni: true, environment: 'test' }], /unknown environment/],
  ];
  for (const [what, value, expected] of wrong) {
    it(`says what is wrong with ${what}`, () => {
      const { settings, problems } = readConnectionSettings(value);
      assert.deepEqual(settings, []);
      assert.match(problems.join('\n'), expected);
    });
  }

  it('keeps the good entries beside a bad one, and the first of two with one name', () => {
    const { settings, problems } = readConnectionSettings([{ name: 'dev', alembicIni: true }, 7, { name: 'dev', environmentVariable: 'X' }]);
    assert.deepEqual(settings.map(({ source }) => source.kind), ['alembicIni']);
    assert.equal(problems.length, 2);
  });

  it('warns of a password in a URL, without repeating it, and connects all the same', () => {
    const { settings, problems } = readConnectionSettings([{ name: 'dev', url: 'postgresql://app:secret@localhost/shop' }]);
    assert.equal(settings.length, 1);
    assert.match(problems.join(), /The URL of dev .* holds a password\. Remove it/);
    assert.doesNotMatch(problems.join(), /:secret/);
  });

  it('never shows a password', () => {
    for (const url of ['postgresql://app:se%40cret@localhost/shop', 'postgresql://app:s/e:cret@localhost/shop', 'postgresql://app@localhost/shop?password=secret', 'nonsense:secret@x']) {
      assert.doesNotMatch(describeSource({ kind: 'url', url }), /cret/, url);
    }
  });
});
