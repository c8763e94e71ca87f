from sqlalchemy import ARRAY, Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(Enum("NEW", "DONE", name="job_status"), server_default="NEW")


class Task(Base):
    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str | None] = mapped_column(Enum("NEW", "DONE", name="job_status"))


class Step(Base):
    __tablename__ = "step"

    id: Mapped[int] = mapped_column(primary_key=True)
    states: Mapped[list[str] | None] = mapped_column(ARRAY(Enum("NEW", "DONE", name="job_status")))
