from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (ForeignKeyConstraint(["parent_id"], ["job.id"], name="fk_job_parent", ondelete="SET NULL"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None]
