import assert from 'node:assert/strict';
import { describeSource, readConnectionSettings } from '../../../src/editor/connection-setting';

describe('the setting alembicReview.connections', () => {
  it('reads every source, and commands that print passwords', () => {
    const { settings, problems } = readConnectionSettings([
      { name: 'dev', url: 'postgresql://app@localhost/shop' },
      { name: 'ci', environmentVariable: 'DATABASE_URL', environment: 'staging' },
      { name: 'ini', alembicIni: true, environment: 'production' },
      { name: 'file', envFile: 'backend/.env' },
      { name: 'other', envFile: '.env', environmentVariable: 'SHOP_URL' },
      { name: 'local', supabase: 'local' },
      { name: 'linked', supabase: 'linked', environment: 'production', passwordCommand: ['op', 'read', 'op://a/b c'] },
      { name: 'aws', url: 'postgresql://app@db/shop', passwordCommand: "aws rds generate-db-auth-token --hostname 'db x'" },
    ]);
    assert.deepEqual(problems, []);
    const plain = { environment: 'development', passwordCommand: null };
    assert.deepEqual(settings, [
      { ...plain, name: 'dev', source: { kind: 'url', url: 'postgresql://app@localhost/shop' } },
      { ...plain, name: 'ci', environment: 'staging', source: { kind: 'variable', name: 'DATABASE_URL' } },
      { ...plain, name: 'ini', environment: 'production', source: { kind: 'alembicIni' } },
      { ...plain, name: 'file', source: { kind: 'envFile', file: 'backend/.env', variable: 'DATABASE_URL' } },
      { ...plain, name: 'other', source: { kind: 'envFile', file: '.env', variable: 'SHOP_URL' } },
      { ...plain, name: 'local', source: { kind: 'supabase', which: 'local', folder: null } },
      { name: 'linked', environment: 'production', source: { kind: 'supabase', which: 'linked', folder: null }, passwordCommand: ['op', 'read', 'op://a/b c'] },
      { ...plain, name: 'aws', source: { kind: 'url', url: 'postgresql://app@db/shop' }, passwordCommand: ['aws', 'rds', 'generate-db-auth-token', '--hostname', 'db x'] },
    ]);
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['no list', {}, /not a list/],
    ['no object', ['dev'], /Entry 1 .* not an object/],
    ['no name', [{ url: 'postgresql://localhost/shop' }], /Entry 1 .* no name/],
    ['no source', [{ name: 'dev' }], /\(dev\) needs exactly one of/],
    ['two sources', [{ name: 'dev', url: 'postgresql://localhost/shop', alembicIni: true }], /\(dev\) needs exactly one of/],
    ['a file and a URL', [{ name: 'dev', url: 'postgresql://localhost/shop', envFile: '.env' }], /\(dev\) needs exactly one of/],
    ['an unknown Supabase', [{ name: 'dev', supabase: 'remote' }], /supabase \(local or linked\)/],
    ['a command for a shell', [{ name: 'dev', alembicIni: true, passwordCommand: 'cat secret | head -1' }], /run without a shell.*"sh", "-c"/],
    ['an empty command', [{ name: 'dev', alembicIni: true, passwordCommand: [] }], /run without a shell/],
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
