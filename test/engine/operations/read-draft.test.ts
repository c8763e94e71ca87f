import assert from 'node:assert/strict';
import fc from 'fast-check';
import { autogenerate } from '../../../src/engine/autogenerate';
import type { Draft } from '../../../src/engine/operations/draft';
import type { Operation, OperationBody } from '../../../src/engine/operations/operation';
import { readDraft } from '../../../src/engine/operations/read-draft';
import { Reading } from '../../../src/engine/python/evaluate';
import { renderBody } from '../../../src/engine/render/body';
import { noAnswers, type Answers } from '../../../src/engine/questions';
import type { Column, Schema } from '../../../src/engine/schema/schema';
import { readConvention } from '../../../src/engine/sqlalchemy/naming';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { formatMessage } from '../../../src/engine/text/problem';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';
import { schemaArb } from '../autogenerate/schemas';

const path = '/project/versions/a.py';

describe('reading drafts', () => {
  let sql: SqlParser;
  before(async () => {
    sql = await loadSqlParser();
  });

  function read(text: string, files: Readonly<Record<string, string>> = {}): Draft {
    const reading = new Reading({ files: new Map(Object.entries({ ...files, [path]: text })), roots: ['/project'] });
    const draft = readDraft(reading, path, { sql }).value;
    assert.ok(draft !== null);
    return draft;
  }
  const script = (body: string, before = ''): string =>
    `from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n${before}\n\ndef upgrade():\n${body
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n')}\n\n\ndef downgrade():\n    pass\n`;
  const upgrade = (body: string, before = ''): readonly Operation[] => read(script(body, before)).upgrade;
  const bodies = (body: string, before = ''): readonly OperationBody[] => upgrade(body, before).map(bare);
  const kinds = (body: string, before = ''): readonly string[] => upgrade(body, before).map((operation) => operation.kind);
  const column = (operation: Operation | undefined): Column => {
    assert.ok(operation?.kind === 'add_column');
    return operation.column;
  };

  const simple: readonly (readonly [string, OperationBody])[] = [
    [`op.drop_table("a", schema="app", if_exists=True)`, { kind: 'drop_table', schema: 'app', name: 'a', ifExists: true }],
    [`op.drop_table("a", schema="public")`, { kind: 'drop_table', schema: null, name: 'a' }],
    [`op.rename_table("a", "b", schema="app")`, { kind: 'rename_table', schema: 'app', name: 'a', newName: 'b' }],
    [`op.drop_column("a", column_name="b")`, { kind: 'drop_column', schema: null, table: 'a', column: 'b' }],
    [`op.create_table_comment("a", "text", existing_comment=None)`, { kind: 'create_table_comment', schema: null, table: 'a', comment: 'text' }],
    [`op.drop_table_comment("a")`, { kind: 'drop_table_comment', schema: null, table: 'a' }],
    [`op.drop_constraint(op.f("a_fkey"), "a", type_="foreignkey")`, { kind: 'drop_constraint', schema: null, table: 'a', name: 'a_fkey', type: 'foreignkey' }],
    [`op.drop_constraint(None, "a", "unique")`, { kind: 'drop_constraint', schema: null, table: 'a', name: null, type: 'unique' }],
    [`op.drop_index("i", "a", postgresql_concurrently=True)`, { kind: 'drop_index', schema: null, name: 'i', table: 'a', concurrently: true }],
    [`op.drop_index(index_name="i")`, { kind: 'drop_index', schema: null, name: 'i', table: null }],
    [`op.alter_column("a", "b", new_column_name="c")`, { kind: 'alter_column', schema: null, table: 'a', column: 'b', newName: 'c' }],
    [`op.alter_column("a", "b", nullable=False, existing_type=sa.Text(), server_default=None)`, { kind: 'alter_column', schema: null, table: 'a', column: 'b', nullable: false, default: null, existing: { type: { kind: 'builtin', name: 'text', args: [], dimensions: 0 } } }],
    [`op.alter_column("a", "b", server_default=sa.text("now()"), comment="x")`, { kind: 'alter_column', schema: null, table: 'a', column: 'b', default: { sql: 'now()' }, comment: 'x' }],
    [
      `op.alter_column("a", "b", type_=sa.Enum("x", name="mood"), existing_nullable=True, postgresql_using="b::mood")`,
      { kind: 'alter_column', schema: null, table: 'a', column: 'b', type: { kind: 'enum', schema: null, name: 'mood', dimensions: 0, labels: ['x'] }, using: 'b::mood', existing: { nullable: true } },
    ],
    [`op.execute("DROP TYPE mood")`, { kind: 'drop_enum', schema: null, name: 'mood', checkFirst: false }],
    [`op.execute(sa.text("ALTER INDEX a RENAME TO b"))`, { kind: 'rename_index', schema: null, name: 'a', newName: 'b' }],
    [`op.get_bind().execute(sa.text("ALTER TABLE a RENAME TO b"))`, { kind: 'rename_table', schema: null, name: 'a', newName: 'b' }],
    [`conn = op.get_bind()\nconn.exec_driver_sql("DROP INDEX i")`, { kind: 'drop_index', schema: null, name: 'i', table: null }],
    [`op.execute(r"UPDATE a SET b = 'x\\:y' WHERE c = :c")`, { kind: 'execute', sql: "UPDATE a SET b = 'x\\:y' WHERE c = :c", effect: 'data', writes: [{ schema: null, name: 'a', column: 'b', from: [] }] }],
    [`sa.Enum("a", "b", name="mood").create(op.get_bind(), checkfirst=True)`, { kind: 'create_enum', enum: { schema: null, name: 'mood', labels: ['a', 'b'], comment: null, extension: null }, checkFirst: true }],
    [`sa.Enum("a", name="mood").create(op.get_bind())`, { kind: 'create_enum', enum: { schema: null, name: 'mood', labels: ['a'], comment: null, extension: null }, checkFirst: false }],
    [`postgresql.ENUM("a", name="mood", schema="app").create(op.get_bind())`, { kind: 'create_enum', enum: { schema: 'app', name: 'mood', labels: ['a'], comment: null, extension: null }, checkFirst: true }],
    [`sa.Enum(name="mood").drop(op.get_bind(), checkfirst=False)`, { kind: 'drop_enum', schema: null, name: 'mood', checkFirst: false }],
  ];
  for (const [text, expected] of simple) {
    it(text, () => assert.deepEqual(bodies(text), [expected]));
  }

  it('reads a table with everything in it, and what comes along with it', () => {
    const operations = upgrade(
      `op.create_table(
    "place",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("mood", sa.Enum("sad", "ok", name="mood"), server_default="ok", nullable=False),
    sa.Column("other", sa.Enum("sad", "ok", name="mood")),
    sa.Column("kept", postgresql.ENUM("x", name="kept", create_type=False)),
    sa.Column("email", sa.String(80), index=True, unique=True),
    sa.Column("job_id", sa.BigInteger(), sa.ForeignKey("job.id", ondelete="CASCADE")),
    sa.CheckConstraint("id > 0", name=op.f("ck_place_id")),
    sa.UniqueConstraint("email", "mood", name="uq_place"),
    sa.PrimaryKeyConstraint("id"),
    schema="app",
    comment="Places",
)`,
    );
    assert.deepEqual(operations.map((operation) => operation.kind), ['create_enum', 'create_table', 'create_index']);
    const [type, create, index] = operations;
    assert.ok(type?.kind === 'create_enum' && create?.kind === 'create_table' && index?.kind === 'create_index');
    assert.deepEqual([type.implicit, type.checkFirst, type.enum.labels, type.source?.editable], [true, false, ['sad', 'ok'], false]);
    assert.deepEqual([create.table.schema, create.table.comment, create.table.primaryKey?.columns, create.source?.editable], ['app', 'Places', ['id'], true]);
    assert.deepEqual(create.table.columns.map((one) => [one.name, one.nullable, one.serial, one.default?.sql ?? null]), [
      ['id', false, true, null],
      ['mood', false, false, "'ok'"],
      ['other', true, false, null],
      ['kept', true, false, null],
      ['email', true, false, null],
      ['job_id', true, false, null],
    ]);
    assert.deepEqual(create.table.foreignKeys.map((key) => [key.columns, key.references, key.onDelete]), [[['job_id'], { schema: null, name: 'job', columns: ['id'] }, 'CASCADE']]);
    assert.deepEqual(create.table.checks.map((check) => [check.name, check.expression.sql]), [['ck_place_id', 'id > 0']]);
    assert.deepEqual(create.table.uniques.map((unique) => [unique.name, unique.columns]), [['uq_place', ['email', 'mood']]]);
    assert.deepEqual([index.schema, index.table, index.index.name, index.index.unique], ['app', 'place', 'ix_app_place_email', true]);
  });

  it('creates a type of two tables once in a run, as SQLAlchemy does', () => {
    const table = (name: string): string => `op.create_table("${name}", sa.Column("mood", mood))`;
    assert.deepEqual(kinds(`mood = sa.Enum("a", name="mood")\n${table('a')}\n${table('b')}`), ['create_enum', 'create_table', 'create_table']);
  });

  it('reads a column with its constraints, which come along with it', () => {
    const operations = upgrade(`op.add_column("a", sa.Column("b", sa.String(5), sa.ForeignKey("c.d"), unique=True, server_default=sa.text("f(1)"), nullable=False))`);
    assert.deepEqual(operations.map((operation) => [operation.kind, operation.source?.editable]), [
      ['add_column', true],
      ['create_unique_constraint', false],
      ['create_foreign_key', false],
    ]);
    assert.deepEqual([column(operations[0]).default, column(operations[0]).nullable], [{ sql: 'f(1)' }, false]);
  });

  it('reads indexes of any kind', () => {
    const [index] = upgrade(
      `op.create_index("i", "a", ["b", sa.text("lower(c) DESC")], unique=True, postgresql_using="gin", postgresql_where=sa.text("b > 0"), postgresql_include=["d"], postgresql_ops={"b": "text_ops"}, postgresql_with={"fillfactor": 70}, postgresql_concurrently=True, if_not_exists=True)`,
    );
    assert.ok(index?.kind === 'create_index');
    assert.deepEqual([index.concurrently, index.ifNotExists, index.index.unique, index.index.method, index.index.where, index.index.include, index.index.options], [true, true, true, 'gin', { sql: 'b > 0' }, ['d'], { fillfactor: '70' }]);
    assert.deepEqual(
      index.index.elements.map((element) => [element.column, element.expression?.sql ?? null, element.operatorClass, element.descending, element.nullsFirst]),
      [
        ['b', null, 'text_ops', false, false],
        [null, 'lower(c)', null, true, true],
      ],
    );
  });

  it('reads foreign keys, keys and exclusions with their options', () => {
    const [key, primary, unique, check, exclude] = upgrade(`op.create_foreign_key(None, "a", "b", ["c"], ["d"], ondelete="SET NULL", onupdate="CASCADE", deferrable=True, initially="DEFERRED", match="FULL", source_schema="s", referent_schema="r", postgresql_not_valid=True)
op.create_primary_key("pk", "a", ("b", "c"))
op.create_unique_constraint("uq", "a", ["b"], postgresql_nulls_not_distinct=True)
op.create_check_constraint("ck", "a", sa.column("b") > 0)
op.create_exclude_constraint("ex", "a", (sa.column("b"), "="), (sa.text("tstzrange(c, d)"), "&&"), where=sa.text("e"), using="gist")`);
    assert.ok(key?.kind === 'create_foreign_key' && primary?.kind === 'create_primary_key' && unique?.kind === 'create_unique_constraint' && check?.kind === 'create_check_constraint' && exclude?.kind === 'create_exclude_constraint');
    const { constraint } = key;
    assert.deepEqual([key.schema, key.table, constraint.name, constraint.references], ['s', 'a', null, { schema: 'r', name: 'b', columns: ['d'] }]);
    assert.deepEqual([constraint.onDelete, constraint.onUpdate, constraint.deferrable, constraint.initiallyDeferred, constraint.match, constraint.notValid], ['SET NULL', 'CASCADE', true, true, 'FULL', true]);
    assert.deepEqual([primary.constraint.columns, unique.constraint.nullsNotDistinct, check.constraint.expression.sql], [['b', 'c'], true, 'b > 0']);
    assert.deepEqual([exclude.constraint.elements.map((element) => [element.column, element.expression?.sql ?? null, element.operator]), exclude.constraint.where], [[['b', null, '='], [null, 'tstzrange(c, d)', '&&']], { sql: 'e' }]);
  });

  it('names what a draft leaves unnamed by the convention of the models, as Alembic does', () => {
    const at = { path, range: { start: 0, end: 0 } };
    const text = (value: string) => ({ kind: 'string' as const, value, at });
    const convention = readConvention({ kind: 'dict', entries: [[text('fk'), text('fk_%(table_name)s_%(column_0_name)s')], [text('uq'), text('uq_%(table_name)s_%(column_0_name)s')], [text('pk'), text('pk_%(table_name)s')]], at });
    const source = script(`op.create_foreign_key(None, "a", "b", ["c"], ["d"])\nop.create_unique_constraint("given", "a", ["c"])\nop.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))\nop.add_column("a", sa.Column("e", sa.Text(), unique=True))`);
    const draft = readDraft(new Reading({ files: new Map([[path, source]]), roots: [] }), path, { sql, convention }).value;
    const names = draft?.upgrade.flatMap((operation) => ('constraint' in operation ? [operation.constraint.name] : operation.kind === 'create_table' ? [operation.table.primaryKey?.name] : []));
    assert.deepEqual(names, ['fk_a_c', 'given', 'pk_t', 'uq_a_e']);
  });

  it('reads batches', () => {
    const operations = bodies(`with op.batch_alter_table("a", schema="app") as batch_op:
    batch_op.add_column(sa.Column("b", sa.Text()))
    batch_op.alter_column("c", new_column_name="d")
    batch_op.create_foreign_key("fk", "e", ["b"], ["f"])
    batch_op.create_index(batch_op.f("i"), ["b"], unique=True)
    batch_op.drop_constraint("k", type_="check")
    batch_op.drop_column("g")`);
    assert.deepEqual(operations.map((operation) => [operation.kind, 'table' in operation ? operation.table : null, 'schema' in operation ? operation.schema : null]), [
      ['add_column', 'a', 'app'],
      ['alter_column', 'a', 'app'],
      ['create_foreign_key', 'a', 'app'],
      ['create_index', 'a', 'app'],
      ['drop_constraint', 'a', 'app'],
      ['drop_column', 'a', 'app'],
    ]);
    const index = operations[3];
    assert.ok(index?.kind === 'create_index');
    assert.equal(index.index.name, 'i');
  });

  it('follows variables, module constants, loops and helpers, and says which are not written in place', () => {
    const operations = upgrade(
      `mood.create(op.get_bind(), checkfirst=True)
for table in TABLES:
    op.drop_column(table, "x")
add("c")
op.execute(f"ALTER TABLE {TABLES[0]} RENAME TO z")`,
      `TABLES = ("a", "b")\nmood = postgresql.ENUM("x", name="mood", create_type=False)\ndef add(table):\n    op.add_column(table, sa.Column("y", mood))\n`,
    );
    assert.deepEqual(operations.map((operation) => [operation.kind, operation.source?.editable]), [
      ['create_enum', true],
      ['drop_column', false],
      ['drop_column', false],
      ['add_column', false],
      ['rename_table', true],
    ]);
  });

  it('follows helpers of other files', () => {
    const draft = read(script('add_stamps("a")', 'from helpers import add_stamps'), { '/project/helpers.py': 'from alembic import op\nimport sqlalchemy as sa\n\ndef add_stamps(table):\n    op.add_column(table, sa.Column("at", sa.DateTime(timezone=True)))\n' });
    assert.deepEqual(draft.upgrade.map((operation) => [operation.kind, operation.source?.path, operation.source?.editable]), [['add_column', '/project/helpers.py', false]]);
  });

  it('takes data as data, with the columns it writes and what they come from', () => {
    const writes = (body: string): unknown => bodies(body).map((operation) => (operation.kind === 'execute' ? [operation.effect, operation.writes?.map((write) => [write.name, write.column, write.from])] : operation.kind));
    assert.deepEqual(writes(`t = sa.table("a", sa.column("b"), sa.column("c"))\nop.execute(t.update().where(t.c.b == 1).values(b=sa.func.lower(t.c.c)))`), [['data', [['a', 'b', ['c']]]]]);
    assert.deepEqual(writes(`t = sa.table("a", sa.column("b"))\nop.get_bind().execute(sa.update(t).values({"b": 1}))`), [['data', [['a', 'b', []]]]]);
    assert.deepEqual(writes(`op.bulk_insert(sa.table("a", sa.column("b"), sa.column("c")), [{"b": 1}])`), [['data', [['a', 'b', []], ['a', 'c', []]]]]);
    assert.deepEqual(writes(`op.get_bind().execute(sa.select(sa.column("x")))`), [['data', undefined]]);
  });

  it('does not take for safe what it cannot follow', () => {
    const unknowns = (body: string, before = ''): unknown => upgrade(body, before).map((operation) => (operation.kind === 'unknown' ? [formatMessage(operation.reason), operation.tables] : operation.kind));
    assert.deepEqual(unknowns('op.create_type("x")'), [['Alembic has no operation create_type of its own; what it does is not known.', null]]);
    assert.deepEqual(unknowns('op.execute(build())', 'from elsewhere import build'), [['What is executed here could not be read.', null]]);
    assert.deepEqual(unknowns('migrate(op.get_bind())', 'from elsewhere import migrate'), [['What this function does with the database is not known.', null]]);
    assert.deepEqual(unknowns('for row in rows():\n    op.drop_column(row, "x")', 'from elsewhere import rows'), [['What this loops over is not known without running it.', null]]);
    assert.deepEqual(unknowns('for row in rows():\n    op.drop_column("a", "x")', 'from elsewhere import rows'), [['How often this runs hangs on something that is not known.', [{ schema: null, name: 'a' }]]]);
    assert.deepEqual(unknowns('if there():\n    op.drop_column("a", "x")\nelse:\n    op.drop_column("a", "y")', 'from elsewhere import there'), ['drop_column', ['Whether this runs hangs on a condition that is not known.', [{ schema: null, name: 'a' }]]]);
    assert.deepEqual(unknowns('Base.metadata.create_all(bind=op.get_bind())', 'from flask import Base'), [['What this function does with the database is not known.', null]]);
  });

  it('reads what a script does on PostgreSQL', () => {
    const columns = (body: string, before = ''): readonly unknown[] => upgrade(body, before).map((operation) => (operation.kind === 'drop_column' ? operation.column : operation));
    const asking = (condition: string, before = ''): readonly unknown[] => columns(`bind = op.get_bind()\ncontext = op.get_context()\ninspector = sa.inspect(bind)\nif ${condition}:\n    op.drop_column("a", "yes")\nelse:\n    op.execute("PRAGMA x")\n    op.drop_column("a", "no")`, before);
    for (const condition of [
      'bind.dialect.name == "postgresql"', 'bind.engine.name != "sqlite"', 'context.dialect.name in ("postgresql", "mysql")', '"postgresql" in inspector.dialect.dialect_description',
      'not alembic_context.is_offline_mode()', 'not context.as_sql', 'dialect_of(bind) == "postgresql"', 'isinstance(bind.dialect, PGDialect)', 'not isinstance(bind.dialect, (SQLiteDialect, MySQLDialect))',
    ]) {
      const before = 'from alembic import context as alembic_context\nfrom sqlalchemy.dialects.postgresql.base import PGDialect\nfrom sqlalchemy.dialects.sqlite.base import SQLiteDialect\nfrom sqlalchemy.dialects.mysql.base import MySQLDialect\ndef dialect_of(connection):\n    return connection.dialect.name';
      assert.deepEqual(asking(condition, before), ['yes'], condition);
    }
    assert.deepEqual(columns('if op.get_bind().dialect.name == "sqlite":\n    return\nop.drop_column("a", "b")'), ['b']);
  });

  it('takes a guard that leaves early for the same guard around what follows', () => {
    assert.deepEqual(kinds('if sa.inspect(op.get_bind()).has_table("a"):\n    print("there")\n    return\nop.create_table("a", sa.Column("b", sa.Text()))'), ['create_table']);
    assert.deepEqual(kinds('if there():\n    op.drop_column("a", "x")\n    return\nop.drop_column("a", "y")', 'from elsewhere import there'), ['drop_column', 'unknown']);
  });

  it('has seen all of a helper whose result is not known', () => {
    const find = 'def find(bind, table):\n    for key in sa.inspect(bind).get_foreign_keys(table):\n        if key["referred_table"] == "b":\n            return key["name"]\n    return None';
    assert.deepEqual(kinds('name = find(op.get_bind(), "a")\nop.drop_column("a", "b")', find), ['drop_column']);
    assert.deepEqual(kinds('find(op.get_bind(), "a")', `from elsewhere import wrapped\ndef wrap(f):\n    return wrapped(f)\n@wrap\n${find}`), ['unknown']);
  });

  it('knows what only looks at rows, or keeps them', () => {
    const body = 'session = db.Session(bind=op.get_bind())\nfound = []\nfor row in session.query(T).filter(T.a.is_(None)).all():\n    found.append(row)\n    show(row)\nlogger.info("%s", session.query(T).subquery())';
    assert.deepEqual(kinds(body, 'import logging\nfrom elsewhere import db, show, T\nlogger = logging.getLogger()'), []);
    assert.deepEqual(kinds('op.get_bind().execute(sa.text("UPDATE a SET b = :b").params(b=1))'), ['execute']);
  });

  it('knows SQL that only moves rows by its beginning', () => {
    const body = `for row in op.get_bind().execute(sa.text("SELECT id FROM a")):\n    op.execute("INSERT INTO b VALUES (" + str(row.id) + ")")\nop.execute("UPDATE a SET b = {}".format(value()))`;
    assert.deepEqual(bodies(body, 'from elsewhere import value').map((operation) => [operation.kind, operation.kind === 'execute' ? operation.effect : null]).slice(-2), [['execute', 'data'], ['execute', 'data']]);
    assert.deepEqual(kinds('op.execute("ALTER TABLE a RENAME TO " + value())', 'from elsewhere import value'), ['unknown']);
  });

  it('passes over what does nothing to the database', () => {
    assert.deepEqual(kinds('print("hello")\nbind = op.get_bind()\ninspector = sa.inspect(bind)\nif inspector.has_table("a"):\n    pass\nlogger.info("x")\ncontext = op.get_context()', 'import logging\nlogger = logging.getLogger()'), []);
  });

  it('says what stands in an autocommit block', () => {
    const operations = upgrade('op.drop_column("t", "a")\ncontext = op.get_context()\nwith context.autocommit_block():\n    op.execute("create index concurrently i on t (b); select 1")\n    helper()\nop.drop_table("t")', 'def helper():\n    op.drop_table("u")');
    assert.deepEqual(operations.map(({ kind, source }) => [kind, source?.autocommitBlock ?? null]), [['drop_column', null], ['create_index', 0], ['execute', 0], ['drop_table', 0], ['drop_table', null]]);
  });

  it('knows a downgrade that refuses', () => {
    const text = script('pass').replace(/pass\n$/, 'raise NotImplementedError("no way back")\n');
    assert.deepEqual([read(text).downgradeRaises, read(script('pass')).downgradeRaises], [true, false]);
  });

  it('tells where each operation and argument is written', () => {
    const text = script('op.add_column(  # a column\n    "a",\n    sa.Column("b", sa.Text()),\n)  # behind\nop.drop_column("a", column_name="c")');
    const [add, drop] = read(text).upgrade;
    const cut = (place: { readonly range: { readonly start: number; readonly end: number } } | undefined): string => (place === undefined ? '' : text.slice(place.range.start, place.range.end));
    assert.equal(cut(add?.source?.statement), '    op.add_column(  # a column\n        "a",\n        sa.Column("b", sa.Text()),\n    )  # behind\n');
    assert.deepEqual([cut(add?.source?.arguments['column.name']), cut(add?.source?.arguments['column.type']), cut(add?.source?.arguments['table_name'])], ['"b"', 'sa.Text()', '"a"']);
    assert.deepEqual([cut(drop?.source), cut(drop?.source?.arguments['column_name'])], ['op.drop_column("a", column_name="c")', '"c"']);
  });

  it('reads generated drafts back as the operations they were printed from', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(schemaArb, schemaArb, (current, models) => {
        const generated = plainly(current, models);
        for (const operations of [generated.upgrade, generated.downgrade]) {
          const { lines, imports } = renderBody(operations);
          const text = ['from alembic import op', 'import sqlalchemy as sa', ...imports, '', '', 'def upgrade():', ...(lines.length === 0 ? ['pass'] : lines).map((line) => `    ${line}`), '', '', 'def downgrade():', '    pass', ''].join('\n');
          assert.deepEqual(read(text).upgrade.map(comparable), operations.map(comparable), text);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never throws, wherever a draft is cut', function () {
    this.timeout(20_000);
    const whole = script(simple.map(([text]) => text).join('\n'));
    for (let end = 0; end <= whole.length; end += 7) read(whole.slice(0, end));
    for (let start = 0; start < whole.length; start += 97) read(whole.slice(start));
  });
});

function bare(operation: Operation): OperationBody {
  return comparableBody(operation, (key) => key === 'source' || key === 'at') as OperationBody;
}

/** What a script does not say, or says in another way that means the same. */
function comparable(operation: Operation): unknown {
  // CREATE TYPE and DROP TYPE IF EXISTS are written with SQLAlchemy's own class; labels stand where the type is created.
  return comparableBody(operation, (key, holder) => ['source', 'at', 'note', 'downgradeNote', 'suggestion', 'existing', 'modelDefault', 'writes'].includes(key) || (key === 'labels' && 'dimensions' in holder));
}

function comparableBody(value: unknown, leaveOut: (key: string, holder: object) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => comparableBody(item, leaveOut));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !leaveOut(key, value)).map(([key, item]) => [key, comparableBody(item, leaveOut)]));
}

/** Every question answered with "no rename" and "drop". */
function plainly(current: Schema, models: Schema): { readonly upgrade: readonly Operation[]; readonly downgrade: readonly Operation[] } {
  let answers: Answers = { ...noAnswers, tableDrops: current.tables.map((table) => ({ table, drop: true })) };
  for (;;) {
    const result = autogenerate({ current, models, scope: null, answers, facts: null });
    if (result.questions.length === 0) return result;
    answers = {
      ...answers,
      columnRenames: [...answers.columnRenames, ...result.questions.flatMap((question) => (question.kind === 'rename-column' ? [{ table: question.table, from: question.from.name, to: null }] : []))],
      tableRenames: [...answers.tableRenames, ...result.questions.flatMap((question) => (question.kind === 'rename-table' ? [{ from: question.from, to: null }] : []))],
      labelRenames: [...answers.labelRenames, ...result.questions.flatMap((question) => (question.kind === 'rename-label' ? [{ type: question.type, from: question.from, to: null }] : []))],
    };
  }
}
