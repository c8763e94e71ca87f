/** Models and a database that differ in one thing. */
export interface BlindSpotCase {
  readonly name: string;
  readonly before: string;
  readonly models: string;
  /** Whether Alembic finds something to do. */
  readonly isSeen: boolean;
  /** What we say: `kind on`. */
  readonly said: readonly string[];
  /** More arguments of `context.configure`. */
  readonly configure?: string;
}

function models(body: string): string {
  return `import enum

from sqlalchemy import *
from sqlalchemy.dialects.postgresql import ENUM, ExcludeConstraint
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Base(DeclarativeBase):
    pass


${body}
`;
}

/** A table `place` with more in its body and its arguments. */
function place(columns: string, args = ''): string {
  return models(`class Place(Base):
    __tablename__ = "place"
    __table_args__ = (${args}${args === '' ? '' : ','})
    id = mapped_column(Integer, primary_key=True)
    name = mapped_column(Text)
    size = mapped_column(Integer)
${columns === '' ? '' : `    ${columns}\n`}`);
}

const table = (more: string): string => `CREATE TABLE place (id serial PRIMARY KEY, name text, size integer${more === '' ? '' : `, ${more}`});`;
const blind = (name: string, before: string, text: string, ...said: readonly string[]): BlindSpotCase => ({ name, before, models: text, isSeen: false, said });
const seen = (name: string, before: string, text: string): BlindSpotCase => ({ name, before, models: text, isSeen: true, said: [] });

