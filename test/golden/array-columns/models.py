from sqlalchemy import ARRAY, BigInteger, Index, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (Index("ix_job_tags", "tags", postgresql_using="gin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{a,b}'"))
    sizes: Mapped[list[int] | None] = mapped_column(ARRAY(BigInteger))
    more: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
