from datetime import datetime

from sqlalchemy import DateTime, Numeric, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    net: Mapped[float] = mapped_column(Numeric(12, 4), server_default="0.5")
    made: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
