from sqlalchemy import ARRAY, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[str]] = mapped_column(ARRAY(String(10)), server_default="{}")
    sizes: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
