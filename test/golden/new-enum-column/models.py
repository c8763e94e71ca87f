import enum

from sqlalchemy import Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Mood(enum.Enum):
    GOOD = 1
    BAD = 2


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    mood: Mapped[Mood | None] = mapped_column(Enum(Mood, name="mood"))
    first_mood: Mapped[Mood] = mapped_column(Enum(Mood, name="mood"), default=Mood.GOOD)
