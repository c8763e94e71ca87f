"""Defaults on both sides."""

import datetime
import uuid
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, DateTime, FetchedValue, Float, Integer, Interval, Numeric, String, Text, cast, false, func, literal, literal_column, null, text, true
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import declarative_base
from sqlalchemy.schema import DefaultClause

Base = declarative_base()

START = "NEW"
LIMIT = 20


class Default(Base):
    __tablename__ = "default"

    id = Column(Integer, primary_key=True)
    string = Column(String, server_default="plain")
    string_apostrophe = Column(String, server_default="O'Malley")
    string_percent = Column(String, server_default="100%")
    string_unicode = Column(String, server_default="Zoë 東京")
    string_empty = Column(String, server_default="")
    string_backslash = Column(String, server_default="a\\b")
    string_constant = Column(String, server_default=START)
    string_f = Column(String, server_default=f"{START}-{LIMIT}")
    string_text = Column(String, server_default=text("'quoted'"))
    string_text_cast = Column(String, server_default=text("'quoted'::character varying"))
    number_string = Column(Integer, server_default="0")
    number_text = Column(Integer, server_default=text("42"))
    number_negative = Column(Integer, server_default=text("-1"))
    number_constant = Column(Integer, server_default=str(LIMIT))
    numeric = Column(Numeric(10, 2), server_default="0.10")
    numeric_text = Column(Numeric(10, 2), server_default=text("1.50"))
    float_ = Column(Float, server_default=text("1e3"))
    big = Column(BigInteger, server_default=text("9007199254740993"))
    boolean_true = Column(Boolean, server_default=true())
    boolean_false = Column(Boolean, server_default=false())
    boolean_text = Column(Boolean, server_default=text("TRUE"))
    boolean_string = Column(Boolean, server_default="f")
    now = Column(DateTime, server_default=func.now())
    now_text = Column(DateTime, server_default=text("now()"))
    now_utc = Column(DateTime, server_default=text("(now() at time zone 'utc')"))
    now_function = Column(DateTime, server_default=func.timezone("utc", func.now()))
    now_keyword = Column(DateTime(timezone=True), server_default=func.current_timestamp())
    clock = Column(DateTime(timezone=True), server_default=func.clock_timestamp())
    today = Column(Date, server_default=func.current_date())
    tomorrow = Column(Date, server_default=text("CURRENT_DATE + INTERVAL '1 day'"))
    hour = Column(Interval, server_default=text("'01:00:00'::interval"))
    uuid = Column(UUID, server_default=func.gen_random_uuid())
    uuid_text = Column(UUID, server_default=text("gen_random_uuid()"))
    json = Column(JSONB, server_default="{}")
    json_text = Column(JSONB, server_default=text("'[]'::jsonb"))
    json_literal = Column(JSON, server_default=text("'{\"a\": 1}'"))
    array = Column(ARRAY(Text), server_default="{}")
    array_text = Column(ARRAY(Text), server_default=text("ARRAY[]::text[]"))
    array_cast = Column(ARRAY(Integer), server_default=text("'{1,2}'::integer[]"))
    nothing = Column(Integer, server_default=text("NULL"))
    clause = Column(String, DefaultClause("in a clause"))
    fetched = Column(String, server_default=FetchedValue())
    literal_column_ = Column(Integer, server_default=literal_column("3"))
    casted = Column(Integer, server_default=cast(literal("5"), Integer))


class PythonDefault(Base):
    __tablename__ = "python_default"

    id = Column(Integer, primary_key=True)
    string = Column(String, default="it's")
    empty = Column(String, default="")
    number = Column(Integer, default=LIMIT)
    negative = Column(Integer, default=-3)
    numeric = Column(Numeric(10, 2), default=Decimal("0.10"))
    float_ = Column(Float, default=1.5)
    boolean = Column(Boolean, default=False)
    constant = Column(String, default=START)
    callable_ = Column(UUID(as_uuid=True), default=uuid.uuid4)
    function = Column(DateTime, default=func.now())
    lambda_ = Column(DateTime, default=lambda: datetime.datetime(2024, 1, 1))
    dict_ = Column(JSONB, default=dict)
    none = Column(String, default=None)
    both = Column(Integer, default=1, server_default="2")
    positional = Column(Integer, nullable=False, default=10**3)
