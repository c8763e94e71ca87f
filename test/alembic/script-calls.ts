/** Calls of Alembic's operations as people write them, every argument in every form, for holding our reading against Alembic. */
import fc from 'fast-check';

/** A call of `op`, or with a batch's table: what stands before the parenthesis, its arguments by position, and those that may be there. */
export interface CallKind {
  readonly name: string;
  /** Forms of each argument that must be there; a keyword stands in its text. */
  readonly required: readonly (readonly string[])[];
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Arguments that Alembic takes together alone. */
  readonly together?: readonly (readonly string[])[];
}

const tables = ['"a"', '"Order"', 'TABLE'];
const columns = ['["x"]', '["x", "y z"]', '("x", "Y")', '[c for c in ("x", "y")]'];
const schema = ['"app"', '"My App"', 'None', 'SCHEMA'];
const flags = ['True', 'False', 'None'];
const conditions = ['"x > 0"', 'sa.text("x > 0")', 'sa.column("x") > 5', 'sa.and_(sa.column("x") > 5, sa.column("y") != "it\'s")', "sa.text(r\"x::text <> 'a\\:b'\")", 'sa.column("x").in_([1, 2])', 'sa.column("x").is_(None)', 'sa.func.length(sa.column("x")) >= 3', 'sa.or_(sa.column("x").is_not(None), sa.not_(sa.column("y").like("a%")))'];
const names = ['"n_1"', 'op.f("n 2")', '"N3"'];

export const types = [
  'sa.Integer()', 'sa.Integer', 'sa.BigInteger()', 'sa.SmallInteger()', 'sa.String()', 'sa.String(20)', 'sa.String(length=30)', 'sa.Text()', 'sa.Unicode(5)', 'sa.UnicodeText()', 'sa.VARCHAR(3)', 'sa.CHAR(3)',
  'sa.Numeric()', 'sa.Numeric(10, 2)', 'sa.Numeric(precision=8)', 'sa.Float()', 'sa.Float(24)', 'sa.Float(precision=53)', 'sa.Double()', 'sa.DECIMAL(5)', 'sa.REAL()', 'sa.Boolean()', 'sa.Date()', 'sa.Time()', 'sa.Time(timezone=True)', 'sa.DateTime()', 'sa.DateTime(timezone=True)', 'sa.TIMESTAMP(timezone=True)',
  'sa.Interval()', 'sa.LargeBinary()', 'sa.JSON()', 'sa.Uuid()', 'sa.UUID()', 'sa.Uuid(native_uuid=False)', 'sa.ARRAY(sa.Integer())', 'sa.ARRAY(sa.String(5), dimensions=2)', 'sa.Enum("a", "b", name="mood")', 'sa.Enum("a", name="Mood", schema="app")', 'sa.Enum("a", "bcd", native_enum=False)', 'sa.Enum("a", "b", name="ck_mood", native_enum=False, create_constraint=True)',
  'sa.Boolean(create_constraint=True, name="is_bool")', 'sa.PickleType()', 'sa.String(collation="C")', 'sa.Integer().with_variant(sa.BigInteger(), "postgresql")', 'sa.Integer().with_variant(sa.Text(), "sqlite")',
  'postgresql.JSONB()', 'postgresql.JSONB(astext_type=sa.Text())', 'postgresql.JSON()', 'postgresql.UUID(as_uuid=True)', 'postgresql.ARRAY(sa.Text())', 'postgresql.ARRAY(postgresql.ENUM("a", name="mood", create_type=False))', 'postgresql.ENUM("a", name="mood", create_type=False)', 'postgresql.INET()', 'postgresql.CIDR()', 'postgresql.MACADDR()', 'postgresql.HSTORE()', 'postgresql.TSVECTOR()', 'postgresql.BYTEA()', 'postgresql.BIT(5)', 'postgresql.BIT(varying=True)', 'postgresql.INT4RANGE()',
  'postgresql.TSTZRANGE()', 'postgresql.INT8MULTIRANGE()', 'postgresql.TIMESTAMP(precision=3, timezone=True)', 'postgresql.TIME(precision=0)', 'postgresql.INTERVAL(fields="DAY TO SECOND", precision=3)', 'postgresql.DOUBLE_PRECISION()', 'postgresql.DOUBLE_PRECISION(precision=53)', 'postgresql.MONEY()', 'postgresql.OID()', 'postgresql.REGCLASS()', 'postgresql.CITEXT()', 'postgresql.DOMAIN("dom", sa.Integer(), create_type=False)',
];

