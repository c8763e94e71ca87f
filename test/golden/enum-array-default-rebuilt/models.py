from sqlalchemy import ARRAY, Enum, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (Index("ix_job_moods", "moods", postgresql_using="gin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moods: Mapped[list[str]] = mapped_column(ARRAY(Enum("BAD", "GOOD", name="mood")), server_default=text("'{GOOD}'"))
