from sqlalchemy import CheckConstraint, Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (CheckConstraint("status <> 'NEW' OR net IS NULL", name="ck_job_status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(Enum("NEW", "DONE", name="job_status"))
    net: Mapped[int | None]