export const blindSpotCases: readonly BlindSpotCase[] = [
  blind('that nothing differs', table(''), place('')),
  blind('a CHECK that is missing', table(''), place('', 'CheckConstraint("size > 0", name="place_size_check")'), 'check constraint place'),
  blind('a CHECK that is left over', table('CONSTRAINT place_size_check CHECK (size > 0)'), place(''), 'check constraint place'),
  blind('a CHECK that is another', table('CONSTRAINT place_size_check CHECK (size > 0)'), place('', 'CheckConstraint("size > 1", name="place_size_check")'), 'check constraint place'),
  blind('a CHECK that PostgreSQL spells otherwise', table("CONSTRAINT place_name_check CHECK (name IN ('a', 'b'))"), place('', 'CheckConstraint("name IN (\'a\', \'b\')", name="place_name_check")')),
  blind('an exclusion constraint that is missing', table(''), place('', 'ExcludeConstraint(("size", "="), name="place_size_excl", using="btree")'), 'exclusion constraint place'),
  blind('a primary key over other columns', 'CREATE TABLE place (id serial NOT NULL, name text NOT NULL, size integer, PRIMARY KEY (id));', models('class Place(Base):\n    __tablename__ = "place"\n    id = mapped_column(Integer, primary_key=True)\n    name = mapped_column(Text, primary_key=True)\n    size = mapped_column(Integer)'), 'primary key place'),
  blind('labels of an enum type', "CREATE TYPE mood AS ENUM ('SAD', 'OK'); CREATE TABLE place (id serial PRIMARY KEY, name text, size integer, mood mood);", place('mood = mapped_column(Enum("SAD", "OK", "GREAT", name="mood"))'), 'enum type mood'),
  blind('the order of labels', "CREATE TYPE mood AS ENUM ('OK', 'SAD'); CREATE TABLE place (id serial PRIMARY KEY, name text, size integer, mood mood);", place('mood = mapped_column(Enum("SAD", "OK", name="mood"))'), 'enum type mood'),
  blind('the predicate of a partial index', `${table('')} CREATE INDEX ix_place_name ON place (name);`, place('', 'Index("ix_place_name", "name", postgresql_where=text("size > 0"))'), 'index place'),
  blind('the method of an index', `${table('')} CREATE INDEX ix_place_name ON place (name);`, place('', 'Index("ix_place_name", "name", postgresql_using="hash")'), 'index place'),
  blind('INCLUDE of an index', `${table('')} CREATE INDEX ix_place_name ON place (name);`, place('', 'Index("ix_place_name", "name", postgresql_include=["size"])'), 'index place'),
  blind('the operator class of an index', `${table('')} CREATE INDEX ix_place_name ON place (name);`, place('', 'Index("ix_place_name", "name", postgresql_ops={"name": "text_pattern_ops"})'), 'index place'),
  blind('storage parameters of an index', `${table('')} CREATE INDEX ix_place_name ON place (name);`, place('', 'Index("ix_place_name", "name", postgresql_with={"fillfactor": 70})'), 'index place'),
  blind('a sequence', table(''), models('numbers = Sequence("numbers", metadata=Base.metadata)\n\n\nclass Place(Base):\n    __tablename__ = "place"\n    id = mapped_column(Integer, primary_key=True)\n    name = mapped_column(Text)\n    size = mapped_column(Integer)'), 'sequence numbers'),
  blind('the order of a unique constraint', table('CONSTRAINT place_key UNIQUE (name, size)'), place('', 'UniqueConstraint("size", "name", name="place_key")'), 'unique constraint place'),
  blind('that a unique constraint is deferrable', table('CONSTRAINT place_key UNIQUE (name, size)'), place('', 'UniqueConstraint("name", "size", name="place_key", deferrable=True)'), 'unique constraint place'),
  blind('a server default, as env.py is at first', table("kind text DEFAULT 'a'"), place('kind = mapped_column(Text, server_default="b")'), 'server default place.kind'),
  { ...seen('a server default, where env.py asks for it', table("kind text DEFAULT 'a'"), place('kind = mapped_column(Text, server_default="b")')), configure: ', compare_server_default=True' },
  blind('what a generated column computes', table('twice integer GENERATED ALWAYS AS (size * 2) STORED'), place('twice = mapped_column(Integer, Computed("size * 3", persisted=True))'), 'generated column place.twice'),
  seen('a collation', table('kind text COLLATE "C"'), place('kind = mapped_column(Text(collation="POSIX"))')),
  seen('a column', table('more text'), place('')),
  seen('a type', table('more text'), place('more = mapped_column(Integer)')),
  seen('NOT NULL', table('more text'), place('more = mapped_column(Text, nullable=False)')),
  seen('a comment', table('more text'), place('more = mapped_column(Text, comment="more")')),
  seen('an index', table(''), place('', 'Index("ix_place_name", "name")')),
  seen('other columns of an index', `${table('')} CREATE INDEX ix_place_name ON place (name);`, place('', 'Index("ix_place_name", "name", "size")')),
  seen('the direction of an index', `${table('')} CREATE INDEX ix_place_name ON place (name);`, place('', 'Index("ix_place_name", text("name DESC"))')),
  seen('that an index is unique', `${table('')} CREATE INDEX ix_place_name ON place (name);`, place('', 'Index("ix_place_name", "name", unique=True)')),
  seen('a unique constraint', table(''), place('', 'UniqueConstraint("name", name="place_key")')),
  seen('other columns of a unique constraint', table('CONSTRAINT place_key UNIQUE (name)'), place('', 'UniqueConstraint("name", "size", name="place_key")')),
  seen('NULLS NOT DISTINCT', table('CONSTRAINT place_key UNIQUE (name)'), place('', 'UniqueConstraint("name", name="place_key", postgresql_nulls_not_distinct=True)')),
  seen('ON DELETE of a foreign key', table('parent integer CONSTRAINT place_parent_fkey REFERENCES place (id)'), place('parent = mapped_column(Integer, ForeignKey("place.id", name="place_parent_fkey", ondelete="CASCADE"))')),
  seen('that a foreign key is deferrable', table('parent integer CONSTRAINT place_parent_fkey REFERENCES place (id)'), place('parent = mapped_column(Integer, ForeignKey("place.id", name="place_parent_fkey", deferrable=True))')),
];
