"""Columns from mixins, abstract bases and declared_attr; names made from the class."""

import re
from datetime import datetime
from typing import Optional

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, declarative_mixin, mapped_column, relationship


class Base(DeclarativeBase):
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class IdMixin:
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


@declarative_mixin
class TimestampMixin:
    created_at = Column(DateTime(timezone=True), server_default=func.now(), nullable=False)

    @declared_attr
    def updated_at(cls):
        return Column(DateTime(timezone=True), onupdate=func.now())


class OwnedMixin:
    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("owner.id", ondelete="CASCADE"), index=True)

    @declared_attr
    def owner(cls) -> Mapped["Owner"]:
        return relationship("Owner")


class SoftDelete:
    deleted_at: Mapped[Optional[datetime]] = mapped_column(DateTime(timezone=True), index=True)

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class Model(IdMixin, TimestampMixin, Base):
    """Every table's common part, in a class without a table."""

    __abstract__ = True

    note: Mapped[Optional[str]] = mapped_column(String(200))


class Owner(Model):
    __tablename__ = "owner"

    name: Mapped[str]


class Project(OwnedMixin, SoftDelete, Model):
    __tablename__ = "project"

    title: Mapped[str] = mapped_column(String(80))
    # narrower than the common one
    note: Mapped[str] = mapped_column(String(20), server_default="-")

    @declared_attr.directive
    def __table_args__(cls):
        return (Index(f"ix_{cls.__tablename__}_title_owner", "title", "owner_id"), {"comment": "from a function"})


class ArgsMixin:
    __table_args__ = {"comment": "from a mixin"}


class TimeEntry(ArgsMixin, OwnedMixin, Model):
    __tablename__ = "time_entry"

    minutes: Mapped[int]


class OpenInvoice(Model):
    """Named by the base's declared_attr."""

    total = Column(Integer, nullable=False)
