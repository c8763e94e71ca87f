from sqlalchemy import BigInteger, Enum, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (Index("ix_job_new", "net", postgresql_where=text("status = 'NEW'")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(Enum("NEW", "DONE", name="work_status"), server_default="NEW")
    net: Mapped[int | None] = mapped_column(BigInteger)