export const defaults = [
  '"text"', '"it\'s"', '"5"', 'sa.text("now()")', 'sa.text("\'a\'::text")', 'sa.func.now()', 'sa.func.current_timestamp()', 'sa.func.gen_random_uuid()', 'sa.true()', 'sa.false()', 'sa.null()', 'sa.literal_column("1 + 1")', 'sa.literal("x")', 'sa.text("(1)")', 'sa.cast("a", sa.Text())', 'sa.cast(sa.literal("b"), sa.Text())', 'sa.DefaultClause("x")', 'sa.DefaultClause(sa.text("3"))', 'sa.FetchedValue()', 'sa.func.coalesce(sa.literal(1), 2)',
  'sa.func.timezone("utc", sa.func.now())', '""', 'sa.text("nextval(\'s\'::regclass)")', 'sa.Sequence("s").next_value()', 'op.inline_literal("q")', 'sa.text(f"{1 + 1}")',
];

const generated = ['sa.Computed("x + 1")', 'sa.Computed("x || \'a\'", persisted=True)', 'sa.Computed(sa.text("x * 2"), persisted=True)', 'sa.Computed("x", persisted=False)', 'sa.Computed(sa.func.lower(sa.column("x")))'];
const identities = ['sa.Identity()', 'sa.Identity(always=True)', 'sa.Identity(start=10, increment=5)', 'sa.Identity(always=False, minvalue=1, maxvalue=1000, cycle=True, cache=5)', 'sa.Identity(nominvalue=True, nomaxvalue=True)', 'sa.Identity(always=True, cycle=False)', 'sa.Identity(order=True)', 'sa.Identity(on_null=True)'];
const references = ['sa.ForeignKey("b.id")', 'sa.ForeignKey("app.b.id", ondelete="CASCADE")', 'sa.ForeignKey("b.id", name="fk_x", onupdate="SET NULL", deferrable=True, initially="DEFERRED")', 'sa.ForeignKey("b.id", use_alter=True, name="later")', 'sa.ForeignKey("b.id", match="FULL", link_to_name=True)', 'sa.ForeignKey(column="b.id", ondelete="set null")', 'sa.ForeignKey("b.id", ondelete="SET NULL (x)")', 'sa.ForeignKey("b.id", deferrable=False)', 'sa.ForeignKey("b.id", name=op.f("fk_b"), initially="IMMEDIATE")', 'sa.ForeignKey("b.id", comment="why", info={"a": 1})', 'sa.ForeignKey("b.id", postgresql_not_valid=True)'];

const columnOptions: Readonly<Record<string, readonly string[]>> = {
  nullable: ['False'],
  primary_key: ['True', 'False'],
  autoincrement: ['True', 'False', '"auto"', '"ignore_fk"'],
  server_default: defaults,
  comment: ['"it\'s a comment"', '""', 'None'],
  index: ['True', 'False'],
  unique: ['True', 'False'],
  default: ['5', '"x"', 'lambda: 1', 'sa.func.now()', 'sa.Sequence("seq")'],
  onupdate: ['sa.func.now()', '3'],
  server_onupdate: ['sa.FetchedValue()'],
  key: ['"other"'],
  info: ['{"a": 1}'],
  doc: ['"d"'],
  quote: ['True'],
  system: ['False'],
  sort_order: ['3'],
};

/** A column with at most one thing that fills it. */
export function columnArb(name: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const marks = fc.oneof({ weight: 5, arbitrary: fc.constant<string[]>([]) }, { weight: 2, arbitrary: fc.constantFrom(...references).map((one) => [one]) }, fc.constantFrom(...generated, ...identities).map((one) => [one]), fc.constantFrom('sa.CheckConstraint("x > 1", name="ck_x")', 'sa.CheckConstraint("x > 2")', 'sa.Sequence("seq")', 'sa.UniqueConstraint()').map((one) => [one]));
  return fc.record({ name, type: fc.constantFrom(...types), marks, options: optionsArb(columnOptions, 4), keyword: fc.boolean() }).map(({ name: written, type, marks: inside, options, keyword }) => {
    const filled = /Computed|Identity/.test(inside.join());
    const kept = Object.entries(options).filter(([key, value]) => !(filled && (key === 'server_default' || key === 'default' || (key === 'nullable' && value === 'True'))));
    return `sa.Column(${[written, ...(keyword && inside.length === 0 ? [`type_=${type}`] : [type]), ...inside, ...kept.map(([key, value]) => `${key}=${value}`)].join(', ')})`;
  });
}

