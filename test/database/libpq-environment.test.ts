/** What a URL leaves out comes from where libpq takes it: held against libpq itself, asked where it would connect to. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { plainTarget } from '../../src/database/connection-target';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { libpqEnvironment } from '../../src/database/libpq-environment';
import { formatMessage } from '../../src/engine/text/problem';
import { pythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';

describe('what libpq adds to a URL', () => {
  const home = temporaryFolder('home');
  const file = path.join(home, 'services.conf');
  writeFileSync(file, '# ours\n[other]\nhost=elsewhere\n\n[shop]\nhost=db.example.com\nport=6000\ndbname=shop\nuser=ada\nsslmode=require\npassword=from service\n\n[half]\ndbname=half\n');
  const service = { PGSERVICEFILE: file };

  const cases: readonly (readonly [url: string, env: Readonly<Record<string, string>>])[] = [
    ['postgresql:///', { PGHOST: 'h', PGPORT: '7000', PGUSER: 'u', PGDATABASE: 'd' }],
    ['postgresql://ada@localhost/shop', { PGHOST: 'h', PGPORT: '7000', PGUSER: 'u', PGDATABASE: 'd', PGSSLMODE: 'require' }],
    ['postgresql://ada@localhost:5433/shop?sslmode=disable', { PGPORT: '7000', PGSSLMODE: 'require' }],
    ['postgresql:///?service=shop', service],
    ['postgresql://bob@/mine?service=shop', service],
    ['postgresql:///?service=half', { ...service, PGHOST: 'h', PGUSER: 'u', PGDATABASE: 'd' }],
    ['postgresql:///', { ...service, PGSERVICE: 'shop', PGHOST: 'h', PGPASSWORD: 'from environment' }],
    ['postgresql:///shop', { PGSSLROOTCERT: '/ca.pem', PGSSLCERT: '/c.pem', PGSSLKEY: '/k.pem', PGHOST: 'h', PGUSER: 'u' }],
  ];

  it('is what libpq itself would take', async function () {
    const python = await need(this, pythonEnvironment());
    for (const [url, env] of cases) {
      const { stdout } = await python.run(['-c', asks, url], { env: { HOME: home, ...env } });
      const theirs = JSON.parse(stdout) as Record<string, string>;
      const parsed = parseConnectionUrl(url, libpqEnvironment({ HOME: home, ...env }));
      assert.ok(parsed.kind === 'target', url);
      const { host, port, user, database, sslMode, sslRootCert, sslCert, sslKey } = parsed.target;
      const ours = { host, port: String(port), user, dbname: database, sslmode: sslMode, sslrootcert: sslRootCert, sslcert: sslCert, sslkey: sslKey };
      for (const [name, value] of Object.entries(ours)) if (value !== null) assert.equal(value, theirs[name] ?? (name === 'port' ? '5432' : ''), `${url}: ${name}`);
      for (const name of ['host', 'user', 'dbname', 'sslrootcert'] as const) assert.equal(ours[name] ?? '', theirs[name] ?? '', `${url}: ${name}`);
      if (theirs['password']?.startsWith('from service')) assert.equal(parsed.password, theirs['password']);
    }
  });

  it('says so where a service is not there, and what of a URL is refused', () => {
    const said = (url: string, env: Record<string, string> = {}): string => {
      const parsed = parseConnectionUrl(url, libpqEnvironment(env));
      return parsed.kind === 'invalid' ? formatMessage(parsed.reason) : 'fine';
    };
    assert.match(said('postgresql:///?service=nowhere', service), /no service nowhere in the service file \(.*services\.conf/);
    assert.match(said('postgresql://localhost/shop?gssencmode=require'), /GSSAPI.*sslmode/);
    assert.match(said('postgresql://localhost/shop?require_auth=scram-sha-256'), /require_auth/);
    assert.match(said('postgresql://localhost/shop', { PGSSLMODE: 'sometimes' }), /sslmode that does not exist/);
  });

  it('does not take part where a URL is only read, to be written down', () => {
    const parsed = parseConnectionUrl('postgresql://ada@localhost/shop?service=shop');
    assert.ok(parsed.kind === 'target');
    assert.deepEqual(parsed.target, { ...plainTarget, host: 'localhost', user: 'ada', database: 'shop', parameters: { service: 'shop' } });
  });
});

const asks = `
import json, sys
from psycopg import pq
connection = pq.PGconn.connect_start(sys.argv[1].encode())
print(json.dumps({one.keyword.decode(): one.val.decode() for one in connection.info if one.val}))
`;
