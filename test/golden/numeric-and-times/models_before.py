from datetime import datetime

from sqlalchemy import DateTime, Numeric
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    net: Mapped[float] = mapped_column(Numeric(10, 2), server_default="0.10")
    made: Mapped[datetime | None] = mapped_column(DateTime)
