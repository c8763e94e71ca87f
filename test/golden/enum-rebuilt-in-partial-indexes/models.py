from sqlalchemy import Enum, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (Index("ix_job_new", "name", unique=True, postgresql_where=text("status = 'NEW'")), Index("ix_job_some", "name", postgresql_where=text("status IN ('NEW', 'DONE')")))

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(Enum("DONE", "NEW", name="job_status"))
    name: Mapped[str | None]
