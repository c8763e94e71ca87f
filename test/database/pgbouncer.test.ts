/** PgBouncer in transaction mode in front of a server: all reading works through it, nothing is left on its servers, and the doctor says what it is. */
import assert from 'node:assert/strict';
import { connect, type Database } from '../../src/database/connect';
import { plainTarget, type ConnectionTarget } from '../../src/database/connection-target';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { adviseOnPooling, explainConnectionError } from '../../src/database/doctor';
import { answerFacts } from '../../src/database/facts';
import { keepDatabase } from '../../src/database/kept-database';
import { findPooling } from '../../src/database/pooler';
import { readSchema } from '../../src/database/read-schema';
import { readApplied, readVersions } from '../../src/database/versions';
import { factKey, type FactQuestion } from '../../src/engine/facts';
import { formatMessage } from '../../src/engine/text/problem';
import { startPgBouncer, type PgBouncer } from '../harness/pgbouncer';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';

const secret = 'x "y$z';

describe('through PgBouncer', () => {
  let server: PostgresServer;
  let transactions: PgBouncer;
  let sessions: PgBouncer;
  let target: ConnectionTarget;
  const open: Database[] = [];

  before(async function () {
    server = await need(this, startPostgres());
    await server.createDatabase('shop', ['test/database/kitchen-sink.sql']);
    await server.query(`CREATE ROLE ada LOGIN SUPERUSER PASSWORD '${secret}'`);
    await server.query("DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('abc'); CREATE TABLE pooled (id integer, name text); INSERT INTO pooled VALUES (1, NULL), (2, 'x'); CREATE SCHEMA aside; CREATE TABLE aside.pooled (other integer)", 'shop');
    const users = { ada: secret };
    transactions = await need(this, startPgBouncer(server, { poolMode: 'transaction', users }));
    sessions = await need(this, startPgBouncer(server, { poolMode: 'session', users }));
    target = { ...plainTarget, host: '127.0.0.1', port: transactions.port, user: 'ada', database: 'shop' };
  });
  afterEach(async () => {
    for (const database of open.splice(0)) await database.close();
  });
  after(async () => {
    await transactions?.stop();
    await sessions?.stop();
    await server?.stop();
  });

  it('reads the same catalog, versions and facts as without it', async () => {
    const [through, straight] = [await openAt({}), await openAt({ port: server.port })];
    assert.equal(through.server.pooled, true);
    assert.equal(straight.server.pooled, false);
    const [one, other] = [await readSchema(through), await readSchema(straight)];
    assert.ok(one.schema.tables.length > 10);
    assert.deepEqual(one.schema, other.schema);
    assert.deepEqual((await readVersions(through)).applied, ['abc']);
    assert.deepEqual(await readApplied(through, 'supabase'), { applied: [], present: false, problems: [] });
    const question: FactQuestion = { kind: 'null-count', table: { schema: null, name: 'pooled' }, column: 'name' };
    assert.deepEqual((await answerFacts(through, [question])).facts.get(factKey(question)), (await answerFacts(straight, [question])).facts.get(factKey(question)));
  });

  it('many at once share its few servers, and nobody finds a setting of another', async () => {
    const many = await Promise.all(Array.from({ length: 12 }, () => openAt({ searchPath: 'aside, public' })));
    const seen = await Promise.all(many.map((database) => database.read((queries) => queries.query(`SELECT column_name::text AS name, current_setting('search_path') AS path, current_setting('transaction_read_only') AS ro FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'pooled'`))));
    for (const rows of seen) assert.deepEqual(rows, [{ name: 'other', path: 'aside, public', ro: 'on' }]);
    const plain = await openAt({});
    const [row] = await plain.read((queries) => queries.query(`SELECT current_setting('search_path') AS path, current_setting('lock_timeout') AS lock`));
    assert.deepEqual(row, { path: '"$user", public', lock: '10s' });
    // What an application gets of the same servers outside of our transactions: nothing of ours.
    const states = (await server.query("SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = 'shop' AND backend_type = 'client backend' AND state <> 'idle'")).rows as { n: number }[];
    assert.deepEqual(states, [{ n: 0 }]);
  });

  it('writes nothing, there as elsewhere', async () => {
    const database = await openAt({});
    await assert.rejects(database.read((queries) => queries.query('DELETE FROM pooled')), { code: '25006' });
    assert.deepEqual((await server.query('SELECT count(*)::int AS n FROM pooled', 'shop')).rows, [{ n: 2 }]);
  });

  it('keeps statements to their time limit, and what is aborted is cancelled on the server', async () => {
    const database = await openAt({});
    await assert.rejects(database.read((queries) => queries.query('SELECT pg_sleep(20)'), { statementTimeout: 100 }), { code: '57014' });
    const abort = new AbortController();
    const work = database.read((queries) => queries.query("SELECT pg_sleep(20), 'abort me'"), { signal: abort.signal });
    const failed = assert.rejects(work, /enough/);
    await until(async () => (await running('abort me')) === 1);
    abort.abort(new Error('enough'));
    await failed;
    await until(async () => (await running('abort me')) === 0);
  });

  it('keeps what was read, and proves it again, on servers that change between the questions', async () => {
    const kept = keepDatabase({ open: () => connect(target, secret), versionTable: { schema: null, name: 'alembic_version' } });
    const first = await kept.content();
    assert.equal(await kept.content(), first);
    await server.query('ALTER TABLE pooled ADD COLUMN more integer', 'shop');
    assert.notEqual((await kept.content()).reading.schema, first.reading.schema);
    await kept.rest();
  });

  it("takes a URL's options, which PgBouncer refuses at the start, into each transaction", async () => {
    const parsed = parseConnectionUrl(`postgresql+psycopg://ada@127.0.0.1:${transactions.port}/shop?options=-csearch_path%3Daside%20-c%20extra_float_digits%3D0&sslmode=disable`);
    assert.ok(parsed.kind === 'target');
    const database = await connect(parsed.target, secret);
    open.push(database);
    assert.equal(database.server.defaultSchema, 'aside');
    assert.deepEqual(await database.read((queries) => queries.query(`SELECT current_setting('extra_float_digits') AS digits, current_schema()::text AS schema`)), [{ digits: '0', schema: 'aside' }]);
    // What is no setting can't be taken there.
    const odd = { ...parsed.target, options: 'project=abc' };
    const failure = await connect(odd, secret).then(() => null, (error: unknown) => error);
    assert.match(formatMessage(explainConnectionError(failure, odd)), /takes no settings at the start.*ignore_startup_parameters/);
  });

  it('the doctor tells transaction mode from session mode, and says what to do', async () => {
    const told = async (port: number): Promise<string> => findPooling(await openAt({ port }), () => connect({ ...target, port }, secret, { connectTimeout: 3_000 }));
    assert.equal(await told(transactions.port), 'transaction');
    assert.equal(await told(sessions.port), 'session');
    assert.equal(await told(server.port), 'none');
    assert.match(adviseOnPooling(target, 'transaction').map(formatMessage).join(), /transaction pooler.*migrations must not go through it.*5432 instead of 6543/);
    assert.deepEqual([...adviseOnPooling(target, 'session'), ...adviseOnPooling(target, 'none')], []);
  });

  it('the doctor explains what it refuses', async () => {
    const said = async (change: Partial<ConnectionTarget>, password = secret): Promise<string> => {
      const changed = { ...target, ...change };
      const failure = await connect(changed, password, { connectTimeout: 3_000 }).then(() => null, (error: unknown) => error);
      return formatMessage(explainConnectionError(failure, changed));
    };
    assert.match(await said({}, 'wrong'), /does not let user ada in|password for user ada .* is wrong/);
    assert.match(await said({ user: 'nobody' }), /does not let user nobody in|password for user nobody .* is wrong/);
    assert.match(await said({ database: 'nowhere' }), /no database nowhere/);
  });

  async function openAt(change: Partial<ConnectionTarget>): Promise<Database> {
    const database = await connect({ ...target, ...change }, secret);
    open.push(database);
    return database;
  }

  async function running(text: string): Promise<number> {
    return (await server.query(`SELECT FROM pg_stat_activity WHERE query LIKE '%${text}%' AND state = 'active' AND pid <> pg_backend_pid()`)).rowCount ?? 0;
  }
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; !(await holds()); i++) {
    assert.ok(i < 200, 'it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
