import assert from 'node:assert/strict';
import type { Operation } from '../../../src/engine/operations/operation';
import { readDraft } from '../../../src/engine/operations/read-draft';
import { Reading } from '../../../src/engine/python/evaluate';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { formatMessage } from '../../../src/engine/text/problem';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';

const path = '/project/versions/a.py';

/** What leads to an operation, however it is written; what cannot be followed is said. */
describe('control flow of scripts', () => {
  let sql: SqlParser;
  before(async () => {
    sql = await loadSqlParser();
  });

  const operations = (body: string, head = '', files: Readonly<Record<string, string | null>> = {}): readonly Operation[] => {
    const text = `import sqlalchemy as sa\nfrom alembic import op, context\n${head}\n\ndef upgrade():\n${body.split('\n').map((line) => `    ${line}`).join('\n')}\n\n\ndef downgrade():\n    pass\n`;
    const draft = readDraft(new Reading({ files: new Map(Object.entries({ ...files, [path]: text })), roots: ['/project'] }), path, { sql }).value;
    assert.ok(draft !== null);
    return draft.upgrade;
  };
  /** Tables by name in order; `?` and the reason where it is not known. */
  const dropped = (body: string, head = '', files: Readonly<Record<string, string | null>> = {}): readonly string[] =>
    operations(body, head, files).map((operation) => (operation.kind === 'drop_table' ? operation.name : operation.kind === 'unknown' ? `? ${formatMessage(operation.reason)}` : operation.kind));

  const same: readonly (readonly [string, string, readonly string[], string?])[] = [
    ['a loop over a list', 'for name in ("a", "b"):\n    op.drop_table(name)', ['a', 'b']],
    ['a loop over pairs', 'for index, (name, _) in enumerate(zip(["a", "b"], range(2))):\n    op.drop_table(f"{name}{index}")', ['a0', 'b1']],
    ['a loop over a dict', 'for name, extra in {"a": "x", "b": "y"}.items():\n    op.drop_table(name + extra)', ['ax', 'by']],
    ['a comprehension', '[op.drop_table(n) for n in ["a", "b", "c"] if n != "b"]', ['a', 'c']],
    ['an early return', 'op.drop_table("a")\nif op.get_bind().dialect.name == "postgresql":\n    return\nop.drop_table("b")', ['a']],
    ['a dialect of the migration context', 'if context.get_context().dialect.name != "postgresql":\n    op.drop_table("a")\nelse:\n    op.drop_table("b")', ['b']],
    ['a dialect of whatever engine', 'if elsewhere.reader.get_engine().dialect.name == "mysql":\n    op.drop_table("a")\nop.drop_table("b")', ['b'], 'import elsewhere'],
    ['a condition that one half settles', 'if bool(op.get_context().bind and op.get_bind().dialect.name == "sqlite"):\n    op.drop_table("a")\nelse:\n    op.drop_table("b")', ['b']],
    ['an upgrade that raises', 'op.drop_table("a")\nif op.get_bind().dialect.name != "mysql":\n    raise NotImplementedError()\nop.drop_table("b")', ['a', '? The upgrade raises an exception here: what the database is to be like behind it is not known.']],
    ['a walrus', 'if (dialect := op.get_context().dialect.name) == "postgresql":\n    op.drop_table(dialect)', ['postgresql']],
    ['a lambda', 'drop = lambda name: op.drop_table(name)\ndrop("a")', ['a']],
    ['a nested function', 'def inner(name="a"):\n    op.drop_table(name)\ninner()\ninner("b")', ['a', 'b']],
    ['star arguments', 'args, more = ("a",), {"schema": "app"}\nop.drop_table(*args, **more)', ['a']],
    ['an offline check', 'if context.is_offline_mode():\n    raise RuntimeError()\nop.drop_table("a")', ['a']],
    ['a parenthesised with', 'with (\n    op.batch_alter_table("t") as batch_op,  # a batch\n    op.get_context().autocommit_block(),\n):\n    batch_op.drop_column("a")', ['drop_column']],
    ['a context manager', 'with around("a"):\n    op.drop_table("b")\nop.drop_table("d")', ['a', 'b', 'c', 'd'], 'from contextlib import contextmanager\n\n@contextmanager\ndef around(name):\n    op.drop_table(name)\n    try:\n        yield\n    finally:\n        op.drop_table("c")'],
    ['what a context manager yields', 'with names() as found:\n    op.drop_table(found)', ['a'], 'import contextlib\n\n@contextlib.contextmanager\ndef names():\n    yield "a"'],
    ['an object', 'Drop("a").run()', ['a'], 'class Base:\n    def run(self):\n        return self.execute()\n\nclass Drop(Base):\n    def __init__(self, name):\n        self.name = name\n    def execute(self):\n        op.drop_table(self.name)'],
    ['what an object inherits, by super()', 'Drop("a", "b").run()', ['a', 'b', 'c'], 'class Base:\n    def run(self):\n        op.drop_table(self.name)\n        return self.execute()\n\nclass Middle(Base):\n    def __init__(self, name):\n        super().__init__()\n        self.name = name\n    def run(self):\n        super().run()\n        op.drop_table("c")\n\nclass Drop(Middle):\n    def __init__(self, name, other):\n        super().__init__(name)\n        self.other = other\n    def execute(self):\n        op.drop_table(self.other)'],
    ['a dataclass of the module', 'for key in KEYS:\n    op.drop_table(key.table)', ['a', 'b'], 'from dataclasses import dataclass\n\n@dataclass(frozen=True)\nclass Key:\n    table: str\n    other: str = "x"\n\nKEYS = [Key("a"), Key(table="b", other="y")]'],
    ['a try', 'try:\n    op.drop_table("a")\nexcept Exception:\n    op.drop_table("b")', ['a', '? This runs only when something before it fails.']],
    ['a function that cannot be followed', 'fix()', ['? What fix does could not be followed.'], 'from elsewhere import wrapped\n\n@wrapped\ndef fix():\n    op.drop_table("a")'],
    ['an operation that is invoked', 'op.invoke(ops.DropTableOp("a", schema="s"))\nop.invoke(ops.AlterColumnOp("t", "c", modify_nullable=False))\nop.invoke(Own())', ['a', 'alter_column', '? What the operation does that is given to op.invoke() is not known.'], 'from alembic.operations import ops\n\nclass Own(ops.MigrateOperation):\n    pass'],
    ['a coroutine', 'op.run_async(change, "a", second="b")\nop.drop_table("c")', ['a', 'b', 'execute', 'inner', 'c'], 'async def drop(connection, name):\n    await connection.execute(sa.text(f"DROP TABLE {name}"))\n\ndef plain(connection, name):\n    sa.Table(name, sa.MetaData()).drop(connection)\n\nasync def change(connection, first, *, second):\n    await drop(connection, first)\n    await connection.execute(sa.text(f"DROP TABLE {second}"))\n    await connection.execute(sa.text("SELECT 1"))\n    await connection.run_sync(plain, "inner")'],
    ['a coroutine from elsewhere', 'op.run_async(change)', ['? What this function does with the database could not be followed.'], 'from elsewhere import change'],
    ['a match', 'match op.get_bind().dialect.name:\n    case "sqlite":\n        op.drop_table("a")\n    case "postgresql" | "cockroachdb" as name:\n        op.drop_table(name)\n    case _:\n        op.drop_table("c")', ['postgresql']],
    ['a match that returns', 'match op.get_bind().dialect.name:\n    case "postgresql":\n        return\nop.drop_table("a")', []],
    ['a match with a guard', 'match ("b", 1):\n    case (name, n) if n > 1:\n        op.drop_table("a")\n    case (name, 1):\n        op.drop_table(name)', ['b']],
    ['a match with the rest of a list', 'match ["a", "b", "c"]:\n    case [first, *rest]:\n        for name in rest:\n            op.drop_table(name)', ['b', 'c']],
    ['a match that hangs on something unknown', 'match context.get_x_argument():\n    case {"a": "b"}:\n        op.drop_table("a")\n    case _:\n        op.drop_table("b")', ['a', '? Whether this runs hangs on a condition that is not known.']],
    ['arguments that are not known', 'op.drop_table("a", **options())', ['? A part of the arguments of this drop_table is not known without running it.'], 'from elsewhere import options'],
  ];
  for (const [name, body, expected, head = ''] of same) {
    it(name, () => assert.deepEqual(dropped(body, head, { '/project/elsewhere.py': null, '/project/elsewhere/__init__.py': null }), expected));
  }

  it('sends what a batch gathers when its block ends', () => {
    const kinds = operations('with op.batch_alter_table("t") as batch_op:\n    batch_op.drop_column("a")\n    op.execute("DROP TABLE b")\n    batch_op.drop_column("c")\nop.drop_table("d")').map((operation) => operation.kind);
    assert.deepEqual(kinds, ['drop_table', 'drop_column', 'drop_column', 'drop_table']);
  });

  it('says what was left out of a table', () => {
    const made = operations('op.create_table("a", sa.Column("x", sa.Text(), server_default=DEFAULT))', 'from elsewhere import DEFAULT', { '/project/elsewhere.py': null, '/project/elsewhere/__init__.py': null });
    assert.deepEqual(made.map((operation) => (operation.kind === 'unknown' ? operation.tables : operation.kind)), ['create_table', [{ schema: null, name: 'a' }]]);
  });

  it('reads what alembic-postgresql-enum writes, in its old and its new form', () => {
    const kinds = (call: string): readonly string[] => operations(call, 'from alembic_postgresql_enum import ColumnType, TableReference').map((operation) => (operation.kind === 'alter_column' ? `${operation.column} ${operation.using ?? operation.default?.sql ?? 'no default'}` : operation.kind));
    const around = (...moved: readonly string[]): readonly string[] => ['rename_enum', 'create_enum', ...moved, 'drop_enum'];
    assert.deepEqual(kinds('op.sync_enum_values("public", "mood", ["a", "b"], [("t", "m")], enum_values_to_rename=[("c", "b")])'), around("m CASE WHEN m::text = 'c' THEN 'b'::mood ELSE m::text::mood END"));
    assert.deepEqual(
      kinds('op.sync_enum_values(enum_schema="app", enum_name="mood", new_values=["a"], affected_columns=[TableReference(table_schema="app", table_name="t", column_name="m", existing_server_default="\'a\'::app.mood"), TableReference(table_schema="app", table_name="t", column_name="ms", column_type=ColumnType.ARRAY)], enum_values_to_rename=[])'),
      around('m no default', 'm m::text::app.mood', "m 'a'::app.mood", 'ms ms::text[]::app.mood[]'),
    );
    assert.deepEqual(kinds('op.add_enum_value(enum_schema="public", enum_name="mood", new_value="c")'), ['add_enum_value']);
  });
});
