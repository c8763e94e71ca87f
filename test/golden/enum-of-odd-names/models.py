from sqlalchemy import Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(Enum("it's new", "c%d", "a b", "Done:x", name="Job Status"), server_default="it's new")
    other: Mapped[str | None] = mapped_column(Enum("X-1", "select", name="order"))
