import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../src/database/connect';
import type { ConnectOptions, Database } from '../../src/database/connect';
import type { ConnectionTarget } from '../../src/database/connection-target';
import { plainTarget } from '../../src/database/connection-target';
import { explainConnectionError } from '../../src/database/doctor';
import { formatMessage } from '../../src/engine/text/problem';
import { projectRoot } from '../harness/paths';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { startProxy } from './proxy';

const tls = path.join(projectRoot, 'test/database/tls');
const secret = 'Xy7z@Q /%"\'';

describe('connecting', () => {
  let server: PostgresServer;
  let target: ConnectionTarget;
  const open: (Database | TcpServer)[] = [];

  before(async function () {
    server = await need(this, startPostgres());
    target = { ...plainTarget, host: '127.0.0.1', port: server.port, user: 'ada', database: 'shop' };
    await server.createDatabase('shop');
    await server.createDatabase('closed');
    await server.query(
      `CREATE ROLE ada LOGIN PASSWORD ${literal(secret)}; CREATE ROLE sleeper PASSWORD 'x'; CREATE ROLE crowd LOGIN CONNECTION LIMIT 0 PASSWORD 'x';
       CREATE ROLE tls_only LOGIN PASSWORD 'x'; CREATE ROLE plain_only LOGIN PASSWORD 'x'; CREATE ROLE stranger LOGIN PASSWORD 'x';
       REVOKE CONNECT ON DATABASE closed FROM PUBLIC`,
    );
    await server.query('CREATE TABLE thing (id integer); GRANT ALL ON thing TO ada; GRANT ALL ON SCHEMA public TO ada', 'shop');
    // The server's own user writes these files into its folder: their owner and mode are what PostgreSQL wants.
    await writeServerFile('server.crt', readFileSync(path.join(tls, 'server.pem'), 'utf8'));
    await writeServerFile('server.key', readFileSync(path.join(tls, 'server.key'), 'utf8'));
    await writeServerFile(
      'pg_hba.conf',
      `local all all scram-sha-256
hostnossl all tls_only all reject
hostssl all plain_only all reject
host all ghost all trust
host all stranger 10.1.2.3/32 scram-sha-256
host all stranger all reject
host all all all scram-sha-256
`,
    );
    await server.query('ALTER SYSTEM SET ssl = on');
    await server.query('SELECT pg_reload_conf()');
  });

  afterEach(async () => {
    for (const thing of open.splice(0)) await thing.close();
  });

  after(() => server?.stop());

  it('learns who answers', async () => {
    const database = await connectAs({});
    assert.deepEqual(database.server, {
      version: database.server.version,
      versionNumber: database.server.versionNumber,
      database: 'shop',
      user: 'ada',
      defaultSchema: 'public',
      pooled: false,
      supabase: false,
    });
    assert.match(database.server.version, /^17\.\d+$/);
    assert.equal(Math.floor(database.server.versionNumber / 10000), 17);
  });

  it('introduces itself, and works under its own limits', async () => {
    const database = await connectAs({ searchPath: 'pg_catalog, public', options: '-c extra_float_digits=0' }, { statementTimeout: 1234 });
    const [row] = await database.read((queries) =>
      queries.query(`SELECT current_setting('application_name') AS name, current_setting('statement_timeout') AS statement, current_setting('jit') AS jit,
        current_setting('transaction_isolation') AS isolation, current_setting('search_path') AS path, current_setting('extra_float_digits') AS digits`),
    );
    assert.deepEqual(row, { name: 'alembic-review', statement: '1234ms', jit: 'off', isolation: 'repeatable read', path: 'pg_catalog, public', digits: '0' });
  });

  it('goes through a local socket', async function () {
    if (process.platform === 'win32') this.skip();
    const [row] = (await server.query("SHOW unix_socket_directories")).rows as { unix_socket_directories: string }[];
    // The folder is the server's alone; only root or its owner gets in.
    if (process.getuid?.() !== 0) this.skip();
    const database = await connectAs({ host: row?.unix_socket_directories ?? '', user: 'postgres' }, {}, server.password);
    assert.equal(database.server.database, 'shop');
  });

  it('finds the password where libpq keeps it, when it has none', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'alembic-review-pgpass-'));
    const before = { ...process.env };
    try {
      process.env['PGPASSFILE'] = path.join(folder, 'pgpass');
      writeFileSync(process.env['PGPASSFILE'], `127.0.0.1:${server.port}:*:ada:${secret}\n`, { mode: 0o600 });
      const database = await connect(target, null);
      assert.equal(database.server.user, 'ada');
      await database.close();
      process.env['PGPASSFILE'] = path.join(folder, 'nothing');
      process.env['PGPASSWORD'] = secret;
      await (await connect(target, null)).close();
    } finally {
      for (const name of ['PGPASSFILE', 'PGPASSWORD']) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
      rmSync(folder, { recursive: true });
    }
  });

  describe('only reads', () => {
    it('whatever is asked of it', async () => {
      const database = await connectAs({ user: 'postgres' }, {}, server.password);
      for (const sql of ['INSERT INTO thing VALUES (1)', 'CREATE TABLE other (id integer)', 'DROP TABLE thing', 'UPDATE thing SET id = 2', 'TRUNCATE thing']) {
        await assert.rejects(database.read((queries) => queries.query(sql)), { code: '25006' }, sql);
      }
      await assert.rejects(
        database.read(async (queries) => {
          await queries.query('SELECT 1 FROM thing');
          await queries.query('SET TRANSACTION READ WRITE');
        }),
        /read-write mode/,
      );
      const error = await failure(database.read((queries) => queries.batch(['SELECT 1', 'DELETE FROM thing'])));
      assert.match(explain(error), /only reads/);
      assert.deepEqual((await server.query('SELECT count(*)::int AS n FROM thing', 'shop')).rows, [{ n: 0 }]);
    });

    it('outside of its transactions too', async () => {
      const database = await connectAs({});
      await assert.rejects(
        database.read(async (queries) => {
          await queries.query('COMMIT');
          await queries.query('INSERT INTO thing VALUES (1)');
        }),
        { code: '25006' },
      );
    });

    it('one snapshot in one piece of work', async () => {
      const database = await connectAs({});
      const count = (rows: readonly object[]): unknown => (rows[0] as { n: number }).n;
      await database.read(async (queries) => {
        const before = count(await queries.query('SELECT count(*)::int AS n FROM thing'));
        await server.query('INSERT INTO thing VALUES (1)', 'shop');
        assert.equal(count(await queries.query('SELECT count(*)::int AS n FROM thing')), before);
      });
      assert.equal(count(await database.read((queries) => queries.query('SELECT count(*)::int AS n FROM thing'))), 1);
      await server.query('TRUNCATE thing', 'shop');
    });
  });

  it('does one piece of work after the other, and goes on after one that fails', async () => {
    const database = await connectAs({});
    const order: string[] = [];
    const results = await Promise.allSettled([
      database.read(async (queries) => {
        await queries.query('SELECT pg_sleep(0.1)');
        order.push('first');
      }),
      database.read((queries) => queries.query('SELECT nonsense')),
      database.read(async (queries) => {
        await queries.query('SELECT 1');
        order.push('third');
      }),
    ]);
    assert.deepEqual(results.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled']);
    assert.deepEqual(order, ['first', 'third']);
  });

  it('stops statements that take too long', async () => {
    const database = await connectAs({});
    const error = await failure(database.read((queries) => queries.query('SELECT pg_sleep(30)'), { statementTimeout: 100 }));
    assert.match(explain(error), /longer than the statement timeout/);
    assert.deepEqual(await database.read((queries) => queries.query('SELECT 1 AS one')), [{ one: 1 }]);
  });

  it('cancels on the server what an abort interrupts', async () => {
    const abort = new AbortController();
    const database = await connectAs({}, { signal: abort.signal });
    const reason = new Error('enough');
    const work = failure(database.read((queries) => queries.query("SELECT pg_sleep(30), 'cancel me'")));
    await waitUntil(async () => (await running('cancel me')) === 1);
    abort.abort(reason);
    assert.equal(await work, reason);
    await waitUntil(async () => (await running('cancel me')) === 0);
    await assert.rejects(database.read((queries) => queries.query('SELECT 1')), reason);
    await database.close();
  });

  it('can be aborted while it connects', async () => {
    const abort = new AbortController();
    const port = await listen(() => undefined);
    const connecting = failure(connect({ ...target, port }, secret, { signal: abort.signal }));
    setTimeout(() => abort.abort(new Error('enough')), 50);
    assert.match(String(await connecting), /enough/);
    await assert.rejects(connect(target, secret, { signal: AbortSignal.abort(new Error('before')) }), /before/);
  });

  it('closes once and for all', async () => {
    const database = await connect(target, secret);
    const running = database.read((queries) => queries.query('SELECT pg_sleep(0.1), 1 AS one'));
    await Promise.all([database.close(), database.close()]);
    assert.equal((await running).length, 1);
    assert.match(explain(await failure(database.read((queries) => queries.query('SELECT 1')))), /broke\. Connect again/);
  });

  it('survives a server that ends the connection, and says so', async () => {
    const database = await connectAs({});
    await server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ada'");
    await waitUntil(async () => ((await server.query("SELECT FROM pg_stat_activity WHERE usename = 'ada'")).rowCount ?? 0) === 0);
    assert.match(explain(await failure(database.read((queries) => queries.query('SELECT 1')))), /Connect again/);
  });

  it("leaves the session of a pooler's server as it is", async () => {
    const proxy = await startProxy(server.port, { disguiseProcess: true });
    open.push(proxy.tcp);
    const database = await connectAs({ port: proxy.port, sslMode: 'disable', searchPath: 'public' });
    assert.equal(database.server.pooled, true);
    const [row] = await database.read((queries) =>
      queries.query(
        `SELECT current_setting('transaction_read_only') AS now, boot_val = setting AS session_is_untouched FROM pg_settings WHERE name = 'default_transaction_read_only'`,
      ),
    );
    assert.deepEqual(row, { now: 'on', session_is_untouched: true });
    await assert.rejects(database.read((queries) => queries.query('INSERT INTO thing VALUES (1)')), { code: '25006' });
  });

  describe('explains', () => {
    const cases: readonly [string, () => Promise<Partial<ConnectionTarget>>, RegExp, string?][] = [
      ['a wrong password', async () => ({}), /password for user ada on 127\.0\.0\.1 is wrong/, 'Wr0ng#'],
      ['no such database', async () => ({ database: 'nowhere' }), /no database nowhere/],
      ['no such role', async () => ({ user: 'ghost' }), /no user ghost/],
      ['a role that may not log in', async () => ({ user: 'sleeper' }), /may not log in/, 'x'],
      ['too many connections', async () => ({ user: 'crowd' }), /no connection left/, 'x'],
      ['a database that is closed to the user', async () => ({ database: 'closed' }), /no right to do this in database closed.*GRANT CONNECT/],
      ['a machine that may not come in', async () => ({ user: 'stranger' }), /does not let user stranger into database shop from this machine/, 'x'],
      ['TLS required', async () => ({ user: 'tls_only', sslMode: 'disable' }), /does not let user tls_only into database shop without TLS. Set sslmode=require \(now: disable\)/, 'x'],
      ['a refused port', async () => ({ port: await closedPort() }), /Nothing answers at 127\.0\.0\.1, port \d+/],
      ['a refused port of a name with several addresses', async () => ({ host: 'localhost', port: await closedPort() }), /Nothing answers at localhost/],
      ['an unknown host', async () => ({ host: 'no-such-host.invalid' }), /host no-such-host\.invalid is not known|could not be looked up/],
      ['a socket that is not there', async () => ({ host: '/nowhere', port: 5432 }), /no server socket at \/nowhere/],
      ['a server that keeps silent', async () => ({ port: await listen(() => undefined) }), /did not answer in time/],
      ['a server that hangs up', async () => ({ port: await listen((socket) => socket.destroy()) }), /closed the connection|broke/],
      ['a server of another kind', async () => ({ port: await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')) }), /check that it is PostgreSQL that listens on port \d+/],
      ['a certificate that is not known here', async () => ({ host: 'localhost', sslMode: 'verify-full' }), /needs the certificate of its authority, and there is no file .*root\.crt/],
      ['a certificate for another name', async () => ({ sslMode: 'verify-full', sslRootCert: path.join(tls, 'ca.pem') }), /certificate of 127\.0\.0\.1 is for another name/],
      ['a certificate file that is not there', async () => ({ sslMode: 'verify-ca', sslRootCert: '/nowhere/ca.pem' }), /there is no file \/nowhere\/ca\.pem/],
    ];
    for (const [name, change, expected, password] of cases) {
      it(name, async () => {
        const changed = { ...target, ...(await change()) };
        const error = await failure(connect(changed, password ?? secret, { connectTimeout: 500 }));
        const text = formatMessage(explainConnectionError(error, changed));
        assert.match(text, expected);
        assert.doesNotMatch(text, /\{\w+\}|Wr0ng|Xy7z/);
        assert.ok(!String((error as Error).stack).includes(password ?? secret) || password === 'x');
      });
    }

    it('a password that is missing', async () => {
      assert.match(explain(await failure(connect(target, null))), /asks for the password of user ada/);
    });
  });

  describe('uses TLS as libpq does', () => {
    const ca = path.join(tls, 'ca.pem');
    const cases: readonly [string, Partial<ConnectionTarget>, boolean][] = [
      ['disable', { sslMode: 'disable' }, false],
      ['allow: plain where that does', { sslMode: 'allow' }, false],
      ['allow: TLS where plain is refused', { sslMode: 'allow', user: 'tls_only' }, true],
      ['prefer: TLS where the server can', { sslMode: 'prefer' }, true],
      ['prefer: plain where TLS is refused', { sslMode: 'prefer', user: 'plain_only' }, false],
      ['require', { sslMode: 'require' }, true],
      ['require, direct', { sslMode: 'require', parameters: { sslnegotiation: 'direct' } }, true],
      ['require with the authority', { sslMode: 'require', sslRootCert: ca }, true],
      ['verify-ca, under any name', { sslMode: 'verify-ca', sslRootCert: ca }, true],
      ['verify-full', { sslMode: 'verify-full', sslRootCert: ca, host: 'localhost' }, true],
    ];
    for (const [name, change, encrypted] of cases) {
      it(name, async () => {
        const database = await connectAs(change, {}, change.user === undefined ? secret : 'x');
        assert.deepEqual(await database.read((queries) => queries.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')), [{ ssl: encrypted }]);
      });
    }

    it('does not fall back from prefer when the password is wrong', async () => {
      const before = server.log().split('password authentication failed').length;
      await failure(connect({ ...target, sslMode: 'prefer' }, 'Wr0ng#'));
      assert.equal(server.log().split('password authentication failed for').length, before + 1);
    });

    it('a server without it: prefer connects, require says so', async () => {
      await server.query('ALTER SYSTEM SET ssl = off');
      await server.query('SELECT pg_reload_conf()');
      await waitUntil(async () => ((await server.query('SHOW ssl')).rows[0] as { ssl: string }).ssl === 'off');
      await connectAs({ sslMode: 'prefer' });
      const strict = { ...target, sslMode: 'require' as const };
      assert.match(formatMessage(explainConnectionError(await failure(connect(strict, secret)), strict)), /does not speak TLS, and sslmode is require/);
    });
  });

  async function connectAs(change: Partial<ConnectionTarget>, options: ConnectOptions = {}, password = secret): Promise<Database> {
    const database = await connect({ ...target, ...change }, password, options);
    open.push(database);
    return database;
  }

  function explain(error: unknown): string {
    return formatMessage(explainConnectionError(error, target));
  }

  async function writeServerFile(name: string, content: string): Promise<void> {
    await server.query(`COPY (SELECT unnest(string_to_array(${literal(content.trimEnd())}, E'\\n'))) TO PROGRAM 'umask 077; cat > ${name}'`);
  }

  async function running(text: string): Promise<number> {
    const found = await server.query(`SELECT FROM pg_stat_activity WHERE query LIKE '%${text}%' AND state = 'active' AND pid <> pg_backend_pid()`);
    return found.rowCount ?? 0;
  }

  async function listen(answer: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const tcp = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    });
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const close = tcp.close.bind(tcp);
    tcp.close = (done) => {
      sockets.forEach((socket) => socket.destroy());
      return close(done);
    };
    open.push(tcp);
    return (tcp.address() as AddressInfo).port;
  }
});

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: 'it was expected to fail' });
}

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; !(await holds()); i++) {
    assert.ok(i < 200, 'it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const tcp = createServer();
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const { port } = tcp.address() as AddressInfo;
  await new Promise((resolve) => tcp.close(resolve));
  return port;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
