import assert from 'node:assert/strict';
import { plainTarget } from '../../src/database/connection-target';
import type { ConnectionTarget } from '../../src/database/connection-target';
import { adviseOnTarget, explainConnectionError } from '../../src/database/doctor';
import { formatMessage } from '../../src/engine/text/problem';

// What a server on this machine can be made to say stands in connect.test.ts; here is the rest.
describe('the connection doctor', () => {
  const direct = { ...plainTarget, host: 'db.abcdefghijklmnop.supabase.co', user: 'postgres', database: 'postgres' };
  const pooler = { ...plainTarget, host: 'aws-0-eu-west-1.pooler.supabase.com', user: 'postgres', database: 'postgres' };
  const local = { ...plainTarget, host: 'localhost', user: 'ada', database: 'shop' };

  const cases: readonly [string, ConnectionTarget, unknown, RegExp][] = [
    ["a direct host of Supabase without IPv6: the pooler", direct, failed('ENETUNREACH', 'connect ENETUNREACH 2a05:d018::1:5432'), /IPv6 addresses only.*session pooler.*5432/],
    ["a direct host of Supabase that has no IPv4 address", direct, failed('ENOTFOUND', 'getaddrinfo ENOTFOUND'), /IPv6 addresses only/],
    ['a direct host of Supabase that does not answer', direct, failed('', 'timeout expired'), /IPv6 addresses only/],
    ['a pooler without the project in the user', pooler, failed('XX000', 'Tenant or user not found'), /postgres\.<project reference>/],
    ['the newer words for it', pooler, failed('XX000', '(ENOTFOUND) tenant/user postgres.abc not found'), /postgres\.<project reference>/],
    ['a full pooler', pooler, failed('XX000', 'MaxClientsInSessionMode: max clients reached'), /no connection left/],
    ['a full PgBouncer', local, failed('08P01', 'no more connections allowed (max_client_conn)'), /no connection left/],
    ['a server that starts', local, failed('57P03', 'the database system is starting up'), /starting up or shutting down/],
    ['an administrator', local, failed('57P01', 'terminating connection due to administrator command'), /Connect again/],
    ['a lock', local, failed('55P03', 'canceling statement due to lock timeout'), /holds a lock/],
    ['peer authentication', local, failed('28000', 'Peer authentication failed for user "ada"'), /operating system user.*127\.0\.0\.1 with a password/],
    ['a client certificate', local, failed('28000', 'connection requires a valid client certificate'), /sslcert and sslkey/],
    ['a name that cannot be looked up now', local, failed('EAI_AGAIN', 'getaddrinfo EAI_AGAIN'), /could not be looked up just now/],
    ['a host that is away', local, failed('EHOSTUNREACH', 'connect EHOSTUNREACH'), /did not answer in time/],
    ['a host that has IPv6 addresses alone', local, new AggregateError([tried('ENETUNREACH', '2001:db8::5'), tried('ENETUNREACH', '2001:db8::6')], ''), /has only an IPv6 address \(2001:db8::5\), and this network has no way there/],
    ['the same where a router says so', local, tried('EHOSTUNREACH', '2001:db8::5'), /has only an IPv6 address \(2001:db8::5\)/],
    ['a host with both, whose IPv4 address refuses', local, new AggregateError([tried('ENETUNREACH', '2001:db8::5'), tried('ECONNREFUSED', '192.0.2.5')], ''), /Nothing answers at localhost/],
    ['a host with an IPv4 address and no way there', local, tried('ENETUNREACH', '192.0.2.5'), /did not answer in time/],
    ['an expired certificate', local, failed('CERT_HAS_EXPIRED', 'certificate has expired'), /not valid today/],
    ['a certificate that signed itself', local, failed('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'), /sslrootcert/],
    ['all addresses of a name', local, new AggregateError([failed('ECONNREFUSED', 'connect ECONNREFUSED ::1:5432')], ''), /Nothing answers at localhost/],
    ['what nobody foresaw', local, failed('', 'the moon is full'), /Connecting to ada@localhost\/shop failed: the moon is full/],
    ['what is no error at all', local, 'nonsense', /failed: nonsense/],
    ['nothing', local, undefined, /failed: undefined/],
  ];
  for (const [name, target, error, expected] of cases) {
    it(`explains ${name}`, () => {
      const text = formatMessage(explainConnectionError(error, target));
      assert.match(text, expected);
      assert.doesNotMatch(text, /\{\w+\}/);
    });
  }

  it('advises against the transaction pooler, and against nothing else', () => {
    const advice = adviseOnTarget({ ...pooler, port: 6543 }).map(formatMessage);
    assert.equal(advice.length, 1);
    assert.match(advice[0] ?? '', /transaction pooler.*Use port 5432/);
    assert.deepEqual([pooler, direct, local, { ...local, port: 6543 }].flatMap(adviseOnTarget), []);
  });
});

/** As Node's `net` rejects: one of the addresses of a name. */
function tried(code: string, address: string): Error {
  return Object.assign(failed(code, `connect ${code} ${address}:5432`), { address, port: 5432, syscall: 'connect' });
}

function failed(code: string, text: string): Error {
  return Object.assign(new Error(text), code === '' ? {} : { code });
}
