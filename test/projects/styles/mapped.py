"""Annotations: types and nullability are inferred."""

import datetime
import decimal
import enum
import typing
import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, List, Literal, Optional, Union

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Integer, Numeric, String, Text, func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column, relationship
from sqlalchemy.orm import mapped_column as column


class Base(DeclarativeBase):
    pass


class Mood(enum.Enum):
    CALM = "calm"
    WILD = "wild"


class Person(Base):
    __tablename__ = "person"
    __mapper_args__ = {"eager_defaults": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    nickname: Mapped[Optional[str]]
    title: Mapped[str | None]
    suffix: Mapped[Union[str, None]]
    prefix: Mapped[Union[None, str]] = mapped_column()
    quoted: Mapped["str"]
    quoted_optional: Mapped["str | None"]
    quoted_inner: Mapped[Optional["str"]]
    short: Mapped[str] = mapped_column(String(30))
    forced_null: Mapped[str] = mapped_column(nullable=True)
    forced_not_null: Mapped[Optional[str]] = mapped_column(nullable=False)
    active: Mapped[bool]
    height: Mapped[float]
    balance: Mapped[Decimal]
    budget: Mapped[decimal.Decimal] = mapped_column(Numeric(12, 2), default=Decimal("10.50"))
    born: Mapped[date]
    born_at: Mapped[datetime.time | None]
    seen: Mapped[datetime.datetime]
    seen_zone: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    patience: Mapped[timedelta]
    photo: Mapped[bytes]
    token: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    mood: Mapped[Mood] = mapped_column(default=Mood.CALM)
    mood_before: Mapped[Optional[Mood]]
    side: Mapped[Literal["left", "right"]]
    big: Mapped[int] = mapped_column(BigInteger, default=-1)
    other_name: Mapped[int] = mapped_column("column_name", Integer, server_default=text("1"))
    alias: Mapped[str] = column(String(5), index=True)
    without_annotation = mapped_column(Text)
    without_annotation_not_null = mapped_column(String(3), nullable=False, unique=True)
    data: Mapped[dict] = mapped_column(JSON)
    anything: Mapped[Any] = mapped_column(Integer)

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    second_team_id: Mapped[Optional[int]] = mapped_column(ForeignKey("team.id", ondelete="SET NULL"), index=True)

    team: Mapped["Team"] = relationship(foreign_keys=[team_id], back_populates="people")
    second_team: Mapped[Optional["Team"]] = relationship(foreign_keys="Person.second_team_id")

    # neither of these is a column
    limit: ClassVar[int] = 10
    kind = "person"

    @property
    def full_name(self) -> str:
        return self.name


class Team(Base):
    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    people: Mapped[List["Person"]] = relationship(foreign_keys=Person.team_id, back_populates="team")
    size: Mapped[int] = column_property(select(func.count(Person.id)).scalar_subquery())


class Ticket(Base):
    __tablename__ = "ticket"

    id: Mapped[typing.Annotated[int, mapped_column(primary_key=True)]]
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    when: "Mapped[datetime.date]"
