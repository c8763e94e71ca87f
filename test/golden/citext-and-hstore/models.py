from sqlalchemy import ARRAY
from sqlalchemy.dialects.postgresql import CITEXT, HSTORE
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(CITEXT, unique=True)
    kept: Mapped[str] = mapped_column(CITEXT)
    data: Mapped[dict | None] = mapped_column(HSTORE)
    tags: Mapped[list[str] | None] = mapped_column(ARRAY(CITEXT))
