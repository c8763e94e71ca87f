from sqlalchemy import CheckConstraint, Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (CheckConstraint("status <> 'OLD' OR name IS NOT NULL", name="ck_job_old"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(Enum("NEW", "OLD", "DONE", name="job_status"))
    name: Mapped[str | None]
