import enum

from sqlalchemy import Enum
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class JobStatus(enum.Enum):
    NEW = "NEW"
    RUNNING = "RUNNING"
    DONE = "DONE"


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[JobStatus] = mapped_column(Enum(JobStatus, name="job_status"), server_default="NEW")
    past: Mapped[list[JobStatus] | None] = mapped_column(ARRAY(Enum(JobStatus, name="job_status")))