/** Every option of a column alone, on a type that it goes with. */
export const eachColumn: readonly string[] = [
  ...types.map((type) => `sa.Column("x", ${type})`),
  ...Object.entries(columnOptions).flatMap(([key, values]) => values.flatMap((value) => [`sa.Column("x", sa.Integer(), ${key}=${value})`, `sa.Column("x", sa.String(5), ${key}=${value}${key === 'nullable' ? '' : ', nullable=False'})`])),
  ...[...generated, ...identities, ...references].map((mark) => `sa.Column("x", sa.BigInteger(), ${mark})`),
  ...generated.map((mark) => `sa.Column("x", sa.Text(), ${mark}, nullable=False)`),
  ...identities.map((mark) => `sa.Column("x", sa.BigInteger(), ${mark}, primary_key=True)`),
  'sa.Column("x", sa.Integer(), sa.ForeignKey("b.id"), primary_key=True)',
  'sa.Column("x", sa.Integer(), sa.Sequence("seq", start=5), primary_key=True)',
  'sa.Column("x", sa.BigInteger(), sa.Sequence("seq", start=5, metadata=sa.MetaData(), schema="app"))',
  'sa.Column("x", sa.ForeignKey("b.id"))',
  'sa.Column("x")',
  'sa.Column("Mixed Case", sa.Integer(), primary_key=True, autoincrement=False)',
  'sa.Column(sa.quoted_name("x", quote=True), sa.Integer())',
  'sa.Column(name="x", type_=sa.Integer())',
  'sa.Column("x", sa.Integer(), nullable=True)',
  'sa.Column("x", sa.Boolean(), server_default=sa.sql.expression.true(), nullable=False)',
  'sa.Column("x", sa.DateTime(), server_default=sa.func.now(), server_onupdate=sa.FetchedValue())',
  'sa.Column("x", sa.JSON(), server_default="{}")',
  'sa.Column("x", sa.Integer(), index=True, unique=True)',
];

const items = [
  'sa.PrimaryKeyConstraint("x")', 'sa.PrimaryKeyConstraint("x", "y", name="pk_n")', 'sa.PrimaryKeyConstraint("x", name=op.f("pk_f"), deferrable=True)', 'sa.PrimaryKeyConstraint("y", postgresql_include=["x"])',
  'sa.UniqueConstraint("x")', 'sa.UniqueConstraint("x", "y", name="uq_n", deferrable=True, initially="DEFERRED")', 'sa.UniqueConstraint("y", postgresql_nulls_not_distinct=True)', 'sa.UniqueConstraint("x", postgresql_include=["y"], name="uq_i")', 'sa.UniqueConstraint("x", sqlite_on_conflict="FAIL")',
  'sa.CheckConstraint("x > 0")', 'sa.CheckConstraint("x > 0", name="ck_n")', 'sa.CheckConstraint(sa.column("x") < 4, name=op.f("ck_f"))', 'sa.CheckConstraint(r"x::text <> \'\\:a\'")', 'sa.CheckConstraint("x > 1", postgresql_not_valid=True)', 'sa.CheckConstraint("x > 2", deferrable=True)', 'sa.CheckConstraint("x IN (1, 2)", comment="why")', 'sa.CheckConstraint("x >= 1 AND x <= 2 OR y IS NULL")',
  'sa.ForeignKeyConstraint(["x"], ["b.id"])', 'sa.ForeignKeyConstraint(("x", "y"), ("app.b.x", "app.b.y"), name="fk_n", ondelete="RESTRICT", onupdate="CASCADE")', 'sa.ForeignKeyConstraint(["x"], ["b.id"], use_alter=True, name="fk_later")', 'sa.ForeignKeyConstraint(columns=["x"], refcolumns=["b.id"], match="FULL")', 'sa.ForeignKeyConstraint(["x"], ["a.y"])', 'sa.ForeignKeyConstraint(["x"], ["b.id"], deferrable=True, initially="IMMEDIATE")', 'sa.ForeignKeyConstraint(["x"], ["b.id"], postgresql_not_valid=True)',
  'postgresql.ExcludeConstraint(("x", "="))', 'postgresql.ExcludeConstraint((sa.column("x"), "="), ("y", "&&"), name="ex_n", using="gist", where=sa.text("x > 0"))', 'postgresql.ExcludeConstraint((sa.func.lower(sa.column("y")), "="), using="btree", deferrable=True, initially="DEFERRED")', 'postgresql.ExcludeConstraint(("x", "="), ops={"x": "int4_ops"})', 'postgresql.ExcludeConstraint((sa.text("int4range(x, y)"), "&&"))', 'postgresql.ExcludeConstraint((sa.literal_column("x"), "="), where="y > 0")',
  'sa.Index("ix_n", "x")', 'sa.Index("ix_u", "x", "y", unique=True)', 'sa.Index(None, "x")', 'sa.Index("ix_e", sa.text("lower(y)"))', 'sa.Index("ix_f", sa.func.lower(sa.column("y")))', 'sa.Index("ix_w", "x", postgresql_where=sa.text("x > 0"), postgresql_using="hash")', 'sa.Index("ix_o", "y", postgresql_ops={"y": "text_pattern_ops"}, postgresql_with={"fillfactor": 50})', 'sa.Index("ix_d", sa.text("x DESC"))', 'sa.Index("ix_i", "x", postgresql_include=["y"], postgresql_nulls_not_distinct=True)', 'sa.Index("ix_c", "x", postgresql_concurrently=True)', 'sa.Index("ix_t", "x", postgresql_tablespace="fast")',
];

