import assert from 'node:assert/strict';
import { typeSql } from '../../../src/engine/sql/types';
import { columns, messages, model, table } from '../models/models';

const inTable = (lines: readonly string[], more = ''): ReturnType<typeof model> =>
  model(`${more}\nclass T(Base):\n    __tablename__ = "t"\n    id = Column(Integer, primary_key=True)\n${lines.map((line) => `    ${line}`).join('\n')}`);

describe('SQLAlchemy: types', () => {
  it('compiles them as PostgreSQL gets them', () => {
    const types: readonly (readonly [string, string])[] = [
      ['String(5)', 'character varying(5)'],
      ['Float', 'double precision'],
      ['Float(24)', 'real'],
      ['Numeric(10)', 'numeric(10,0)'],
      ['CHAR', 'character(1)'],
      ['DateTime(True)', 'timestamp with time zone'],
      ['pg.TIMESTAMP(precision=3)', 'timestamp(3) without time zone'],
      ['pg.INTERVAL(fields="DAY TO SECOND", precision=2)', 'interval day to second(2)'],
      ['ARRAY(String(3), dimensions=2)', 'character varying(3)[]'],
      ['Uuid(native_uuid=False)', 'character(32)'],
      ['pg.DOMAIN("d", Integer, schema="z")', 'z.d'],
      ['Interval(native=False)', 'timestamp without time zone'],
      ['sa.Enum("a", "bbb", native_enum=False)', 'character varying(3)'],
      ['JSON().with_variant(pg.JSONB(), "postgresql")', 'jsonb'],
      ['Vector(3)', 'vector(3)'],
      ['Geometry("POINT", srid=4326, spatial_index=False)', 'geometry(POINT,4326)'],
    ];
    const reading = inTable(types.map(([source], index) => `c${index} = Column(${source})`), 'from pgvector.sqlalchemy import Vector\nfrom geoalchemy2 import Geometry');
    assert.deepEqual(messages(reading), []);
    assert.deepEqual(table(reading, 't').columns.slice(1).map((column) => typeSql(column.type)), types.map(([, sql]) => sql));
  });

  it('says which types PostgreSQL does not have, and which are not known', () => {
    const reading = inTable(['a = Column(NVARCHAR(3))', 'b = Column(String(LENGTH))', 'c = Column(sa.Enum(*labels(), name="e"))', 'd = Column(sa.Enum("x"))'], 'import os\nLENGTH = os.cpu_count()\ndef labels(): return os.listdir()');
    assert.deepEqual(table(reading, 't').columns.slice(1).map((column) => column.type.kind), ['unknown', 'unknown', 'enum', 'unknown']);
    assert.deepEqual(messages(reading), [
      'unknown-type: sqlalchemy.NVARCHAR is not a type that Alembic Review knows.',
      'unknown-type: The argument `length` of the type is not known.',
      'unknown-enum-labels: The labels of this Enum could not be read.',
      'unknown-type: PostgreSQL needs a name for this enum type. Add name="…".',
    ]);
  });
});

describe('SQLAlchemy: columns and constraints', () => {
  it('numbers a primary key only where SQLAlchemy does', () => {
    const key = (definition: string): string => columns(model(`class T(Base):\n    __tablename__ = "t"\n    id = ${definition}`), 't')[0] ?? '';
    assert.equal(key('Column(BigInteger, primary_key=True)'), 'id bigint serial not null');
    assert.equal(key('Column(Integer, primary_key=True, autoincrement=False)'), 'id integer not null');
    assert.equal(key('Column(Integer, primary_key=True, default=lambda: 1)'), 'id integer not null');
    assert.equal(key('Column(Integer, primary_key=True, server_default=text("5"))'), 'id integer not null default 5');
    assert.equal(key('Column(Integer, Identity(always=True, start=5), primary_key=True)'), 'id integer identity always not null');
    assert.equal(key('Column(Integer, ForeignKey("t.id"), primary_key=True)'), 'id integer not null');
    assert.equal(key('Column(Integer, Sequence("s"), primary_key=True)'), 'id integer not null');
    assert.equal(key('Column(String, primary_key=True)'), 'id character varying not null');
  });

  it('writes server defaults as SQLAlchemy compiles them', () => {
    const defaults: readonly (readonly [string, string])[] = [
      ['"it\'s"', "'it''s'"],
      ['text("now()")', 'now()'],
      ['func.now()', 'now()'],
      ['func.current_timestamp()', 'CURRENT_TIMESTAMP'],
      ['true()', 'true'],
      ['sa.false()', 'false'],
      ['func.json_build_object("a", 1)', "json_build_object('a', 1)"],
      ['cast("5", Integer)', "CAST('5' AS integer)"],
      ['literal_column("3")', '3'],
      ['text("E\'a\\\\:b\'")', "E'a:b'"],
      ['Sequence("s").next_value()', "nextval('s')"],
    ];
    const reading = inTable(defaults.map(([source], index) => `c${index} = Column(Text, server_default=${source})`));
    assert.deepEqual(table(reading, 't').columns.slice(1).map((column) => column.default?.sql), defaults.map(([, sql]) => sql));
  });

  it('a default that is not known makes the table doubtful', () => {
    const reading = inTable(['c = Column(Text, server_default=make())'], 'def make(): return open("x").read()');
    assert.equal(reading.value.unknown.length, 1);
    assert.match(messages(reading)[0] ?? '', /unknown-expression: This server default is not known/);
  });

  it('reads expressions in checks and indexes', () => {
    const reading = inTable([
      'n = Column(Integer)',
      's = Column(Text)',
      'd = Column(pg.JSONB)',
      '__table_args__ = (',
      '    CheckConstraint((n > 0) & ((s != "x") | s.is_(None)), name="a"),',
      '    CheckConstraint(~n.in_([1, 2]), name="b"),',
      '    CheckConstraint(and_(n.between(1, 5), func.length(s) < 10), name="c"),',
      '    Index("i", n.desc().nulls_last(), func.lower(s), d["k"].astext, text("s DESC"), postgresql_using="btree", postgresql_ops={"n": "int4_ops"}),',
      '    UniqueConstraint(n, s, name="u", postgresql_nulls_not_distinct=True, deferrable=True, initially="deferred"),',
      ')',
    ]);
    assert.deepEqual(messages(reading), []);
    const found = table(reading, 't');
    assert.deepEqual(found.checks.map((check) => check.expression.sql), [
      "n > 0 AND (s != 'x' OR s IS NULL)",
      'n NOT IN (1, 2)',
      'n BETWEEN 1 AND 5 AND length(s) < 10',
    ]);
    assert.deepEqual(
      found.indexes[0]?.elements.map((element) => [element.column ?? element.expression?.sql, element.operatorClass, element.descending, element.nullsFirst]),
      [
        ['n', 'int4_ops', true, false],
        ['lower(s)', null, false, false],
        ["d ->> 'k'", null, false, false],
        ['s', null, true, true],
      ],
    );
    assert.deepEqual([found.uniques[0]?.columns, found.uniques[0]?.nullsNotDistinct, found.uniques[0]?.initiallyDeferred], [['n', 's'], true, true]);
  });
});
