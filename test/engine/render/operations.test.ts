import assert from 'node:assert/strict';
import type { Operation } from '../../../src/engine/operations/operation';
import { renderOperation } from '../../../src/engine/render/operations';
import { layout, call, keyword, pythonString } from '../../../src/engine/render/python-layout';
import { plainColumn, plainForeignKey, plainIndex, plainPrimaryKey, plainTable, plainUnique } from '../../../src/engine/schema/plain';
import type { ColumnType } from '../../../src/engine/schema/schema';

const text = (operation: Operation): string => renderOperation(operation, { labelsOf: (type) => (type.name === 'job_status' ? ['NEW', 'DONE'] : undefined) }).lines.join('\n');
const status: ColumnType = { kind: 'enum', schema: null, name: 'job_status', dimensions: 0 };

describe('renderOperation', () => {
  it('writes a rename as Alembic documents it', () => {
    assert.equal(text({ kind: 'alter_column', schema: null, table: 'domain', column: 'old', newName: 'new' }), 'op.alter_column("domain", "old", new_column_name="new")');
  });

  it('never lets a type create itself', () => {
    assert.equal(
      text({ kind: 'alter_column', schema: null, table: 'job', column: 'status', type: status, using: 'status::job_status', existing: { type: { kind: 'builtin', name: 'character varying', args: ['32'], dimensions: 0 } } }),
      [
        'op.alter_column(',
        '    "job",',
        '    "status",',
        '    existing_type=sa.String(length=32),',
        '    type_=postgresql.ENUM("NEW", "DONE", name="job_status", create_type=False),',
        '    postgresql_using="status::job_status",',
        ')',
      ].join('\n'),
    );
  });

  it('keeps a literal colon from becoming a bind parameter', () => {
    assert.equal(text({ kind: 'execute', sql: "UPDATE t SET a = 'x :b' WHERE c::text = ':d'", effect: 'data' }), `op.execute("UPDATE t SET a = 'x \\\\:b' WHERE c::text = '\\\\:d'")`);
  });

  it('says what op.add_column cannot: a serial column', () => {
    assert.equal(
      text({ kind: 'add_column', schema: 'app', table: 'Place', column: { ...plainColumn, name: 'id', type: { kind: 'builtin', name: 'integer', args: [], dimensions: 0 }, nullable: false, serial: true } }),
      `op.execute('ALTER TABLE app."Place" ADD COLUMN id SERIAL NOT NULL')`,
    );
  });

  it('names every constraint finally and quotes what PostgreSQL would fold', () => {
    assert.equal(
      text({ kind: 'create_foreign_key', schema: null, table: 'job', constraint: { ...plainForeignKey, name: 'fk_job_domain', columns: ['domain_id'], references: { schema: 'app', name: 'domain', columns: ['id'] }, onDelete: 'CASCADE' } }),
      [
        'op.create_foreign_key(',
        '    op.f("fk_job_domain"),',
        '    "job",',
        '    "domain",',
        '    ["domain_id"],',
        '    ["id"],',
        '    ondelete="CASCADE",',
        '    referent_schema="app",',
        ')',
      ].join('\n'),
    );
    assert.equal(text({ kind: 'rename_index', schema: null, name: 'Old', newName: 'new' }), `op.execute('ALTER INDEX "Old" RENAME TO new')`);
    assert.equal(text({ kind: 'drop_constraint', schema: null, table: 't', name: null, type: 'unique' }), 'op.drop_constraint(None, "t", type_="unique")');
  });

  it('writes expression elements of an index as SQL and the rest as names', () => {
    const element = { column: null, expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false };
    assert.equal(
      text({
        kind: 'create_index',
        schema: null,
        table: 't',
        index: { ...plainIndex, name: 'ix', elements: [{ ...element, expression: { sql: 'lower((email)::text)' } }, { ...element, column: 'created_at', descending: true, nullsFirst: true }], where: { sql: 'deleted_at IS NULL' } },
      }),
      [
        'op.create_index(',
        '    op.f("ix"),',
        '    "t",',
        '    [sa.text("lower((email)::text)"), sa.text("created_at DESC")],',
        '    unique=False,',
        '    postgresql_where=sa.text("deleted_at IS NULL"),',
        ')',
      ].join('\n'),
    );
  });

  it('writes a table with its keys inside', () => {
    const lines = text({
      kind: 'create_table',
      table: {
        ...plainTable,
        schema: null,
        name: 't',
        columns: [
          { ...plainColumn, name: 'id', type: { kind: 'builtin', name: 'bigint', args: [], dimensions: 0 }, nullable: false, serial: true },
          { ...plainColumn, name: 'status', type: status, nullable: false, default: { sql: "'NEW'" } },
        ],
        primaryKey: { ...plainPrimaryKey, name: 'pk_t', columns: ['id'] },
        uniques: [{ ...plainUnique, name: 'uq_t', columns: ['status'], nullsNotDistinct: true }],
      },
    });
    assert.match(lines, /sa\.Column\("id", sa\.BigInteger\(\), autoincrement=True, nullable=False\)/);
    assert.match(lines, /server_default="NEW"/);
    assert.match(lines, /sa\.PrimaryKeyConstraint\("id", name=op\.f\("pk_t"\)\)/);
    assert.match(lines, /postgresql_nulls_not_distinct=True/);
  });
});

describe('layout', () => {
  it('puts what fits on one indented line, and else one item a line with a trailing comma', () => {
    const code = call('op.add_column', [pythonString('a_table_with_a_long_name'), call('sa.Column', [pythonString('another_long_name'), 'sa.Integer()', keyword('nullable', 'False')])]);
    assert.deepEqual(layout(code, 4), ['    op.add_column(', '        "a_table_with_a_long_name",', '        sa.Column("another_long_name", sa.Integer(), nullable=False),', '    )']);
    assert.deepEqual(layout(call('f', ['a', 'b']), 4), ['    f(a, b)']);
  });

  it('chooses the quotes that need fewer escapes', () => {
    assert.equal(pythonString('say "hi"'), `'say "hi"'`);
    assert.equal(pythonString(`it's "x"`), `'it\\'s "x"'`);
    assert.equal(pythonString("it's"), `"it's"`);
  });
});