export const tableOptions: Readonly<Record<string, readonly string[]>> = {
  schema,
  comment: ['"it\'s a table"', 'None', '""'],
  if_not_exists: flags,
  prefixes: ['["UNLOGGED"]', '["TEMPORARY"]', '[]', '["GLOBAL", "TEMP"]'],
  info: ['{"a": 1}'],
  quote: ['True', 'False'],
  listeners: ['[]'],
  implicit_returning: ['False'],
  sqlite_autoincrement: ['True'],
  mysql_engine: ['"InnoDB"'],
  mysql_charset: ['"utf8"'],
  postgresql_partition_by: ['"RANGE (x)"', '"LIST (y)"', "'HASH (x)'"],
  postgresql_tablespace: ['"fast"', '"My Space"'],
  postgresql_using: ['"heap"'],
  postgresql_with: ['{"fillfactor": 70}', '{"autovacuum_enabled": False}', '{"fillfactor": 70, "parallel_workers": "2"}'],
  postgresql_with_oids: ['False'],
  postgresql_on_commit: ['"DROP"', '"PRESERVE ROWS"'],
  postgresql_inherits: ['"parent"', '("p", "q")'],
};

/** Whole tables, each thing alone and many together. */
export function tableArb(): fc.Arbitrary<string> {
  const inside = fc.tuple(columnArb(fc.constant('"x"')), columnArb(fc.constantFrom('"y"', '"y"', 'op.f("y")')), fc.subarray(items, { maxLength: 3 }).map((chosen) => chosen.filter((item, index) => !/PrimaryKey/.test(item) || !chosen.slice(0, index).some((other) => /PrimaryKey/.test(other)))));
  return fc.record({ table: fc.constantFrom(...tables), inside, options: optionsArb(tableOptions, 3) }).map(({ table, inside: [x, y, further], options }) => `op.create_table(${[table, x, y, ...further, ...keywords(options)].join(', ')})`);
}

export const eachTable: readonly string[] = [
  ...eachColumn.map((column) => `op.create_table("a", ${column}, sa.Column("y", sa.Text()))`),
  ...items.map((item) => `op.create_table("a", sa.Column("x", sa.Integer()), sa.Column("y", sa.Text()), ${item})`),
  ...Object.entries(tableOptions).flatMap(([key, values]) => values.map((value) => `op.create_table("a", sa.Column("x", sa.Integer(), primary_key=True), sa.Column("y", sa.Text()), ${key}=${value})`)),
  'op.create_table("a")',
  'op.create_table("a", *[sa.Column(n, sa.Integer()) for n in ("x", "y")])',
  'op.create_table(table_name="a")',
  'op.create_table("a", sa.Column("x", sa.Integer()), **{"schema": "app", "comment": "c"})',
];

