import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPassword, storedPassword } from '../../src/database/stored-password';

describe('the password file', () => {
  const wanted = { host: 'db.example.com', port: 5432, database: 'shop', user: 'ada' };
  const cases: readonly [string, string, string | null][] = [
    ['a line that fits', 'db.example.com:5432:shop:ada:secret', 'secret'],
    ['stars', '*:*:*:*:secret', 'secret'],
    ['the first that fits', 'other:5432:shop:ada:a\n*:*:*:ada:b\ndb.example.com:5432:shop:ada:c', 'b'],
    ['colons and backslashes in the password', String.raw`*:*:*:ada:a\:b\\c`, String.raw`a:b\c`],
    ['comments and broken lines', '# *:*:*:*:no\nnonsense\n:::\n*:*:*:ada:yes', 'yes'],
    ['lines of Windows', 'x:*:*:*:no\r\n*:*:*:ada:yes\r\n', 'yes'],
    ['no line that fits', 'db.example.com:5433:shop:ada:no\ndb.example.com:5432:shop:eve:no', null],
    ['nothing', '', null],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.equal(findPassword(text, wanted), expected));

  it('a local socket is localhost', () => {
    assert.equal(findPassword('localhost:5432:shop:ada:secret', { ...wanted, host: '/var/run/postgresql' }), 'secret');
    assert.equal(findPassword(String.raw`\:\:1:5432:shop:ada:secret`, { ...wanted, host: '::1' }), 'secret');
  });

  it('is not used when others may read it', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = mkdtempSync(path.join(tmpdir(), 'alembic-review-pgpass-'));
    const { PGPASSFILE: before, PGPASSWORD: password } = process.env;
    try {
      delete process.env['PGPASSWORD'];
      const file = (process.env['PGPASSFILE'] = path.join(folder, 'pgpass'));
      writeFileSync(file, '*:*:*:*:secret');
      chmodSync(file, 0o644);
      assert.equal(await storedPassword(wanted), null);
      chmodSync(file, 0o600);
      assert.equal(await storedPassword(wanted), 'secret');
    } finally {
      if (before === undefined) delete process.env['PGPASSFILE'];
      else process.env['PGPASSFILE'] = before;
      if (password !== undefined) process.env['PGPASSWORD'] = password;
      rmSync(folder, { recursive: true });
    }
  });
});
