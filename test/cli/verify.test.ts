import assert from 'node:assert/strict';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { runCli, sampleFolder } from './run-cli';

describe('the command line verifies and describes a database', function () {
  this.timeout(120_000);
  const cwd = sampleFolder('healthy');
  let server: PostgresServer;
  let python: PythonEnvironment;
  let url: string;
  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    url = await server.createDatabase('verified');
    await python.alembic(cwd, ['upgrade', 'head'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
  });
  after(() => server?.stop());
  const verify = (...args: readonly string[]) => runCli(['verify', '--database', url, ...args], { cwd });

  it('that is as its models and its history say', async () => {
    const { code, out, err } = await verify();
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /It is at c93d10a7b642: nothing is left to apply\.\n\nagainst the models: 4 the same\n {2}same: author, book, loan, enum type loan_state\n/);
    assert.match(out, /\nagainst the history: 4 the same\n/);
    assert.match(out, /\n\nThe database is as it should be\.\n$/);
    assert.ok(!out.includes(server.password));
    const { out: page } = await verify('--format', 'markdown', '--against', 'models');
    assert.match(page, /^# Database verified\n\n\*\*The database is as it should be\.\*\*\n/);
    assert.ok(!page.includes('history') && page.includes('- table `book`: 5 columns, primary key, 1 unique constraint, 1 foreign key, 1 check, 2 indexes\n'), page);
  });

  it('that lacks revisions: the models ask for them, the history does not', async () => {
    await python.alembic(cwd, ['downgrade', '-1'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
    const models = await verify('--against', 'models');
    assert.equal(models.code, 1);
    assert.match(models.out, /1 revision not applied yet: c93d10a7b642/);
    const history = await verify('--against', 'history');
    assert.deepEqual([history.code, history.err], [0, '']);
    assert.match(history.out, /1 revision not applied yet.*\n\nagainst the history: \d the same\n/);
    await python.alembic(cwd, ['upgrade', 'head'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
  });

  it('that somebody changed by hand, each part with both sides', async () => {
    await server.query(
      `alter table author alter column name type varchar(100), alter column born set not null, add column nick text default 'a|b';
       alter table book drop constraint book_pages_check, alter column language set default 'de', alter column title set default 'x';
       drop index ix_loan_open; create index ix_loan_open on loan (book_id) where state = 'lost';
       create index by_hand on loan (since);
       alter type loan_state add value 'stolen' before 'lost';
       create table legacy (id int primary key, a int); create view seen as select 1 as one; create sequence counter;`,
      'verified',
    );
    const { code, out } = await verify('--json');
    assert.equal(code, 1);
    const told = JSON.parse(out) as { format: number; differs: boolean; sides: { against: string; objects: { kind: string; name: string; status: string; parts: { kind: string; name: string; status: string; expected: string | null; actual: string | null }[] }[] }[] };
    assert.deepEqual([told.format, told.differs, told.sides.map(({ against }) => against)], [1, true, ['models', 'history']]);
    const parts = [
      ['author', 'type', 'name', 'different', 'character varying(200)', 'character varying(100)'],
      ['author', 'nullability', 'born', 'different', 'NULL', 'NOT NULL'],
      ['author', 'column', 'nick', 'extra', null, `nick text DEFAULT 'a|b'`],
      ['book', 'default', 'title', 'different', 'none', `'x'`],
      ['book', 'default', 'language', 'different', `'en'`, `'de'`],
      ['book', 'check', 'book_pages_check', 'missing', 'CONSTRAINT book_pages_check CHECK (pages > 0)', null],
      ['loan', 'index', 'ix_loan_open', 'different', `UNIQUE INDEX ix_loan_open (book_id) WHERE state = 'open'`, `INDEX ix_loan_open (book_id) WHERE state = 'lost'::loan_state`],
      ['loan', 'index', 'by_hand', 'extra', null, 'INDEX by_hand (since)'],
    ];
    for (const side of told.sides) {
      const found = side.objects.flatMap(({ name, parts: all }) => all.filter(({ status }) => status !== 'same').map((part) => [name, part.kind, part.name, part.status, part.expected, part.actual]));
      assert.deepEqual(found.map((part) => part.slice(0, 4)), parts.map((part) => part.slice(0, 4)), side.against);
      if (side.against === 'models') assert.deepEqual(found, parts);
      const whole = side.objects.filter(({ parts: all }) => all.length === 0).map(({ kind, name, status }) => `${kind} ${name} ${status}`);
      // A sequence and a view may be anybody's to the models; the history knows that it made none.
      assert.deepEqual(whole, ['table legacy extra', 'enum type loan_state different', ...(side.against === 'models' ? ['sequence counter same'] : ['sequence counter extra', 'view seen extra'])]);
    }

    const { out: text } = await verify('--against', 'models', '--keep', 'public.legacy');
    assert.match(text, /\nagainst the models: 4 differ, 1 the same, 1 left alone\n {2}differs: table author\n {4}differs: type of column name\n {6}models {4}character varying\(200\)\n {6}database {2}character varying\(100\)\n/);
    assert.match(text, /\n {4}only in the database: column nick\n {6}database {2}nick text DEFAULT 'a\|b'\n/);
    assert.match(text, /\n {2}left alone: legacy\n/);
    assert.match((await verify('--keep', 'nowhere')).err, /--keep nowhere: the database has no such table/);
    const { out: page } = await verify('--format', 'markdown');
    assert.ok(page.includes(`| **only in the database** | column nick |  | \`nick text DEFAULT 'a\\|b'\` |  |\n`), page);
    assert.ok(page.includes(`| **differs** | enum type \`loan_state\` | models: \`'open', 'returned', 'lost'\`<br>database: \`'open', 'returned', 'stolen', 'lost'\` |\n`), page);
  });

  it('at a revision that no file has', async () => {
    await server.query(`update alembic_version set version_num = 'feedfeedfeed'`, 'verified');
    const { code, out } = await verify('--against', 'history');
    assert.equal(code, 1);
    assert.match(out, /It is at feedfeedfeed, which no file has\.\n {2}What feedfeedfeed did is in no file, so the database was not held against its history\.\n/);
  });

  it('as psql shows it', async () => {
    const { code, out } = await runCli(['describe', 'LOAN', '--database', url]);
    assert.equal(code, 0);
    assert.match(out, /^ +Table "public\.loan"\n +Column +\| +Type +\| Collation \| Nullable \| +Default +\n-+\+/);
    assert.match(out, /\nForeign-key constraints:\n {4}"loan_book_id_fkey" FOREIGN KEY \(book_id\) REFERENCES book\(id\)\n\n$/);
    const types = await runCli(['types'], { env: { DATABASE_URL: url } });
    assert.match(types.out, /^ +List of data types\n[^]*\| lost +\|/);
    await server.query('create schema other; create table other.place (a int)', 'verified');
    const lost = await runCli(['describe', 'place', '--database', url]);
    assert.deepEqual([lost.code, lost.out], [4, '']);
    assert.match(lost.err, /has no table or view place on the search path\. Did you mean other\.place\?/);
    assert.match((await runCli(['describe', '--database', url])).err, /Name one table/);
    assert.match((await runCli(['types'])).err, /Name the database/);
  });
});
