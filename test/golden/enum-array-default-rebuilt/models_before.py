from sqlalchemy import ARRAY, Enum, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    moods: Mapped[list[str]] = mapped_column(ARRAY(Enum("GOOD", "BAD", "ODD", name="mood")), server_default=text("'{GOOD,BAD}'"))
