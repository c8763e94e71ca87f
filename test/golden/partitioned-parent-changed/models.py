from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Event(Base):
    __tablename__ = "event"
    __table_args__ = (CheckConstraint("size > 0", name="ck_event_size"), UniqueConstraint("kind", "day", name="uq_event"), Index("ix_event_kind", "kind", postgresql_where=text("size IS NULL")), {"postgresql_partition_by": "RANGE (day)"})

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[datetime] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), server_default="x")
    note: Mapped[str] = mapped_column(server_default="")
    size: Mapped[int | None]
