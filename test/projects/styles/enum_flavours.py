"""Enum types: where the name, the labels and the schema come from."""

import enum
from enum import auto
from typing import Optional

import sqlalchemy as sa
from sqlalchemy import ARRAY, Column, Enum, Integer, String, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ENUM
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Plain(enum.Enum):
    one = 1
    two = 2
    # the same value: another name for the same member, and no label
    uno = 1


class WithValues(str, enum.Enum):
    FIRST = "first"
    SECOND = "second one"
    THIRD = "it's third"


class Auto(enum.Enum):
    A = auto()
    B = auto()


class Lower(str, enum.Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    UP = enum.auto()
    DOWN = enum.auto()


class Flagged(enum.IntEnum):
    OFF = 0
    ON = 1


class VeryLongNameForAnEnumThatSomebodyChoseInAGoodMood(enum.Enum):
    x = "x"


Functional = enum.Enum("Functional", ["ALPHA", "BETA"])


def values(cls):
    return [member.value for member in cls]


def enum_column(cls, **kw):
    return Column(Enum(cls, name=cls.__name__.lower() + "_enum", values_callable=values), **kw)


shared = Enum(WithValues, name="shared_enum", values_callable=lambda x: [e.value for e in x])


class Flavours(Base):
    __tablename__ = "flavours"

    id = Column(Integer, primary_key=True)
    plain = Column(Enum(Plain), nullable=False, server_default="one", default=Plain.one)
    named = Column(Enum(Plain, name="plain_named"), default=Plain.two, server_default=Plain.two.name)
    values_lambda = Column(shared, server_default=WithValues.SECOND.value, default=WithValues.SECOND)
    values_again = Column(shared, server_default=text("'first'"))
    by_name = Column(sa.Enum(WithValues, name="with_names"), default=WithValues.THIRD)
    from_function = enum_column(Lower, nullable=False)
    automatic = Column(Enum(Auto))
    integers = Column(Enum(Flagged))
    functional = Column(Enum(Functional))
    long_name = Column(Enum(VeryLongNameForAnEnumThatSomebodyChoseInAGoodMood))
    strings = Column(Enum("small", "medium", "large", name="size"), server_default="medium", nullable=False)
    strings_list = Column(Enum(*["a", "b"], name="letters"))
    pg = Column(ENUM("x", "y", name="pg_enum"), default="x")
    pg_class = Column(postgresql.ENUM(Plain, name="pg_plain"))
    elsewhere = Column(ENUM("u", "v", name="made_elsewhere", create_type=False))
    many = Column(ARRAY(Enum(Lower, name="lower_enum", values_callable=values)), server_default="{}")
    many_pg = Column(postgresql.ARRAY(ENUM(Plain, name="pg_plain")), nullable=False)
    not_native = Column(Enum(WithValues, native_enum=False))
    not_native_length = Column(Enum(WithValues, native_enum=False, length=50), default=WithValues.FIRST)
    not_native_checked = Column(Enum(Plain, native_enum=False, create_constraint=True, name="plain_check"))
    not_native_strings = Column(Enum("yes", "no", native_enum=False), server_default="no")
    elsewhere_schema = Column(Enum("p", "q", name="pq", schema="types"))
    mapped: Mapped[WithValues]
    mapped_optional: Mapped[Optional[Auto]] = mapped_column(index=True)
    mapped_named: Mapped[Plain] = mapped_column(Enum(Plain, name="plain_mapped", validate_strings=True))


class Elsewhere(Base):
    __tablename__ = "elsewhere"
    __table_args__ = {"schema": "other"}

    id = Column(Integer, primary_key=True)
    inherits = Column(Enum("i", "j", name="inherited", inherit_schema=True))
    stays = Column(Enum("k", "l", name="stays"))
