from sqlalchemy import text
from sqlalchemy.dialects.postgresql import ExcludeConstraint, TSRANGE
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (ExcludeConstraint(("during", "&&"), name="ex_job_during", where=text("id > 0"), deferrable=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    during: Mapped[str] = mapped_column(TSRANGE)
