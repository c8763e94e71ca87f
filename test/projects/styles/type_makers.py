"""Types that a project makes for itself: decorators, variants, aliases, functions."""

import json
import uuid
from typing import Annotated

import sqlalchemy as sa
from sqlalchemy import CHAR, Column, DateTime, Integer, LargeBinary, Numeric, String, Text, TypeDecorator
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class UTCDateTime(TypeDecorator):
    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value


class Encrypted(sa.types.TypeDecorator):
    impl = LargeBinary
    cache_ok = True


class ShortString(TypeDecorator):
    """Its arguments go to the type below it."""

    impl = String
    cache_ok = True


class JSONText(TypeDecorator):
    impl = Text

    cache_ok = True

    def process_bind_param(self, value, dialect):
        return json.dumps(value)


class Money(TypeDecorator):
    impl = Numeric
    cache_ok = True

    def __init__(self, scale=2):
        super().__init__(precision=14, scale=scale)


class GUID(TypeDecorator):
    """The recipe of SQLAlchemy's documentation: another type on each database."""

    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID())
        else:
            return dialect.type_descriptor(CHAR(32))


class Base64(Encrypted):
    pass


Email = String(320)
Price = Numeric(10, 2)
Json = sa.JSON().with_variant(JSONB, "postgresql")
BigIntOrInt = sa.BigInteger().with_variant(Integer, "sqlite")


def percent():
    return Numeric(5, 2)


def created_column(**kw):
    return Column(UTCDateTime, server_default=sa.func.now(), nullable=False, **kw)


class Thing(Base):
    __tablename__ = "thing"

    id = Column(BigIntOrInt, primary_key=True)
    at = Column(UTCDateTime)
    at_called = Column(UTCDateTime())
    secret = Column(Encrypted)
    secret_64 = Column(Base64())
    short = Column(ShortString(12), default="x")
    document = Column(JSONText, default={"a": 1})
    price = Column(Money)
    price_4 = Column(Money(scale=4))
    guid = Column(GUID, default=uuid.uuid4)
    email = Column(Email, nullable=False)
    alias_price: Mapped[float] = mapped_column(Price)
    json = Column(Json)
    json_inline = Column(JSONB().with_variant(sa.JSON(), "sqlite"), nullable=False)
    text_variant = Column(String(10).with_variant(Text(), "postgresql", "mysql"))
    rate = Column(percent())
    mutable = Column(MutableDict.as_mutable(JSONB), server_default="{}")
    mutable_list = Column(MutableList.as_mutable(ARRAY(Text)))
    mutable_called = Column(MutableDict.as_mutable(JSONB()), nullable=False, default=dict)
    created_at = created_column()
    touched_at = created_column(index=True)
    many_prices = Column(ARRAY(Money(3)))
