from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("code", name="uq_job_code", postgresql_nulls_not_distinct=True),
        Index("ix_job", "code", unique=True, postgresql_nulls_not_distinct=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None]
