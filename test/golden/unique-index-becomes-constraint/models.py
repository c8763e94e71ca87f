from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("name", name="uq_job_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
