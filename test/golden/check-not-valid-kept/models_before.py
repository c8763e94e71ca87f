from sqlalchemy import CheckConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (CheckConstraint("net > 0", name="ck_job_net"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    net: Mapped[int]
