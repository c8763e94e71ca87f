/** The yardstick of the main job: what a careful engineer wrote passes it, and what loses or leaves something behind does not. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/paths';
import { pgDumpMajor, startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { RoundTripFailure, migrationRoundTrip } from './round-trip';
import type { RoundTrip } from './round-trip';
import { projectFolder, readSample } from './sample';

describe('migration round trip', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres({ major: pgDumpMajor }));
  });
  after(() => server?.stop());

  it('holds for what a careful engineer wrote for the scraper', async () => {
    const sample = readSample('scraper');
    const text = readFileSync(path.join(projectRoot, 'test', 'alembic', 'scraper.careful.py'), 'utf8');
    const { before, upgraded } = await migrationRoundTrip({
      server, python, project: sample.folder, rows: path.join(sample.folder, sample.rows), changes: sample,
      draft: () => ({ path: 'alembic/versions/careful.py', text }),
    });
    assert.deepEqual(Object.keys(before.rows.tables).sort(), ['batch_job', 'contact', 'domain', 'job', 'local_business', 'place', 'sitemap']);
    for (const rows of Object.values(before.rows.tables)) assert.ok(rows.length >= 5);
    assert.equal(upgraded.rows.tables['sitemap']!.length, before.rows.tables['sitemap']!.length);
    assert.equal(before.schema.filter((line) => line.startsWith('enum ')).length, 0);
    assert.equal(upgraded.schema.filter((line) => line.startsWith('enum ')).length, 7);
    assert.equal(before.rows.tables['job']!.filter((row) => row['status'] === 'pending').length, 2);
    assert.equal(upgraded.rows.tables['job']!.filter((row) => row['status'] === 'PENDING').length, 2);
  });

  /** Drafts on the healthy project; each keeps its models out of it (`check: false`). */
  const failing: readonly (readonly [name: string, upgrade: Statements, downgrade: Statements, stage: string, detail: RegExp])[] = [
    ['a rename done as add and drop', [`op.add_column('book', sa.Column('name', sa.String()))`, `op.drop_constraint('book_author_id_title_key', 'book')`, `op.drop_column('book', 'title')`],
      ['pass'], 'rows after the upgrade', /column book\.title is gone, with 3 values/],
    ['a value that changes', [`op.execute("UPDATE book SET pages = 524 WHERE pages = 523")`], ['pass'], 'rows after the upgrade', /book: missing .*"pages":"523"/],
    ['a row that goes', [`op.execute("DELETE FROM loan WHERE state = 'lost'")`], ['pass'], 'rows after the upgrade', /loan: missing .*"state":"lost"/],
    ['a row too many', [`op.execute("INSERT INTO author (id, name) VALUES (99, 'N. N.')")`], ['pass'], 'rows after the upgrade', /author: not expected .*"99"/],
    ['a sequence that is moved', [`op.execute("SELECT nextval('book_id_seq')")`], ['pass'], 'rows after the upgrade', /sequence of book\.id/],
    ['an enum type left behind', [`sa.Enum('a', 'b', name='shelf').create(op.get_bind())`], ['pass'], 'schema after the downgrade', /enum public\.shelf/],
    ['a constraint that comes back under another name', [`op.drop_constraint('book_pages_check', 'book')`], [`op.create_check_constraint('book_pages', 'book', 'pages > 0')`],
      'schema after the downgrade', /- constraint book_pages_check[\s\S]*\+ constraint book_pages /],
    ['a default that is not restored', [`op.alter_column('book', 'language', server_default=None)`], ['pass'], 'schema after the downgrade', /- column public\.book\.language/],
    ['rows that do not come back', ['pass'], [`op.execute("UPDATE author SET born = NULL")`], 'rows after the downgrade', /author: missing/],
    ['an upgrade that fails', [`op.create_foreign_key('fk', 'book', 'nowhere', ['id'], ['id'])`], ['pass'], 'upgrade', /UndefinedTable/],
    ['a downgrade that fails', [`op.create_index('ix', 'book', ['pages'])`], [`op.drop_index('iy', table_name='book')`], 'downgrade', /UndefinedObject/],
    // a role belongs to no database: nothing shows before the second time
    ['an upgrade that works only once', [`op.execute("CREATE ROLE librarian")`], ['pass'], 'second upgrade', /already exists/],
  ];
  for (const [name, upgrade, downgrade, stage, detail] of failing) {
    it(`does not hold for ${name}`, async () => {
      await assert.rejects(migrationRoundTrip(onHealthy(upgrade, downgrade)), (error: unknown) => {
        assert.ok(error instanceof RoundTripFailure, String(error));
        assert.equal(error.stage, stage, error.message);
        assert.match(error.message, detail);
        return true;
      });
    });
  }

  it('does not hold when alembic check finds more to do', async () => {
    await assert.rejects(migrationRoundTrip({ ...onHealthy([`op.add_column('book', sa.Column('extra', sa.Text()))`], [`op.drop_column('book', 'extra')`]), check: true }), /alembic check:[\s\S]*extra/);
  });

  it('takes the meant changes of rows into account', async () => {
    await migrationRoundTrip({
      ...onHealthy(
        [
          `op.alter_column('book', 'title', new_column_name='name')`,
          `op.rename_table('loan', 'lending')`,
          `op.execute("UPDATE book SET pages = 1 WHERE pages IS NULL")`,
          `op.execute("UPDATE book SET language = 'gd' WHERE language = 'ga'")`,
          `op.add_column('book', sa.Column('shelf', sa.Text(), server_default='A', nullable=False))`,
        ],
        [`op.drop_column('book', 'shelf')`, `op.rename_table('lending', 'loan')`, `op.alter_column('book', 'name', new_column_name='title')`],
      ),
      changes: {
        renames: ['book.title=book.name', 'loan=lending'],
        valueMappings: [{ table: 'book', column: 'language', mapping: { ga: 'gd' } }],
        backfills: [{ table: 'book', column: 'pages', value: '1' }],
        newColumns: [{ table: 'book', column: 'shelf', value: 'A' }],
      },
    });
  });

  function onHealthy(upgrade: Statements, downgrade: Statements): RoundTrip {
    const folder = projectFolder('healthy');
    const text = [
      `from alembic import op`, `import sqlalchemy as sa`, '', `revision = 'feed00000001'`, `down_revision = 'c93d10a7b642'`, '',
      `def upgrade():`, ...upgrade.map((line) => `    ${line}`), '', `def downgrade():`, ...downgrade.map((line) => `    ${line}`), '',
    ].join('\n');
    return { server, python, project: folder, rows: path.join(folder, 'rows.sql'), draft: () => ({ path: 'migrations/versions/draft.py', text }), check: false };
  }
});

type Statements = readonly string[];