const added = ['sa.Column("x", sa.Integer())', 'sa.Column("x", sa.Text(), server_default="a", nullable=False, comment="c")'];
const addOptions = { if_not_exists: flags, inline_references: flags, inline_primary_key: flags };
const existing = { existing_type: ['sa.Text()', 'sa.Integer', 'sa.Enum("a", name="mood")', 'sa.VARCHAR(length=5)'], existing_nullable: flags, existing_server_default: ['None', 'False', 'sa.text("1")', '"a"'], existing_comment: ['"old"', 'None'] };
const alterOptions: Readonly<Record<string, readonly string[]>> = {
  nullable: flags,
  comment: ['"it\'s"', 'None', 'False', '""'],
  server_default: [...defaults.filter((one) => one !== 'sa.FetchedValue()'), 'None', 'False'],
  new_column_name: ['"New Name"', '"b2"', 'None'],
  type_: types,
  ...existing,
  autoincrement: ['True'],
  existing_autoincrement: ['False'],
  mssql_drop_default: ['True'],
};
const keyOptions = { onupdate: ['"CASCADE"', '"SET NULL"', '"NO ACTION"', '"set default"'], ondelete: ['"CASCADE"', '"RESTRICT"', '"SET NULL (x)"', '"SET DEFAULT"'], deferrable: flags, initially: ['"DEFERRED"', '"IMMEDIATE"'], match: ['"FULL"', '"SIMPLE"', '"PARTIAL"'], referent_schema: schema, postgresql_not_valid: flags, info: ['{}'], comment: ['"c"'], use_alter: ['True'] };
const uniqueOptions = { deferrable: flags, initially: ['"DEFERRED"', '"immediate"'], postgresql_include: ['["x"]'], postgresql_nulls_not_distinct: flags, info: ['{}'] };
const checkOptions = { postgresql_not_valid: flags, deferrable: ['False'], info: ['{}'] };
const excludeOptions = { where: ['"x > 0"', 'sa.text("x > 0")', 'sa.column("x") > 1'], using: ['"gist"', '"spgist"'], deferrable: flags, initially: ['"DEFERRED"', '"IMMEDIATE"'], ops: ['{"x": "int4_ops"}'] };
const indexColumns = [...columns, '[sa.text("lower(x)")]', '["x", sa.text("y DESC NULLS LAST")]', '[sa.func.lower(sa.column("x"))]', '[sa.column("x").desc()]', '[sa.desc("x")]', '[sa.text("x text_pattern_ops")]', '[sa.literal_column("(x + y)")]', '[sa.column("x").desc().nulls_last(), "y"]', '[sa.text(\'("X Y" || z)\')]', '[sa.column("x").collate("C")]', '[sa.column("data")["key"].astext]', '[sa.cast(sa.column("x"), sa.Text())]'];
const indexOptions: Readonly<Record<string, readonly string[]>> = {
  unique: flags, if_not_exists: flags, postgresql_using: ['"gin"', '"hash"', '"btree"', '"BRIN"'], postgresql_where: conditions.filter((one) => one !== '"x > 0"'), postgresql_ops: ['{"x": "text_pattern_ops"}', '{"x": "gin_trgm_ops", "y": "int4_ops"}'], postgresql_with: ['{"fillfactor": 50}', '{"fastupdate": "off"}', '{"fillfactor": 50, "deduplicate_items": True}'],
  postgresql_tablespace: ['"fast"'], postgresql_concurrently: flags, postgresql_include: ['["z"]', '["z", "W"]', '[]'], postgresql_nulls_not_distinct: flags, mysql_length: ['10'], quote: ['True'], info: ['{}'],
};
const dropIndexOptions = { if_exists: flags, postgresql_concurrently: flags, mssql_clustered: ['True'] };
const elements = ['("x", "=")', '("x", "="), ("y", "&&")', '(sa.column("x"), "=")', '(sa.text("int4range(x, y)"), "&&")', '(sa.func.lower(sa.column("x")), "=")'];

