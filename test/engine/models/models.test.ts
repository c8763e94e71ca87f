import assert from 'node:assert/strict';
import { columns, messages, model, models, table } from './models';

describe('models: classes', () => {
  it('finds types that a class gathers, and constants by their class', () => {
    const reading = model(`
class Types:
    Code = String(12)
    Odd = Integer
class T(Base):
    __tablename__ = "t"
    id = Column(Types.Odd, primary_key=True)
    code = Column(Types.Code)
    done = Column(Boolean, server_default=sqlalchemy.sql.False_())
`);
    assert.deepEqual(messages(reading), []);
    assert.deepEqual(columns(reading, 't'), ['id integer serial not null', 'code character varying(12)', 'done boolean default false']);
  });

  it('takes the naming convention of a registry that generates the base', () => {
    const source = 'from sqlalchemy import *\nfrom sqlalchemy.orm import registry\nmetadata = MetaData(naming_convention={"pk": "%(table_name)s_pk"})\nBase = registry(metadata=metadata).generate_base()\nclass A(Base):\n    __tablename__ = "a"\n    id = Column(Integer, primary_key=True)\n';
    assert.equal(table(models({ '/w/m.py': source }), 'a').primaryKey?.name, 'a_pk');
  });

  it('infers types and nullability from annotations', () => {
    const reading = model(`
class Color(enum.Enum):
    RED = "r"
    GREEN = "g"
intpk = Annotated[int, mapped_column(primary_key=True)]
str50 = Annotated[str, 50]
UserId = NewType("UserId", int)
class T(Base):
    __tablename__ = "t"
    type_annotation_map = {str50: String(50), UserId: BigInteger, dict[str, Any]: pg.JSONB}
    id: Mapped[intpk]
    a: Mapped[str]
    b: Mapped[Optional[str50]]
    c: Mapped["int | None"]
    d: "Mapped[Union[None, decimal.Decimal]]"
    e: Mapped[Color] = mapped_column(default=Color.GREEN)
    f: Mapped[Literal["x", "yyy"]]
    g: Mapped[UserId]
    h: Mapped[dict[str, Any]]
    i: Mapped[str] = mapped_column(Text, nullable=True)
    j: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    k: Mapped["List[T]"] = relationship()
    l: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
`);
    assert.deepEqual(messages(reading), []);
    assert.deepEqual(columns(reading, 't'), [
      'id integer serial not null',
      'a character varying not null',
      'b character varying(50)',
      'c integer',
      'd numeric',
      "e color not null model 'GREEN'",
      'f character varying(3) not null',
      'g bigint not null',
      'h jsonb not null',
      'i text',
      'j uuid not null',
      'l timestamp without time zone not null default now()',
    ]);
    assert.deepEqual(reading.value.enums.map(({ name, labels }) => [name, labels]), [['color', ['RED', 'GREEN']]]);
  });

  it('orders columns as SQLAlchemy does, with mixins, abstract bases and declared_attr', () => {
    const reading = model(`
class Stamp:
    created: Mapped[datetime.datetime]
    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("t.id", name=f"{cls.__tablename__}_owner"))
    updated = mapped_column(DateTime, sort_order=5)
class Root(Base):
    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    @declared_attr.directive
    def __tablename__(cls): return cls.__name__.lower()
class T(Stamp, Root):
    z = mapped_column(Integer)
    a: Mapped[int]
`);
    assert.deepEqual(table(reading, 't').columns.map((column) => column.name), ['id', 'z', 'a', 'created', 'owner_id', 'updated']);
    assert.deepEqual(table(reading, 't').foreignKeys.map((key) => key.name), ['t_owner']);
    assert.equal(columns(reading, 't')[4], 'owner_id integer not null');
  });

  it('puts single table inheritance into the root, joined inheritance into its own table', () => {
    const reading = model(`
class Employee(Base):
    __tablename__ = "employee"
    id = mapped_column(Integer, primary_key=True)
class Manager(Employee):
    budget = mapped_column(Integer)
class Engineer(Employee):
    __tablename__ = "engineer"
    id = mapped_column(ForeignKey("employee.id"), primary_key=True)
`);
    assert.deepEqual(reading.value.tables.map((each) => each.name), ['employee', 'engineer']);
    assert.deepEqual(columns(reading, 'employee'), ['id integer serial not null', 'budget integer']);
    assert.deepEqual(columns(reading, 'engineer'), ['id integer not null']);
  });

  it('names constraints by the naming convention, and cuts long names as SQLAlchemy does', () => {
    const reading = models({
      '/w/m.py': `
from sqlalchemy import *
from sqlalchemy.orm import declarative_base
meta = MetaData(schema="app", naming_convention={
    "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"})
Base = declarative_base(metadata=meta)
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    n = Column(Integer, CheckConstraint("n > 0", name="positive"), index=True)
    m = Column(Integer, unique=True)
    p_id = Column(ForeignKey("a.id"))
    a_very_long_column_name_that_goes_on_and_on_until_it_is_too_long = Column(Integer, index=True)
    __table_args__ = (UniqueConstraint("n", "m"), UniqueConstraint("m", "n", name="given"))
`,
    });
    const a = table(reading, 'a');
    assert.equal(a.schema, 'app');
    assert.deepEqual([a.primaryKey?.name, a.foreignKeys[0]?.name, a.checks[0]?.name], ['pk_a', 'fk_a_p_id_a', 'ck_a_positive']);
    assert.deepEqual(a.foreignKeys[0]?.references, { schema: 'app', name: 'a', columns: ['id'] });
    assert.deepEqual(a.uniques.map((unique) => unique.name), ['uq_a_m', 'uq_a_n_m', 'given']);
    assert.deepEqual(a.indexes.map((index) => index.name), ['ix_app_a_n', 'ix_app_a_a_very_long_column_name_that_goes_on_and_on_un_dbd2']);
  });

  it('takes a default from the label that its own Enum writes', () => {
    const reading = model(`
class S(str, enum.Enum):
    NEW = "new"
class T(Base):
    __tablename__ = "t"
    id = Column(Integer, primary_key=True)
    by_name = Column(sa.Enum(S, name="a"), default=S.NEW, server_default=S.NEW.name)
    by_value = Column(sa.Enum(S, name="b", values_callable=lambda e: [m.value for m in e]), default=S.NEW)
    __table_args__ = (Index("ix", "id", postgresql_where=(by_name == S.NEW) & by_value.in_([S.NEW])),)
`);
    assert.deepEqual(columns(reading, 't').slice(1), ["by_name a default 'NEW' model 'NEW'", "by_value b model 'new'"]);
    assert.equal(table(reading, 't').indexes[0]?.where?.sql, "by_name = 'NEW' AND by_value IN ('new')");
  });

  it('reads SQLModel, where the version decides about datetime', () => {
    const source = {
      '/w/m.py': `
from datetime import datetime
from enum import Enum
from sqlmodel import SQLModel, Field, Relationship, Column, JSON
class Kind(str, Enum):
    a = "A"
class HeroBase(SQLModel):
    name: str = Field(index=True, max_length=40)
class Hero(HeroBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    age: int | None = None
    kind: Kind = Kind.a
    at: datetime
    team_id: int | None = Field(default=None, foreign_key="team.id", ondelete="CASCADE")
    data: dict = Field(sa_column=Column(JSON, nullable=False))
    team: "Team" = Relationship(back_populates="heroes")
class Team(SQLModel, table=True):
    __tablename__ = "team"
    id: int = Field(primary_key=True)
class HeroRead(HeroBase):
    id: int
`,
    };
    const reading = models(source, undefined, { sqlmodel: '0.0.44' });
    assert.deepEqual(columns(reading, 'hero'), [
      'name character varying(40) not null',
      'id integer serial not null',
      'age integer',
      "kind kind not null model 'a'",
      'at timestamp without time zone not null',
      'team_id integer',
      'data json not null',
    ]);
    assert.equal(table(reading, 'hero').indexes[0]?.name, 'ix_hero_name');
    assert.equal(table(reading, 'hero').foreignKeys[0]?.onDelete, 'CASCADE');
    assert.equal(columns(models(source, undefined, { sqlmodel: '0.0.45' }), 'hero')[4], 'at timestamp with time zone not null');
    const untold = models(source);
    assert.equal(table(untold, 'hero').columns[4]?.type.kind, 'unknown');
    assert.match(messages(untold)[0] ?? '', /version of SQLModel/);
  });

  it('reads Flask-SQLAlchemy with its automatic names', () => {
    const reading = models({
      '/w/app/models.py': `
from .ext import db
tags = db.Table("tags", db.Column("a_id", db.Integer, db.ForeignKey("big_thing.id"), primary_key=True), db.Column("b", db.String(5), primary_key=True))
class BigThing(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80), unique=True, nullable=False, server_default=db.text("'x'"))
    children = db.relationship("HTTPLog", secondary=tags)
class HTTPLog(db.Model):
    id = db.Column(db.BigInteger, primary_key=True)
    kind = db.Column(db.Enum("a", "b", name="log_kind"))
class Special(BigThing):
    extra = db.Column(db.Text)
`,
      '/w/app/ext.py': 'from flask_sqlalchemy import SQLAlchemy\nfrom sqlalchemy import MetaData\ndb = SQLAlchemy(metadata=MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"}))',
      '/w/app/__init__.py': '',
    });
    assert.deepEqual(reading.value.tables.map((each) => each.name), ['big_thing', 'http_log', 'tags']);
    assert.deepEqual(columns(reading, 'big_thing'), ['id integer serial not null', "name character varying(80) not null default 'x'", 'extra text']);
    assert.equal(table(reading, 'big_thing').uniques[0]?.name, 'uq_big_thing_name');
    assert.deepEqual(table(reading, 'tags').primaryKey?.columns, ['a_id', 'b']);
  });

  it('finds the type of a foreign key in a module that is only imported', () => {
    const reading = models({
      '/w/a.py': 'import sqlalchemy as sa\nfrom base import Base\nimport b\nclass A(Base):\n    __tablename__ = "a"\n    id = sa.Column(sa.Integer, primary_key=True)\n    b_code = sa.Column(sa.ForeignKey("b.code"))',
      '/w/b.py': 'import sqlalchemy as sa\nfrom base import Base\nclass B(Base):\n    __tablename__ = "b"\n    code = sa.Column(sa.String(7), primary_key=True)',
      '/w/base.py': 'from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass',
    });
    assert.equal(columns(reading, 'a')[1], 'b_code character varying(7)');
    assert.deepEqual([...reading.tablesByPath].map(([path, tables]) => [path, tables.map((each) => each.name)]), [['/w/a.py', ['a']], ['/w/b.py', ['b']]]);
  });

  it('keeps the mark of a rename', () => {
    const reading = model('class T(Base):\n    __tablename__ = "t"\n    __table_args__ = {"info": {"renamed_from": "old_t"}}\n    id = Column(Integer, primary_key=True, info={"renamed_from": "old_id"})');
    assert.equal(table(reading, 't').renamedFrom, 'old_t');
    assert.equal(table(reading, 't').columns[0]?.renamedFrom, 'old_id');
  });
});

