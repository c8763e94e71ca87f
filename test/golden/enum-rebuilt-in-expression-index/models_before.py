from sqlalchemy import Enum, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (Index("ix_job_status", text("COALESCE(status, 'NEW')"), "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(Enum("NEW", "OLD", "DONE", name="job_status"))
    name: Mapped[str | None]