export const onOp: readonly CallKind[] = [
  { name: 'op.add_column', required: [tables, added], options: { ...addOptions, schema } },
  { name: 'op.alter_column', required: [tables, ['"b"', '"Col"', 'column_name="b"']], options: { ...alterOptions, schema, postgresql_using: ['"b::integer"', "'lower(b)'"] }, together: [['postgresql_using', 'type_']] },
  { name: 'op.drop_column', required: [tables, ['"b"', 'column_name="B"']], options: { schema, if_exists: flags, mssql_drop_check: ['True'], mssql_drop_default: ['True'], mssql_drop_foreign_key: ['True'] } },
  { name: 'op.drop_table', required: [[...tables, 'table_name="a"']], options: { schema, if_exists: flags, info: ['{}'] } },
  { name: 'op.rename_table', required: [tables, ['"b"', '"New"', 'new_table_name="b"']], options: { schema } },
  { name: 'op.create_table_comment', required: [tables, ['"it\'s"', 'None', 'comment="x"', '""']], options: { schema, existing_comment: ['"old"', 'None'] } },
  { name: 'op.drop_table_comment', required: [tables], options: { schema, existing_comment: ['"old"', 'None'] } },
  { name: 'op.create_primary_key', required: [[...names, 'None'], tables, columns], options: { schema } },
  { name: 'op.create_foreign_key', required: [[...names, 'None'], tables, ['"b"', '"User"'], ['["x"], ["id"]', '["x", "y z"], ("id", "k")', '("x", "Y"), [n for n in "ab"]']], options: { ...keyOptions, source_schema: schema } },
  { name: 'op.create_unique_constraint', required: [[...names, 'None'], tables, columns], options: { ...uniqueOptions, schema } },
  { name: 'op.create_check_constraint', required: [[...names, 'None'], tables, conditions], options: { ...checkOptions, schema } },
  { name: 'op.create_exclude_constraint', required: [names, tables, elements], options: { ...excludeOptions, schema } },
  { name: 'op.drop_constraint', required: [names, tables, ['type_="unique"', '"foreignkey"', '"check"', '"primary"', 'None', 'type_=None']], options: { schema, if_exists: flags } },
  { name: 'op.create_index', required: [[...names, 'None'], tables, indexColumns], options: { ...indexOptions, schema } },
  { name: 'op.drop_index', required: [names], options: { table_name: tables, schema, ...dropIndexOptions } },
  { name: 'op.execute', required: [['"DROP TABLE a"', '"UPDATE a SET x = 1; DELETE FROM b"', 'sa.text("ALTER TABLE a ADD x int")', '"SELECT \'a\\\\:b\'"', 'sa.text("SELECT 1").execution_options(a=1)', 'f"DROP TABLE {TABLE}"', '"DROP TABLE %s" % TABLE', '"DROP TABLE {}".format(TABLE)', 'sqltext="SELECT 2"', 'sa.DDL("DROP TABLE a")', 'sa.schema.CreateSequence(sa.Sequence("seq"))', 'sa.schema.DropSequence(sa.Sequence("seq", schema="app"))', 'sa.schema.CreateTable(sa.Table("a", sa.MetaData(), sa.Column("x", sa.Integer())))', 'sa.schema.DropTable(sa.Table("a", sa.MetaData(), schema="app"), if_exists=True)', 'sa.schema.CreateIndex(sa.Index("ix", sa.Table("a", sa.MetaData(), sa.Column("x", sa.Integer())).c.x))', 'sa.schema.DropIndex(sa.Index("ix", sa.Table("a", sa.MetaData(), sa.Column("x", sa.Integer())).c.x))', 'sa.schema.CreateSchema("app", if_not_exists=True)', 'sa.schema.DropSchema("app", cascade=True)', 'sa.schema.CreateSequence(sa.Sequence("seq", start=5, increment=2, cycle=True, data_type=sa.Integer()), if_not_exists=True)']], options: { execution_options: ['{"no_parameters": True}', 'None'] } },
  { name: 'op.bulk_insert', required: [['sa.table("a", sa.column("x", sa.Integer()), sa.column("y", sa.String()))', 'sa.table("A b", sa.column("x"), sa.column("y"), schema="app")', 'sa.Table("a", sa.MetaData(), sa.Column("x", sa.Integer()), sa.Column("y", sa.Text()))'], ['[{"x": 1, "y": "it\'s"}]', '[{"x": 1, "y": None}, {"x": -2, "y": "b"}]', '[]', 'rows=[{"x": i, "y": f"r{i}"} for i in range(3)]', '[dict(x=1)]', '[{"y": True, "x": 1.5}]', '[{"x": op.inline_literal(7), "y": "z"}]']], options: { multiinsert: ['False', 'True'] } },
];

