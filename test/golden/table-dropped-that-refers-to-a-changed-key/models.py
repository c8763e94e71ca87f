from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("id", "part", name="uq_job_id_part"),
        # the same columns again: CREATE TABLE leaves out such a key, ALTER TABLE does not
        UniqueConstraint("id", "part", name="uq_job_again"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
