from sqlalchemy import ARRAY, Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    flags: Mapped[list[str]] = mapped_column(ARRAY(Enum("A", "C", name="flag")), server_default="{A}")
