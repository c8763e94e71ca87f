/** TLS as libpq does it: every mode with every kind of certificate, the outcome held against libpq's own (psycopg in the tests' Python). */
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connect } from '../../src/database/connect';
import { plainTarget, sslModes, type ConnectionTarget } from '../../src/database/connection-target';
import { explainConnectionError } from '../../src/database/doctor';
import { formatMessage } from '../../src/engine/text/problem';
import { projectRoot } from '../harness/paths';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment, type PythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';

const tls = path.join(projectRoot, 'test/database/tls');
const pem = (name: string): string => path.join(tls, `${name}.pem`);

describe('TLS beside libpq', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;
  let home: string;
  const environment = { ...process.env };

  before(async function () {
    [server, python] = await Promise.all([need(this, startPostgres()), need(this, pythonEnvironment())]);
    home = temporaryFolder('home');
    // The authority stands for one that the system knows; nobody's own ~/.postgresql takes part.
    process.env['SSL_CERT_FILE'] = pem('ca');
    process.env['HOME'] = home;
    await server.query("CREATE ROLE ada LOGIN PASSWORD 'x'; CREATE ROLE carla LOGIN; CREATE ROLE tls_only LOGIN PASSWORD 'x'");
    await serverFile('server.key', readFileSync(path.join(tls, 'server.key'), 'utf8'));
    await serverFile('root.crt', readFileSync(pem('ca'), 'utf8'));
    for (const name of ['server', 'expired', 'other-name', 'common-name', 'self-signed']) await serverFile(`${name}.crt`, readFileSync(pem(name), 'utf8'));
    await serverFile('pg_hba.conf', 'local all all scram-sha-256\nhostnossl all tls_only all reject\nhostssl all carla all cert\nhost all all all scram-sha-256\n');
    await server.query("ALTER SYSTEM SET ssl_ca_file = 'root.crt'");
  });
  after(async () => {
    for (const name of ['SSL_CERT_FILE', 'HOME']) {
      if (environment[name] === undefined) delete process.env[name];
      else process.env[name] = environment[name];
    }
    await server?.stop();
  });

  const roots = { 'no file': '/nowhere/root.crt', 'its authority': pem('ca'), 'another authority': pem('other-ca'), itself: pem('self-signed'), system: 'system' } as const;
  for (const certificate of ['server', 'expired', 'other-name', 'common-name', 'self-signed']) {
    it(`a server with the certificate "${certificate}": the same verdict in every mode, by every name, with every root`, async () => {
      await use(certificate);
      const cases = sslModes.flatMap((sslMode) =>
        Object.entries(roots).flatMap(([root, sslRootCert]) =>
          ['localhost', '127.0.0.1'].flatMap((host) => ['ada', 'tls_only'].map((user) => ({ name: `${sslMode}, ${root}, ${host}, ${user}`, change: { sslMode, sslRootCert, host, user } as const }))),
        ),
      );
      await compare(cases);
    });
  }

  it('a client certificate: named, missing, without its key, with a key that others may read', async () => {
    await use('server');
    const [key, open] = [path.join(home, 'client.key'), path.join(home, 'open.key')];
    for (const [file, mode] of [[key, 0o600], [open, 0o644]] as const) {
      copyFileSync(path.join(tls, 'client.key'), file);
      chmodSync(file, mode);
    }
    const change = { user: 'carla', sslMode: 'require', sslRootCert: '/nowhere/root.crt', host: 'localhost' } as const;
    await compare([
      { name: 'none', change },
      { name: 'its own', change: { ...change, sslCert: pem('client'), sslKey: key } },
      { name: 'no such file', change: { ...change, sslCert: '/nowhere/client.pem' } },
      { name: 'no key', change: { ...change, sslCert: pem('client'), sslKey: '/nowhere/client.key' } },
      { name: 'an open key', change: { ...change, sslCert: pem('client'), sslKey: open } },
      { name: 'the key of another', change: { ...change, sslCert: pem('server'), sslKey: key } },
      { name: "another's name", change: { ...change, user: 'ada', sslCert: pem('client'), sslKey: key } },
      { name: 'prefer, an open key', change: { ...change, user: 'ada', sslMode: 'prefer', sslCert: pem('client'), sslKey: open } },
    ]);
  });

  it("libpq's own places in the home folder", async () => {
    await use('server');
    mkdirSync(path.join(home, '.postgresql'), { recursive: true });
    copyFileSync(pem('other-ca'), path.join(home, '.postgresql', 'root.crt'));
    await compare(sslModes.map((sslMode) => ({ name: sslMode, change: { sslMode, host: 'localhost', user: 'ada' } })));
    copyFileSync(pem('ca'), path.join(home, '.postgresql', 'root.crt'));
    await compare(sslModes.map((sslMode) => ({ name: sslMode, change: { sslMode, host: 'localhost', user: 'ada' } })));
  });

  const explained: readonly [string, Partial<ConnectionTarget>, RegExp][] = [
    ['expired', { sslMode: 'verify-full', sslRootCert: pem('ca') }, /certificate of localhost:\d+ is not valid today|certificate of localhost is not valid today/],
    ['other-name', { sslMode: 'verify-full', sslRootCert: pem('ca') }, /is for another name/],
    ['self-signed', { sslMode: 'verify-full', sslRootCert: pem('ca') }, /signed by an authority that is not known here/],
    ['server', { sslMode: 'verify-full', sslRootCert: pem('other-ca') }, /signed by an authority that is not known here/],
    ['server', { sslMode: 'verify-full', sslRootCert: null }, /no file .*root\.crt.*sslrootcert=system/],
    ['server', { sslMode: 'require', sslRootCert: 'system' }, /verify-full alone \(now: require\)/],
    ['server', { sslMode: 'require', user: 'carla', sslCert: pem('client'), sslKey: '/nowhere/key' }, /no private key at \/nowhere\/key/],
    ['server', { sslMode: 'require', user: 'carla' }, /asks for a client certificate.*sslcert and sslkey/],
  ];
  for (const [certificate, change, expected] of explained) {
    it(`explains "${certificate}" with ${JSON.stringify({ ...change, sslRootCert: path.basename(change.sslRootCert ?? '') })}`, async () => {
      process.env['HOME'] = temporaryFolder('empty-home');
      try {
        await use(certificate);
        const target = { ...plainTarget, host: 'localhost', port: server.port, user: 'ada', database: 'postgres', ...change };
        const error = await connect(target, 'x').then((database) => database.close(), (failure: unknown) => failure);
        assert.match(formatMessage(explainConnectionError(error, target)), expected);
      } finally {
        process.env['HOME'] = home;
      }
    });
  }

  it('binds the password to the channel where the URL asks for it', async () => {
    await use('server');
    const database = await connect({ ...plainTarget, host: 'localhost', port: server.port, user: 'ada', database: 'postgres', sslMode: 'require', sslRootCert: '/nowhere/root.crt', parameters: { channel_binding: 'require' } }, 'x');
    await database.close();
  });

  async function compare(cases: readonly { readonly name: string; readonly change: Partial<ConnectionTarget> }[]): Promise<void> {
    const targets = cases.map(({ change }) => ({ ...plainTarget, port: server.port, user: 'ada', database: 'postgres', ...change }));
    const { stdout } = await python.run([path.join(tls, 'verdicts.py')], { input: JSON.stringify(targets.map(libpqParameters)), env: { HOME: home, SSL_CERT_FILE: pem('ca') } });
    const theirs = JSON.parse(stdout) as string[];
    const ours: string[] = [];
    for (const target of targets) ours.push(await verdict(target));
    const lines = (verdicts: readonly string[]): string[] => cases.map(({ name }, index) => `${name}: ${verdicts[index]}`);
    assert.deepEqual(lines(ours), lines(theirs));
    assert.equal(ours.length, cases.length);
  }

  async function use(certificate: string): Promise<void> {
    await server.query(`ALTER SYSTEM SET ssl_cert_file = '${certificate}.crt'`);
    await server.query('ALTER SYSTEM SET ssl = on');
    await server.query('SELECT pg_reload_conf()');
    const file = async (): Promise<string> => String(Object.values((await server.query("SELECT setting || (SELECT setting FROM pg_settings WHERE name = 'ssl') FROM pg_settings WHERE name = 'ssl_cert_file'")).rows[0] as object)[0]);
    for (let i = 0; (await file()) !== `${certificate}.crton`; i++) {
      assert.ok(i < 200, 'the server did not take the certificate');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async function serverFile(name: string, content: string): Promise<void> {
    await server.query(`COPY (SELECT unnest(string_to_array('${content.trimEnd()}', E'\\n'))) TO PROGRAM 'umask 077; cat > ${name}'`);
  }
});

async function verdict(target: ConnectionTarget): Promise<string> {
  try {
    const database = await connect(target, 'x', { connectTimeout: 5_000 });
    try {
      const [row] = await database.read((queries) => queries.query<{ ssl: boolean }>('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'));
      return row?.ssl === true ? 'encrypted' : 'plain';
    } finally {
      await database.close();
    }
  } catch {
    return 'refused';
  }
}

function libpqParameters(target: ConnectionTarget): object {
  const { host, port, user, database: dbname, sslMode: sslmode, sslRootCert, sslCert, sslKey } = target;
  return { host, port, user, dbname, password: 'x', sslmode, ...(sslRootCert === null ? {} : { sslrootcert: sslRootCert }), ...(sslCert === null ? {} : { sslcert: sslCert }), ...(sslKey === null ? {} : { sslkey: sslKey }) };
}
