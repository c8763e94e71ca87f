import enum

from sqlalchemy import CheckConstraint, Enum, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class JobStatus(enum.Enum):
    NEW = "new"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("status <> 'FAILED' OR error IS NOT NULL", name="ck_job_error"),
        Index("ix_job_waiting", "id", postgresql_where=text("status = 'NEW'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[JobStatus] = mapped_column(Enum(JobStatus, name="job_status"), server_default="NEW")
    error: Mapped[str | None]
