import assert from 'node:assert/strict';
import type { Draft } from '../../../src/engine/operations/draft';
import { readDraft } from '../../../src/engine/operations/read-draft';
import { resolvedSteps } from '../../../src/engine/operations/resolve-types';
import { Reading } from '../../../src/engine/python/evaluate';
import { emptySchema, type Schema } from '../../../src/engine/schema/schema';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { message } from '../../../src/engine/text/problem';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';

const path = '/project/versions/a.py';

/** What a script asks the database is answered from the schema that it meets. */
describe('guards of scripts', () => {
  let sql: SqlParser;
  let schema: Schema;

  const read = (body: string, known: Schema | null, head = ''): Draft => {
    const indented = body.split('\n').map((line) => `    ${line}`);
    const text = `import sqlalchemy as sa\nfrom alembic import op, context\n${head}\n\ndef upgrade():\n    bind = op.get_bind()\n    inspector = sa.inspect(bind)\n${indented.join('\n')}\n\n\ndef downgrade():\n    pass\n`;
    const reading = new Reading({ files: new Map([[path, text]]), roots: ['/project'] });
    const draft = readDraft(reading, path, { sql, before: known, mainOptions: new Map([['mode', 'fast'], ['changed', null]]) }).value;
    assert.ok(draft !== null);
    return draft;
  };
  /** `yes` or `no`: which branch is taken; `unknown` where it is not known. */
  const asked = (condition: string, known: Schema | null = schema, head = ''): readonly string[] =>
    read(`if ${condition}:\n    op.rename_table("yes", "x")\nelse:\n    op.rename_table("no", "x")`, known, head).upgrade.map((operation) => (operation.kind === 'rename_table' ? operation.name : operation.kind));

  before(async () => {
    sql = await loadSqlParser();
    const made = read(
      `op.create_table("a", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(5), nullable=False), sa.Column("b_id", sa.Integer(), sa.ForeignKey("app.b.id", name="fk_b", ondelete="CASCADE")), sa.UniqueConstraint("name", name="uq_name"), sa.CheckConstraint("id > 0", name="ck_id"))
op.create_index("ix_name", "a", ["name"])
op.create_table("b", sa.Column("id", sa.Integer()), sa.Column("mood", sa.Enum("sad", "ok", name="mood")), schema="app")`,
      null,
    );
    schema = resolvedSteps({ ...emptySchema, namespaces: ['public', 'app'] }, made.upgrade).at(-1)!.after;
  });

  const truths: readonly (readonly [string, boolean])[] = [
    ['inspector.has_table("a")', true],
    ['inspector.default_schema_name == "public"', true],
    ['inspector.has_table("b")', false],
    ['inspector.has_table("b", schema="app")', true],
    ['inspector.has_table("b", "app")', true],
    ['bind.dialect.has_table(bind, "a")', true],
    ['bind.dialect.has_table(bind, "c")', false],
    ['not inspector.has_table("c")', true],
    ['"a" in inspector.get_table_names()', true],
    ['"c" not in inspector.get_table_names() and True', true],
    ['"b" in inspector.get_table_names(schema="app")', true],
    ['"a" in set(inspector.get_table_names())', true],
    ['"name" in [c["name"] for c in inspector.get_columns("a")]', true],
    ['"nome" in [c["name"] for c in inspector.get_columns("a")]', false],
    ['any(column["name"] == "b_id" for column in inspector.get_columns("a"))', true],
    ['"name" in {c["name"]: c for c in inspector.get_columns("a")}', true],
    ['{c["name"]: c for c in inspector.get_columns("a")}["name"]["nullable"]', false],
    ['next(c for c in inspector.get_columns("a") if c["name"] == "b_id")["nullable"]', true],
    ['"ix_name" in [i["name"] for i in inspector.get_indexes("a")]', true],
    ['"uq_name" in [i["name"] for i in inspector.get_indexes("a")]', true],
    ['inspector.has_index("a", "ix_name")', true],
    ['"fk_b" in {f["name"] for f in inspector.get_foreign_keys("a")}', true],
    ['[f for f in inspector.get_foreign_keys("a") if f["referred_table"] == "b" and f["referred_schema"] == "app" and f["options"].get("ondelete") == "CASCADE"]', true],
    ['[f for f in inspector.get_foreign_keys("a") if f["constrained_columns"] == ["id"]]', false],
    ['inspector.get_pk_constraint("a")["constrained_columns"] == ["id"]', true],
    ['inspector.get_pk_constraint("a")["name"] == "a_pkey"', true],
    ['any(u["column_names"] == ["name"] for u in inspector.get_unique_constraints("a"))', true],
    ['"ck_id" in [c["name"] for c in inspector.get_check_constraints("a")]', true],
    ['any(e["name"] == "mood" for e in inspector.get_enums(schema="app"))', false],
    ['any(e["name"] == "mood" and "ok" in e["labels"] for e in inspector.get_enums())', true],
    ['"app" in inspector.get_schema_names()', true],
    ['inspector.has_schema("nowhere")', false],
    ['has_column("a", "name") and not has_column("a", "gone")', true],
    ['has_column("gone", "name")', false],
    ['Checks(bind).table("a")', true],
    ['bind.execute(sa.text("SELECT 1 FROM information_schema.columns WHERE table_name = \'a\' AND column_name = \'name\'")).scalar()', true],
    ['bind.execute(sa.text("SELECT 1 FROM information_schema.columns WHERE table_name=:t AND column_name=:c"), {"t": "a", "c": "gone"}).fetchone() is not None', false],
    ['bind.execute(sa.text("SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = \'public\' AND table_name = \'a\')")).scalar()', true],
    ['bind.execute(sa.text("SELECT to_regclass(\'public.a\')")).scalar() is not None', true],
    ['bind.execute(sa.text("select 1 from pg_type where typname = \'mood\'")).first() is None', false],
    ['bind.execute(sa.text("SELECT indexname FROM pg_indexes WHERE tablename = \'a\' AND indexname = \'ix_name\'")).fetchall()', true],
    ['bind.execute(sa.text("SELECT count(*) FROM information_schema.table_constraints WHERE constraint_name = \'fk_b\' AND constraint_type = \'FOREIGN KEY\'")).scalar() == 1', true],
    ['bind.execute(sa.text("SELECT 1 FROM pg_constraint WHERE conname = \'nothing\'")).scalar()', false],
  ];
  const helpers = `def has_column(table, column):
    try:
        return any(c["name"] == column for c in sa.inspect(op.get_bind()).get_columns(table))
    except sa.exc.NoSuchTableError:
        return False


class Checks:
    def __init__(self, bind):
        self.inspector = sa.inspect(bind)

    def table(self, name):
        return name in self.inspector.get_table_names()
`;
  for (const [condition, holds] of truths) {
    it(`${condition} → ${holds}`, () => {
      assert.deepEqual(asked(condition, schema, helpers), [holds ? 'yes' : 'no']);
      // Without a schema it is a question that is left open, and said to be one.
      const open = read(`if ${condition}:\n    op.drop_table("yes")`, null, helpers);
      assert.equal(open.asksSchema, true);
    });
  }

  it('asks the schema at the step where the script stands', () => {
    const guarded = (name: string): string => `if not sa.inspect(bind).has_table("${name}"):\n    op.create_table("${name}", sa.Column("id", sa.Integer()))`;
    assert.deepEqual(read(`${guarded('c')}\n${guarded('c')}\nop.drop_table("a")\n${guarded('a')}`, schema).upgrade.map((operation) => operation.kind), ['create_table', 'drop_table', 'create_table']);
  });

  it('remembers what an inspector said, as SQLAlchemy’s does', () => {
    const twice = 'if inspector.has_table("a"):\n    op.drop_table("a")\nif inspector.has_table("a"):\n    op.drop_table("a")';
    assert.deepEqual(read(twice, schema).upgrade.map((operation) => operation.kind), ['drop_table', 'drop_table']);
    assert.deepEqual(read(twice.replaceAll('inspector.', 'sa.inspect(bind).'), schema).upgrade.map((operation) => operation.kind), ['drop_table']);
  });

  it('drops what a loop over the database finds', () => {
    const operations = read('for key in inspector.get_foreign_keys("a"):\n    op.drop_constraint(key["name"], "a", type_="foreignkey")\nfor column in inspector.get_columns("a"):\n    if isinstance(column["type"], sa.String):\n        op.alter_column("a", column["name"], type_=sa.Text(), existing_type=column["type"])', schema).upgrade;
    assert.deepEqual(operations.map((operation) => (operation.kind === 'drop_constraint' ? operation.name : operation.kind === 'alter_column' ? [operation.column, operation.existing?.type] : operation)), ['fk_b', ['name', { kind: 'builtin', name: 'character varying', args: ['5'], dimensions: 0 }]]);
  });

  it('knows nothing of what something unknown may have touched', () => {
    const doubt = (tables: Schema['unknown'][number]['tables']): Schema => ({ ...schema, unknown: [{ reason: message('Something.'), tables }] });
    const condition = '"a" in inspector.get_table_names()';
    assert.deepEqual(asked(condition, doubt(null)), ['yes', 'unknown']);
    assert.deepEqual(asked(condition, doubt([{ schema: null, name: 'a' }])), ['yes', 'unknown']);
    assert.deepEqual(asked(condition, doubt([{ schema: null, name: 'other' }])), ['yes']);
    assert.deepEqual(asked(condition, null), ['yes', 'unknown']);
  });

  it('knows the options of alembic.ini, but none that env.py sets', () => {
    assert.deepEqual(asked('context.config.get_main_option("Mode") == "fast"'), ['yes']);
    assert.deepEqual(asked('context.config.get_main_option("repair")'), ['no']);
    assert.deepEqual(asked('op.get_context().config.get_main_option("repair", "x") == "x"'), ['yes']);
    assert.deepEqual(asked('context.config.get_main_option("changed")'), ['yes', 'unknown']);
  });

  it('knows the schema where CONCURRENTLY hangs on something unknown', () => {
    const operations = read('online = bool(os.environ.get("ONLINE"))\nop.drop_index("ix_name", table_name="a", postgresql_concurrently=online)\nop.execute(f"CREATE INDEX {\'CONCURRENTLY \' if online else \'\'}IF NOT EXISTS ix_new ON a (b_id)")\nop.execute(f"DROP {\'TABLE\' if online else \'VIEW\'} a")', schema, 'import os').upgrade;
    assert.deepEqual(operations.map((operation) => [operation.kind, 'perhapsConcurrently' in operation, operation.source?.uncertain !== undefined]), [['drop_index', true, true], ['create_index', true, true], ['unknown', false, false]]);
    assert.deepEqual(resolvedSteps(schema, operations.slice(0, 2)).at(-1)!.after.tables.find((table) => table.name === 'a')?.indexes.map((index) => index.name), ['ix_new']);
  });

  it('follows an object that holds op and an inspector', () => {
    const head = 'class Reflect:\n    def __init__(self, op):\n        self.op = op\n        self.inspector = sa.inspect(op.get_bind())\n    def drop_indexes(self, table):\n        for index in self.inspector.get_indexes(table):\n            self.op.drop_index(index["name"], table)';
    assert.deepEqual(read('reflect = Reflect(op)\nreflect.drop_indexes("a")', schema, head).upgrade.map((operation) => (operation.kind === 'drop_index' ? operation.name : operation)), ['ix_name', 'uq_name']);
  });

  it('does not take a call with an unknown name for one on any table', () => {
    const [operation] = read('op.drop_constraint(os.environ["NAME"], "a")', schema, 'import os').upgrade;
    assert.deepEqual(operation?.kind === 'unknown' ? operation.tables : operation, [{ schema: null, name: 'a' }]);
  });

  it('does not ask where the script does not', () => {
    assert.equal(read('op.drop_table("a")', schema).asksSchema, false);
    assert.equal(read('if bind.dialect.name == "postgresql" and not context.is_offline_mode():\n    op.drop_table("a")', null).asksSchema, false);
  });
});
