from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("name", name="uq_job_name", comment="One of a name"), CheckConstraint("net > 0", name="ck_job_net", comment="Old words"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    net: Mapped[int | None]