describe('models: what can not be known', () => {
  const place = (source: string, reading: ReturnType<typeof model>, code: string): string => {
    const at = reading.problems.find((problem) => problem.code === code)?.at;
    return at === undefined ? '' : source.slice(at.range.start, at.range.end);
  };

  it('a syntax error: the rest is read', () => {
    const source = 'from sqlalchemy.orm import DeclarativeBase\nfrom sqlalchemy import Column, Integer\nclass Base(DeclarativeBase): pass\nclass A(Base):\n    __tablename__ = "a"\n    id = Column(Integer, primary_key=True\nclass B(Base):\n    __tablename__ = "b"\n    id = Column(Integer, primary_key=True)\n';
    const reading = models({ '/w/m.py': source });
    assert.deepEqual(reading.value.tables.map((each) => each.name), ['a', 'b']);
    assert.equal(place(source, reading, 'syntax-error'), '(');
  });

  it('a type that nobody knows, and an annotation that SQLAlchemy does not know', () => {
    const source = 'from somewhere import Odd\nfrom sqlalchemy.orm import *\nfrom sqlalchemy import Integer\nclass Base(DeclarativeBase): pass\nclass A(Base):\n    __tablename__ = "a"\n    id = mapped_column(Integer, primary_key=True)\n    x = mapped_column(Odd(3))\n    y: Mapped[dict]\n';
    const reading = models({ '/w/m.py': source });
    assert.deepEqual(table(reading, 'a').columns.map((column) => column.type.kind), ['builtin', 'unknown', 'unknown']);
    assert.deepEqual(messages(reading), [
      'unknown-type: somewhere.Odd is not a type that Alembic Review knows.',
      'unknown-type: SQLAlchemy has no type for this annotation. Give one to mapped_column(), or add it to type_annotation_map.',
    ]);
    assert.equal(place(source, reading, 'unknown-type'), 'Odd(3)');
  });

  it('an import that leads nowhere: the base is missing, and the table is doubtful', () => {
    const source = 'from app.base import Base\nfrom app.mixins import Stamp\nfrom sqlalchemy import Column, Integer\nclass A(Stamp, Base):\n    __tablename__ = "a"\n    id = Column(Integer, primary_key=True)\n';
    const reading = models({ '/w/m.py': source, '/w/app/base.py': 'from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass' });
    assert.equal(place(source, reading, 'unresolved-import'), 'app.mixins');
    assert.match(messages(reading).join('\n'), /unknown-base: A base of A could not be read; columns that it has are missing\./);
    assert.deepEqual(reading.value.unknown.map((part) => part.tables), [[{ schema: null, name: 'a' }]]);
  });

  it('a base of another package: what names its table is mapped, and doubtful', () => {
    const source =
      'from accounts.models import UserBase\nfrom flask_login import UserMixin\nfrom sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import DeclarativeBase\n' +
      'class Base(DeclarativeBase): pass\nclass User(UserBase):\n    __tablename__ = "users"\n    id = Column(Integer, primary_key=True)\n' +
      'class Member(UserBase, Base):\n    __tablename__ = "members"\n    id = Column(Integer, primary_key=True)\nclass Login(UserMixin, Base):\n    __tablename__ = "logins"\n    id = Column(Integer, primary_key=True)\n' +
      'class Form(UserBase):\n    title = Column(Integer)\nclass Plain:\n    __tablename__ = "plain"\n    id = Column(Integer, primary_key=True)\n';
    const reading = models({ '/w/m.py': source });
    assert.deepEqual(reading.value.tables.map(({ name }) => name), ['users', 'members', 'logins']);
    assert.deepEqual(reading.value.unknown.map((part) => part.tables?.[0]?.name), ['users', 'members']);
    assert.equal(messages(reading).filter((text) => text.startsWith('unknown-base')).length, 2);
  });

  it("Flask-AppBuilder's Model is a base like any other", () => {
    const reading = models({ '/w/m.py': 'from flask_appbuilder import Model\nfrom sqlalchemy import Column, Integer\nclass A(Model):\n    __tablename__ = "a"\n    id = Column(Integer, primary_key=True)\n' });
    assert.deepEqual([reading.value.tables.map(({ name }) => name), reading.value.unknown], [['a'], []]);
  });

  it('a computed table name', () => {
    const reading = model('import os\nclass A(Base):\n    __tablename__ = os.environ["T"]\n    id = Column(Integer, primary_key=True)');
    assert.deepEqual(reading.value.tables, []);
    assert.match(messages(reading)[0] ?? '', /unknown-table-name: The table name of A is computed/);
  });

  it('two classes for one table', () => {
    const reading = model('class A(Base):\n    __tablename__ = "t"\n    id = Column(Integer, primary_key=True)\nclass B(Base):\n    __tablename__ = "t"\n    id = Column(Integer, primary_key=True)');
    assert.equal(reading.value.tables.length, 1);
    assert.deepEqual(messages(reading), ['duplicate-table: The table t is declared twice. Give one of them another name.']);
  });

  it('one enum name with two sets of labels', () => {
    const reading = model('class A(Base):\n    __tablename__ = "a"\n    id = Column(Integer, primary_key=True)\n    x = Column(sa.Enum("p", "q", name="e"))\n    y = Column(sa.Enum("p", "r", name="e"))\nclass B(Base):\n    __tablename__ = "b"\n    id = Column(Integer, primary_key=True)\n    x = Column(sa.Enum("p", name="e"))');
    assert.equal(reading.value.enums.length, 1);
    assert.deepEqual(messages(reading).map((text) => text.slice(0, 16)), ['conflicting-enum', 'conflicting-enum']);
  });

  it('a file that does not exist', () => {
    assert.deepEqual(messages(models({}, ['/w/gone.py'])), ['unreadable-file: This file could not be read.']);
  });
});
