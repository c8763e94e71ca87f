from sqlalchemy import CheckConstraint, Computed, Index, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (Index("ix_job_new", "name", postgresql_where=text("status = 'NEW'")), CheckConstraint("status <> 'DONE' OR name IS NULL", name="ck_job_done"))

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(20), server_default="NEW")
    name: Mapped[str | None]
    open: Mapped[bool | None] = mapped_column(Computed("status = 'NEW'", persisted=True))
