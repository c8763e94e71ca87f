from sqlalchemy import PrimaryKeyConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (PrimaryKeyConstraint("id", name="job_pkey"),)

    id: Mapped[int]
    name: Mapped[str]
