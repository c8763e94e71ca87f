from sqlalchemy import CheckConstraint, Computed, Enum, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_new", "name", postgresql_where=text("status = 'NEW'")),
        CheckConstraint("status <> 'DONE' OR name IS NOT NULL", name="ck_job_done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(Enum("NEW", "RUNNING", "DONE", name="job_status"), server_default="NEW")
    name: Mapped[str | None]
    is_new: Mapped[bool | None] = mapped_column(Computed("status = 'NEW'", persisted=True))
