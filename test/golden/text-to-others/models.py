import uuid
from datetime import datetime

from sqlalchemy import Date
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(server_default="0")
    document: Mapped[dict | None] = mapped_column(JSONB)
    token: Mapped[uuid.UUID]
    moment: Mapped[datetime | None]
    ready: Mapped[bool]
    day: Mapped[str] = mapped_column(Date)
