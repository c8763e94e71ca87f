import assert from 'node:assert/strict';
import type { Database } from '../../src/database/connect';
import type { AnsweredFacts, FactOptions } from '../../src/database/facts';
import { answerFacts } from '../../src/database/facts';
import type { FactAnswer, FactQuestion } from '../../src/engine/facts';
import { answerTo, factKey } from '../../src/engine/facts';
import type { ColumnType, QualifiedName } from '../../src/engine/schema/schema';
import { formatMessage } from '../../src/engine/text/problem';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { open, urlFor } from './opened';
import { startProxy } from './proxy';

describe('asking the rows', () => {
  let server: PostgresServer;
  let database: Database;

  before(async function () {
    server = await need(this, startPostgres());
    await server.createDatabase('rows');
    await server.query(
      `CREATE ROLE guest LOGIN PASSWORD 'x';
       CREATE TABLE place (id integer PRIMARY KEY, status text, code text, region text, note text, parent integer, doc json, secret text);
       INSERT INTO place VALUES
         (1, 'NEW', 'a', 'north', NULL, NULL, '{}', 's'), (2, 'NEW', 'a', 'north', '', 1, NULL, 's'), (3, 'new', 'a', 'south', 'x', 7, NULL, 's'),
         (4, 'Ünknown ''q'' ☃', 'b', NULL, 'y', 7, NULL, 's'), (5, NULL, 'b', NULL, NULL, 8, NULL, 's'), (6, 'DONE', NULL, NULL, NULL, 2, NULL, 's');
       CREATE TABLE wide (value text); INSERT INTO wide SELECT 'v' || (i % 30) FROM generate_series(1, 3000) i; INSERT INTO wide VALUES (repeat('long', 100));
       CREATE TABLE big (id integer); INSERT INTO big SELECT generate_series(1, 20000); ANALYZE big; INSERT INTO big SELECT generate_series(1, 20000);
       CREATE TABLE unseen (id integer); CREATE TABLE empty (id integer);
       CREATE TABLE event (at integer) PARTITION BY RANGE (at); CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM (0) TO (500);
       CREATE TABLE event_2 PARTITION OF event DEFAULT; INSERT INTO event SELECT generate_series(1, 1000);
       CREATE TABLE hidden (id integer, mine boolean); INSERT INTO hidden VALUES (1, true), (2, false); ALTER TABLE hidden ENABLE ROW LEVEL SECURITY;
       CREATE POLICY mine ON hidden USING (mine); GRANT SELECT ON hidden, event, event_1 TO guest; GRANT SELECT (id, status) ON place TO guest;
       CREATE SCHEMA "Odd ""Schema"; CREATE TABLE "Odd ""Schema"."Tab le's" ("a ""b"" 'c'" text, "select" integer);
       INSERT INTO "Odd ""Schema"."Tab le's" VALUES ('x', 1), ('x', 1), (NULL, 2)`,
      'rows',
    );
    database = await open(server.url('rows'));
  });

  after(async () => {
    await database?.close();
    await server?.stop();
  });

  const place: QualifiedName = { schema: null, name: 'place' };
  const odd: QualifiedName = { schema: 'Odd "Schema', name: "Tab le's" };
  const table = (name: string): QualifiedName => ({ schema: null, name });

  async function ask(question: FactQuestion, options: FactOptions = {}): Promise<FactAnswer | undefined> {
    const { facts, problems } = await answerFacts(database, [question], options);
    assert.deepEqual(problems, []);
    return facts.get(factKey(question));
  }

  const reasons = (answered: AnsweredFacts): readonly string[] => answered.problems.map((problem) => formatMessage(problem.message));

  it('how many rows', async () => {
    const answer = await ask({ kind: 'row-count', table: place });
    assert.ok(answer?.kind === 'row-count');
    assert.deepEqual([answer.rows, answer.exact], [6, true]);
    assert.ok(answer.bytes >= 8192);
    assert.deepEqual(await ask({ kind: 'row-count', table: table('empty') }), { kind: 'row-count', rows: 0, exact: true, bytes: 0 });
    const parts = await ask({ kind: 'row-count', table: table('event') });
    assert.ok(parts?.kind === 'row-count' && parts.rows === 1000 && parts.exact && parts.bytes > 0);
  });

  it('about how many of a large table, at its size of now', async () => {
    const answer = await ask({ kind: 'row-count', table: table('big') }, { countUpTo: 1000 });
    assert.ok(answer?.kind === 'row-count' && !answer.exact);
    assert.ok(answer.rows > 36_000 && answer.rows < 44_000, `${answer.rows} rows`);
    const counted = await ask({ kind: 'row-count', table: table('big') });
    assert.ok(counted?.kind === 'row-count' && counted.exact && counted.rows === 40_000);
  });

  it('nulls and values of a column', async () => {
    assert.deepEqual(await ask({ kind: 'null-count', table: place, column: 'status' }), { kind: 'null-count', count: 1, rows: 6 });
    assert.deepEqual(await ask({ kind: 'non-null-count', table: place, column: 'note' }), { kind: 'non-null-count', count: 3, rows: 6 });
    assert.deepEqual(await ask({ kind: 'null-count', table: table('empty'), column: 'id' }), { kind: 'null-count', count: 0, rows: 0 });
  });

  it('values that an enum would not take', async () => {
    assert.deepEqual(await ask({ kind: 'values-outside-labels', table: place, column: 'status', labels: ['NEW', 'QUEUED', 'DONE'] }), {
      kind: 'values-outside-labels',
      values: [{ value: 'new', count: 1 }, { value: "Ünknown 'q' ☃", count: 1 }],
      count: 2,
      more: false,
    });
    const none = await ask({ kind: 'values-outside-labels', table: place, column: 'region', labels: ['north', 'south'] });
    assert.deepEqual(none, { kind: 'values-outside-labels', values: [], count: 0, more: false });
    const many = await ask({ kind: 'values-outside-labels', table: table('wide'), column: 'value', labels: ['v0'] });
    assert.ok(many?.kind === 'values-outside-labels');
    assert.deepEqual([many.values.length, many.count, many.more], [20, 2901, true]);
  });

  it('values that a narrower type would not take', async () => {
    const within = (most: number, of = 'wide', column = 'value') => ask({ kind: 'values-outside-type', table: table(of), column, type: { kind: 'length', most } });
    const long = await within(4);
    assert.ok(long?.kind === 'values-outside-type');
    assert.deepEqual([long.count, long.more, long.values.length, long.values[0]?.value.length], [1, false, 1, 200]);
    assert.deepEqual(await within(3, 'place', 'status'), {
      kind: 'values-outside-type', values: [{ value: 'DONE', count: 1 }, { value: "Ünknown 'q' ☃", count: 1 }], count: 2, more: false,
    });
    assert.deepEqual(await within(13, 'place', 'status'), { kind: 'values-outside-type', values: [], count: 0, more: false }, 'characters, not bytes');
    const ids = await ask({ kind: 'values-outside-type', table: table('big'), column: 'id', type: { kind: 'range', least: '-32768', most: '19990' } });
    assert.ok(ids?.kind === 'values-outside-type');
    assert.deepEqual([ids.count, ids.more, ids.values[0]], [20, true, { value: '19991', count: 2 }]);
  });

  it('values that another type would refuse or change', async () => {
    const [text, integer]: readonly ColumnType[] = ['text', 'integer'].map((name) => ({ kind: 'builtin', name, args: [], dimensions: 0 }));
    assert.ok(text !== undefined && integer !== undefined);
    const answer = await ask({ kind: 'values-not-kept', table: place, column: 'status', from: text, to: { kind: 'builtin', name: 'character varying', args: ['3'], dimensions: 0 } });
    assert.deepEqual(answer, {
      kind: 'values-not-kept', rows: 6, changed: { count: 0, values: [] },
      refused: { count: 2, values: [{ value: 'DONE', becomes: null, count: 1 }, { value: "Ünknown 'q' ☃", becomes: null, count: 1 }] },
    });
    // A type stands in the query as it is, so it must be a plain one.
    const strange = await answerFacts(database, [{ kind: 'values-not-kept', table: place, column: 'status', from: text, to: { ...integer, args: ['1); SELECT pg_sleep(9'] } as ColumnType }]);
    assert.match(reasons(strange).join(), /is not looked at/);
  });

  it('what violates a condition, by the names that it has in the condition', async () => {
    const violating = (condition: string) => ({ kind: 'violation-count', table: place, name: 'site', columns: [{ column: 'id', as: 'number' }, { column: 'parent', as: 'above' }], condition }) as const;
    assert.deepEqual(await ask(violating('site.number > above')), {
      kind: 'violation-count', count: 3, examples: [{ values: ['3', '7'], count: 1 }, { values: ['4', '7'], count: 1 }, { values: ['5', '8'], count: 1 }],
    });
    assert.deepEqual(await ask(violating('coalesce(above, 0) >= 0')), { kind: 'violation-count', count: 0, examples: [] });
    for (const condition of ['pg_sleep(5) IS NULL', "pg_catalog.length('x') = 1", 'number > 0) OR (true', "number > 0 OR 'x", 'number > 0 --', '(SELECT true)', "lo_export(1, '/tmp/x') = 1", '"pg_sleep"(1) IS NULL']) {
      assert.match(reasons(await answerFacts(database, [violating(condition)])).join(), /is not run on rows/, condition);
    }
  });

  it('what a column holds, most frequent first', async () => {
    assert.deepEqual(await ask({ kind: 'sample-values', table: place, column: 'code', limit: 5 }), {
      kind: 'sample-values', values: [{ value: 'a', count: 3 }, { value: 'b', count: 2 }], more: false,
    });
    assert.deepEqual(await ask({ kind: 'sample-values', table: place, column: 'code', limit: 1 }), {
      kind: 'sample-values', values: [{ value: 'a', count: 3 }], more: true,
    });
    const wide = await ask({ kind: 'sample-values', table: table('wide'), column: 'value', limit: 40 });
    assert.ok(wide?.kind === 'sample-values');
    assert.equal(wide.values.find(({ value }) => value.startsWith('long'))?.value.length, 200);
  });

  it('what stands in the way of a unique key', async () => {
    assert.deepEqual(await ask({ kind: 'duplicate-count', table: place, columns: ['code', 'region'] }), {
      kind: 'duplicate-count', count: 1, keys: 1, examples: [{ values: ['a', 'north'], count: 2 }],
    });
    assert.deepEqual(await ask({ kind: 'duplicate-count', table: place, columns: ['code', 'region'], nullsNotDistinct: true }), {
      kind: 'duplicate-count', count: 2, keys: 2, examples: [{ values: ['a', 'north'], count: 2 }, { values: ['b', null], count: 2 }],
    });
    assert.deepEqual(await ask({ kind: 'duplicate-count', table: place, columns: ['id'] }), { kind: 'duplicate-count', count: 0, keys: 0, examples: [] });
    const wide = await ask({ kind: 'duplicate-count', table: table('wide'), columns: ['value'] });
    assert.ok(wide?.kind === 'duplicate-count' && wide.count === 2970 && wide.keys === 30 && wide.examples.length === 5);
  });

  it('what points to nothing', async () => {
    const question: FactQuestion = { kind: 'orphan-count', table: place, columns: ['parent'], references: { ...place, columns: ['id'] } };
    assert.deepEqual(await ask(question), {
      kind: 'orphan-count', count: 3, examples: [{ values: ['7'], count: 2 }, { values: ['8'], count: 1 }],
    });
    const pair: FactQuestion = { kind: 'orphan-count', table: place, columns: ['code', 'region'], references: { ...place, columns: ['code', 'region'] } };
    assert.deepEqual(await ask(pair), { kind: 'orphan-count', count: 0, examples: [] });
  });

  it('names that need quotes', async () => {
    const column = 'a "b" \'c\'';
    assert.deepEqual(await ask({ kind: 'null-count', table: odd, column }), { kind: 'null-count', count: 1, rows: 3 });
    assert.deepEqual(await ask({ kind: 'duplicate-count', table: odd, columns: [column, 'select'] }), {
      kind: 'duplicate-count', count: 1, keys: 1, examples: [{ values: ['x', '1'], count: 2 }],
    });
  });

  const many: readonly FactQuestion[] = [
    { kind: 'row-count', table: place },
    { kind: 'null-count', table: place, column: 'status' },
    { kind: 'non-null-count', table: place, column: 'status' },
    { kind: 'null-count', table: place, column: 'note' },
    { kind: 'values-outside-labels', table: place, column: 'status', labels: ['NEW'] },
    { kind: 'sample-values', table: place, column: 'code', limit: 3 },
    { kind: 'duplicate-count', table: place, columns: ['code'] },
    { kind: 'null-count', table: table('wide'), column: 'value' },
    { kind: 'row-count', table: table('big') },
  ];

  it('many questions in one round trip a table', async () => {
    const proxy = await startProxy(server.port);
    const far = await open(server.url('rows').replace(`:${server.port}/`, `:${proxy.port}/`) + '?sslmode=disable');
    const before = proxy.roundTrips();
    const { facts, problems } = await answerFacts(far, [...many, ...many]);
    // begin, look up, commit; begin, three tables, commit
    assert.equal(proxy.roundTrips() - before, 8);
    await far.close();
    proxy.tcp.close();
    assert.deepEqual(problems, []);
    assert.equal(facts.size, many.length);
    for (const question of many) {
      assert.equal(answerTo(facts, question)?.kind, question.kind);
      assert.deepEqual(facts.get(factKey(question)), await ask(question));
    }
    assert.deepEqual((await answerFacts(far, [])).facts.size, 0);
  });

  it('one question that fails takes no other along', async () => {
    const questions: readonly FactQuestion[] = [
      { kind: 'null-count', table: place, column: 'status' },
      { kind: 'duplicate-count', table: place, columns: ['doc'] },
      { kind: 'orphan-count', table: place, columns: ['status'], references: { ...place, columns: ['id'] } },
      { kind: 'null-count', table: place, column: 'nowhere' },
      { kind: 'row-count', table: table('nowhere') },
      { kind: 'orphan-count', table: place, columns: ['parent'], references: { schema: 'no', name: 'where', columns: ['id'] } },
      { kind: 'null-count', table: table('wide'), column: 'value' },
    ];
    const answered = await answerFacts(database, questions);
    assert.deepEqual(questions.map((question) => answered.facts.get(factKey(question))?.kind), [
      'null-count', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'null-count',
    ]);
    const said = reasons(answered).join('\n');
    for (const expected of [/no column nowhere/, /no table nowhere/, /no table no\.where/, /rows of place could not be looked at: could not identify an equality operator for type json/, /operator does not exist/]) {
      assert.match(said, expected);
    }
    assert.equal(answered.problems.length, 5);
  });

  it('what takes too long is stopped, and the next table is asked', async () => {
    await server.query("CREATE VIEW slow AS SELECT 1 AS id FROM pg_sleep(30); CREATE VIEW slower AS SELECT pg_sleep(30)::text AS id", 'rows');
    const questions: readonly FactQuestion[] = [
      { kind: 'null-count', table: table('slow'), column: 'id' },
      { kind: 'sample-values', table: table('slow'), column: 'id', limit: 3 },
      { kind: 'null-count', table: place, column: 'status' },
    ];
    const started = performance.now();
    const answered = await answerFacts(database, questions, { statementTimeout: 200 });
    assert.ok(performance.now() - started < 5000);
    assert.deepEqual([...answered.facts.values()].map((answer) => answer.kind), ['unknown', 'unknown', 'null-count']);
    assert.match(reasons(answered)[0] ?? '', /rows of slow took longer than 0\.2 s/);
  });

  it('a user without the right is told, and hidden rows are not counted as absent', async () => {
    const guest = await open(urlFor(server.url('rows'), 'guest', 'x'));
    const questions: readonly FactQuestion[] = [
      { kind: 'null-count', table: place, column: 'status' },
      { kind: 'null-count', table: place, column: 'secret' },
      { kind: 'null-count', table: table('big'), column: 'id' },
      { kind: 'row-count', table: table('big') },
      { kind: 'null-count', table: odd, column: 'select' },
      { kind: 'null-count', table: table('hidden'), column: 'mine' },
    ];
    const answered = await answerFacts(guest, questions);
    await guest.close();
    assert.deepEqual([...questions].map((question) => answered.facts.get(factKey(question))?.kind), ['null-count', 'unknown', 'unknown', 'row-count', 'unknown', 'unknown']);
    assert.match(reasons(answered).join('\n'), /User guest may not read the table place\. Ask its owner to GRANT SELECT/);
    assert.match(reasons(answered).join('\n'), /Row level security hides rows of hidden from user guest/);
  });

  it('a broken connection rejects instead of answering', async () => {
    const other = await open(server.url('rows'));
    await other.close();
    await assert.rejects(answerFacts(other, many));
  });

  it('keys are the same for the same question', () => {
    const labels = ['a', 'b'];
    assert.equal(
      factKey({ kind: 'values-outside-labels', table: { schema: null, name: 't' }, column: 'c', labels }),
      factKey({ labels: [...labels], column: 'c', table: { name: 't', schema: null }, kind: 'values-outside-labels' }),
    );
    const base: FactQuestion = { kind: 'duplicate-count', table: place, columns: ['a'] };
    assert.equal(factKey(base), factKey({ ...base, nullsNotDistinct: false }));
    const narrow = (most: number): FactQuestion => ({ kind: 'values-outside-type', table: place, column: 'code', type: { kind: 'length', most } });
    assert.equal(factKey(narrow(3)), factKey(narrow(3)));
    assert.notEqual(factKey(narrow(3)), factKey(narrow(4)));
    assert.notEqual(factKey(base), factKey({ ...base, nullsNotDistinct: true }));
    assert.notEqual(factKey({ kind: 'row-count', table: { schema: 'a', name: 'b' } }), factKey({ kind: 'row-count', table: { schema: null, name: 'a.b' } }));
  });
});
