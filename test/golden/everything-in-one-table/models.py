from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, Computed, DateTime, Enum, ForeignKey, Identity, Index, Numeric, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class InvoiceLine(Base):
    __tablename__ = "invoice_line"
    __table_args__ = (CheckConstraint("net >= 0"), Index("ix_line_extra", "extra", postgresql_using="gin"), Index("uq_line_open", "job_id", unique=True, postgresql_where=text("state = 'OPEN'")),)

    number: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    net: Mapped[float] = mapped_column(Numeric(10, 2), server_default="0.10")
    gross: Mapped[float] = mapped_column(Numeric(10, 2), Computed("net * 1.2", persisted=True))
    made: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    extra: Mapped[dict] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    tags: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    state: Mapped[str] = mapped_column(Enum("OPEN", "PAID", name="line_state"), server_default="OPEN")
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"), index=True)


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