export const inBatch: readonly CallKind[] = [
  { name: 'add_column', required: [added], options: { ...addOptions, insert_before: ['"z"'], insert_after: ['"z"', 'None'] } },
  { name: 'alter_column', required: [['"b"', '"Col"', 'column_name="b"']], options: { ...alterOptions, insert_before: ['"z"'], insert_after: ['"z"'], postgresql_using: ['"b::integer"'] }, together: [['postgresql_using', 'type_']] },
  { name: 'drop_column', required: [['"b"', 'column_name="B"']], options: { if_exists: flags, mssql_drop_check: ['True'] } },
  { name: 'create_table_comment', required: [['"it\'s"', 'None']], options: { existing_comment: ['"old"'] } },
  { name: 'drop_table_comment', required: [], options: { existing_comment: ['"old"', 'None'] } },
  { name: 'create_primary_key', required: [[...names, 'batch_op.f("n4")', 'None'], columns], options: {} },
  { name: 'create_foreign_key', required: [[...names, 'batch_op.f("n4")', 'None'], ['"b"', '"User"'], ['["x"], ["id"]', '["x", "y z"], ("id", "k")']], options: keyOptions },
  { name: 'create_unique_constraint', required: [[...names, 'batch_op.f("n4")'], columns], options: uniqueOptions },
  { name: 'create_check_constraint', required: [names, conditions], options: checkOptions },
  { name: 'create_exclude_constraint', required: [names, elements], options: excludeOptions },
  { name: 'drop_constraint', required: [names], options: { type_: ['"unique"', '"foreignkey"', '"check"', '"primary"', 'None'] } },
  { name: 'create_index', required: [[...names, 'batch_op.f("n4")'], indexColumns], options: indexOptions },
  { name: 'drop_index', required: [names], options: dropIndexOptions },
  { name: 'execute', required: [['"DROP TABLE a"', 'sa.text("SELECT 1")']], options: { execution_options: ['{"a": 1}'] } },
];

export const batches = ['op.batch_alter_table("a")', 'op.batch_alter_table("a", schema="app")', 'op.batch_alter_table(TABLE, SCHEMA)', 'op.batch_alter_table("Order", recreate="auto", table_args=(), table_kwargs={"a": 1})', 'op.batch_alter_table(table_name="a", naming_convention={"uq": "uq_%(table_name)s"}, recreate="never")', 'op.batch_alter_table("a", copy_from=None, reflect_kwargs={}, reflect_args=[])'];

/** Each option of a kind of call alone, in each form, then `cases` calls with several of them. */
export function callsOf(kind: CallKind, cases: number, seed: number, first: readonly string[] = []): readonly string[] {
  const write = (required: readonly string[], options: Readonly<Record<string, string>>): string => `${kind.name}(${[...first, ...required, ...keywords(options)].join(', ')})`;
  const plain = kind.required.map((forms) => forms[0]!);
  const each = kind.required.flatMap((forms, index) => forms.map((form) => write(ordered(plain.map((other, position) => (position === index ? form : other))), {})));
  const alone = Object.entries(kind.options).flatMap(([key, forms]) => forms.map((form) => write(plain, complete(kind, { [key]: form }))));
  const several = fc.sample(fc.tuple(fc.tuple(...kind.required.map((forms) => fc.constantFrom(...forms))), optionsArb(kind.options, 5)), { numRuns: cases, seed }).map(([required, options]) => write(ordered(required as string[]), complete(kind, options)));
  return [...new Set([...each, ...alone, ...several])];
}

/** Keywords go behind what is given by position; where that does not work out, Alembic refuses the call. */
function ordered(required: readonly string[]): readonly string[] {
  return [...required.filter((form) => !/^\w+=/.test(form)), ...required.filter((form) => /^\w+=/.test(form))];
}

function complete(kind: CallKind, options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const result = { ...options };
  for (const [key, other] of kind.together ?? []) if (key !== undefined && other !== undefined && key in result && !(other in result)) result[other] = kind.options[other]![0]!;
  return result;
}

function keywords(options: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(options).map(([key, value]) => `${key}=${value}`);
}

function optionsArb(options: Readonly<Record<string, readonly string[]>>, most: number): fc.Arbitrary<Readonly<Record<string, string>>> {
  return fc.subarray(Object.keys(options), { maxLength: Math.min(most, Object.keys(options).length) }).chain((keys) => fc.tuple(...keys.map((key) => fc.constantFrom(...options[key]!))).map((values) => Object.fromEntries(keys.map((key, index) => [key, values[index] as string]))));
}
