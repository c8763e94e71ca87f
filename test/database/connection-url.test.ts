import assert from 'node:assert/strict';
import { assert as check, property, string, stringMatching, tuple, constantFrom, option, integer } from 'fast-check';
import { displayTarget, plainTarget } from '../../src/database/connection-target';
import type { ConnectionTarget } from '../../src/database/connection-target';
import { parseConnectionUrl, toSqlAlchemyUrl } from '../../src/database/connection-url';
import { formatMessage } from '../../src/engine/text/problem';

describe('connection URLs', () => {
  describe('reads', () => {
    const local = { ...plainTarget, host: 'localhost', user: 'ada', database: 'shop' };
    const cases: readonly [string, Partial<ConnectionTarget>, string | null][] = [
      ['postgresql://ada:secret@localhost/shop', {}, 'secret'],
      ['postgres://ada:secret@localhost:5433/shop', { port: 5433 }, 'secret'],
      ['postgresql+psycopg://ada@localhost/shop', { driver: 'psycopg' }, null],
      ['postgresql+psycopg2://ada:@localhost/shop', { driver: 'psycopg2' }, null],
      ['postgresql+asyncpg://ada:s@localhost/shop?ssl=require', { driver: 'asyncpg', sslMode: 'require' }, 's'],
      ['  "postgresql://ada:s@localhost/shop"\n', {}, 's'],
      // What passwords are made of: SQLAlchemy ends them at the first @ and decodes %xx alone
      ['postgresql://ada:p%40ss%2Fw%3Ard%25%20+#?@localhost/shop', {}, 'p@ss/w:rd% +#?'],
      ['postgresql://ada:a:b/c@localhost/shop', {}, 'a:b/c'],
      ['postgresql://ada:100%@localhost/shop', {}, '100%'],
      ['postgresql://ada:%C3%BC%E2%98%83@localhost/shop', {}, 'ü☃'],
      ['postgresql://ada:[YOUR-PASSWORD]@localhost/shop', {}, null],
      ['postgresql://ada@corp:s@localhost/shop', { user: 'ada@corp' }, 's'],
      // Hosts
      ['postgresql://ada:s@[2001:db8::1]:6000/shop', { host: '2001:db8::1', port: 6000 }, 's'],
      ['postgresql://ada@[::1]/shop', { host: '::1' }, null],
      ['postgresql://ada@/shop?host=::1', { host: '::1' }, null],
      ['postgresql://ada@/shop?host=/var/run/postgresql&port=5433', { host: '/var/run/postgresql', port: 5433 }, null],
      ['postgresql://ada@%2Ftmp%2Fpg/shop', { host: '/tmp/pg' }, null],
      ['postgresql:///shop', { host: null, user: null }, null],
      ['postgresql://', { host: null, user: null, database: null }, null],
      ['postgresql://localhost', { user: null, database: null }, null],
      ['postgresql://localhost:5433', { user: null, database: null, port: 5433 }, null],
      ['postgresql://?host=localhost&user=ada&password=s&dbname=shop', {}, 's'],
      ['postgresql://ada@db1:5433,db2:5434/shop', { host: 'db1', port: 5433 }, null],
      // Parameters
      ['postgresql://ada@localhost/shop?sslmode=verify-full&sslrootcert=/etc/ca.pem', { sslMode: 'verify-full', sslRootCert: '/etc/ca.pem' }, null],
      ['postgresql://ada@localhost/shop?sslrootcert=system', { sslMode: 'verify-full', sslRootCert: 'system' }, null],
      ['postgresql://ada@localhost/shop?sslmode=require&sslcert=c.pem&sslkey=k.pem', { sslMode: 'require', sslCert: 'c.pem', sslKey: 'k.pem' }, null],
      ['postgresql://ada@localhost/shop?options=-csearch_path%3Dapp,public', { searchPath: 'app,public' }, null],
      ['postgresql://ada@localhost/shop?options=-c%20search_path%3Dapp%20-c%20role%3Downer', { searchPath: 'app', options: '-c role=owner' }, null],
      ['postgresql://ada@localhost/shop?options=--search-path%3Da%5C%20b', { searchPath: 'a b' }, null],
      ['postgresql://ada@localhost/shop?search_path=app', { searchPath: 'app' }, null],
      ['postgresql://ada@localhost/shop?options=project%3Dabc', { options: 'project=abc' }, null],
      ['postgresql://ada@localhost/shop?application_name=my+app&connect_timeout=3', { applicationName: 'my app', connectTimeout: 3 }, null],
      ['postgresql://ada@localhost/shop?target_session_attrs=read-write', { parameters: { target_session_attrs: 'read-write' } }, null],
      ['postgresql://ada@localhost/caf%C3%A9', { database: 'café' }, null],
    ];
    for (const [url, expected, password] of cases) {
      it(url.trim(), () => {
        const parsed = parseConnectionUrl(url);
        assert.equal(parsed.kind, 'target');
        if (parsed.kind !== 'target') return;
        assert.deepEqual(parsed.target, { ...local, ...expected });
        assert.equal(parsed.password, password);
      });
    }
  });

  describe('says what is wrong', () => {
    const cases: readonly [string, RegExp][] = [
      ['', /There is no URL/],
      ['localhost:5432', /not a database URL/],
      ['host=localhost dbname=shop', /keyword form/],
      ['mysql+pymysql://ada:hunter2@localhost/shop', /URL for mysql/],
      ['sqlite:///shop.db', /URL for sqlite/],
      ['driver://user:pass@localhost/dbname', /placeholder of a new alembic\.ini/],
      ['postgresql://ada:hunt@er2@localhost/shop', /more than one @.*%40/],
      ['postgresql://ada:hunter2', /port is not a number/],
      ['postgresql://ada:s@localhost:99999/shop', /port is not a number/],
      ['postgresql://ada:s@localhost:54x/shop', /port is not a number/],
      ['postgresql://ada:s@::1/shop', /IPv6 address stands in brackets/],
      ['postgresql://ada:s@my host/shop', /no host has/],
      ['postgresql://ada:s@localhost/shop?sslmode=maybe', /disable, allow, prefer, require, verify-ca, verify-full/],
      ['postgresql://ada:s@localhost/shop?connect_timeout=soon', /number of seconds/],
    ];
    for (const [url, expected] of cases) {
      it(url === '' ? 'of nothing' : url, () => {
        const parsed = parseConnectionUrl(url);
        assert.equal(parsed.kind, 'invalid');
        if (parsed.kind !== 'invalid') return;
        const text = formatMessage(parsed.reason);
        assert.match(text, expected);
        assert.doesNotMatch(text, /\{\w+\}|hunt/);
      });
    }
  });

  it('notes what SQLAlchemy would refuse, several hosts, and secrets among the parameters', () => {
    const parsed = parseConnectionUrl('postgres://ada@db1,db2/shop?sslpassword=hunter2');
    assert.equal(parsed.kind, 'target');
    if (parsed.kind !== 'target') return;
    const notes = parsed.notes.map(formatMessage);
    assert.equal(notes.length, 3);
    assert.match(notes[0] ?? '', /refuses URLs that start with postgres:/);
    assert.match(notes[1] ?? '', /2 hosts/);
    assert.match(notes[2] ?? '', /sslpassword/);
    assert.doesNotMatch(JSON.stringify(parsed), /hunter2/);
  });

  describe('writes', () => {
    const target = { ...plainTarget, host: 'db.example.com', user: 'ada', database: 'shop' };
    it('what SQLAlchemy reads back, with its own encoding', () => {
      assert.equal(toSqlAlchemyUrl(target, null), 'postgresql://ada@db.example.com:5432/shop');
      assert.equal(toSqlAlchemyUrl({ ...target, driver: 'psycopg' }, 'p@s:s/%ü +'), 'postgresql+psycopg://ada:p%40s%3As%2F%25%C3%BC +@db.example.com:5432/shop');
      assert.equal(toSqlAlchemyUrl({ ...target, host: '::1', sslMode: 'verify-ca' }, null), 'postgresql://ada@[::1]:5432/shop?sslmode=verify-ca');
      assert.equal(toSqlAlchemyUrl({ ...target, sslMode: 'require' }, null, 'asyncpg'), 'postgresql+asyncpg://ada@db.example.com:5432/shop?ssl=require');
      assert.equal(toSqlAlchemyUrl({ ...target, host: '/var/run/postgresql' }, null), 'postgresql://ada@/shop?host=%2Fvar%2Frun%2Fpostgresql');
      assert.equal(toSqlAlchemyUrl({ ...target, searchPath: 'app, public' }, null), 'postgresql://ada@db.example.com:5432/shop?options=-csearch_path%3Dapp%2C%5C+public');
    });

    it('every target so that it is read back the same', () => {
      const word = stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
      const text = string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((value) => value.trim() !== '' && !/^\[your/i.test(value));
      const targets = tuple(
        constantFrom(null, 'psycopg', 'asyncpg', 'psycopg2'),
        constantFrom(null, 'localhost', '10.0.0.7', '::1', '2001:db8::7', 'db.example.com', '/var/run/postgresql'),
        integer({ min: 1, max: 65535 }),
        option(text),
        option(text),
        constantFrom('disable' as const, 'prefer' as const, 'require' as const, 'verify-full' as const),
        option(word),
        option(word),
      );
      check(
        property(targets, option(text), ([driver, host, port, user, database, sslMode, searchPath, applicationName], password) => {
          const written = { ...plainTarget, driver, host, port, user, database, sslMode, searchPath, applicationName };
          const parsed = parseConnectionUrl(toSqlAlchemyUrl(written, password));
          assert.equal(parsed.kind, 'target');
          if (parsed.kind !== 'target') return;
          assert.deepEqual(parsed.target, written);
          assert.equal(parsed.password, password);
        }),
        { numRuns: 300 },
      );
    });
  });

  it('shows a target in one line', () => {
    assert.equal(displayTarget({ ...plainTarget, host: 'localhost', user: 'ada', database: 'shop' }), 'ada@localhost/shop');
    assert.equal(displayTarget({ ...plainTarget, host: '::1', port: 5433, database: 'shop' }), '[::1]:5433/shop');
    assert.equal(displayTarget({ ...plainTarget, user: 'ada' }), 'ada@local socket/ada');
  });

  it('never says a password, whatever is wrong with the URL', () => {
    const noise = string({ unit: constantFrom('@', ':', '/', '?', '#', '%', '[', ']', ',', ' ', 'a', '4') });
    const schemes = constantFrom('postgresql://', 'postgres://', 'postgresql+psycopg://', 'mysql://', 'postgresql:', 'driver://');
    check(
      property(schemes, noise, noise, noise, (scheme, before, after, end) => {
        const parsed = parseConnectionUrl(`${scheme}ada:${before}Xy7zQ${after}@localhost${end}`);
        if (parsed.kind === 'invalid') assert.doesNotMatch(formatMessage(parsed.reason), /Xy7zQ/);
        else assert.doesNotMatch(JSON.stringify(parsed.notes), /Xy7zQ/);
      }),
      { numRuns: 2000 },
    );
  });
});
