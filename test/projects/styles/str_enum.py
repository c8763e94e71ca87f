"""enum.StrEnum (Python 3.11): auto() is the name in lower case, but SQLAlchemy stores names unless it is told otherwise."""

from enum import StrEnum, auto

from sqlalchemy import Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Direction(StrEnum):
    NORTH = auto()
    SOUTH = auto()
    EAST = "East"


class Step(Base):
    __tablename__ = "step"

    id: Mapped[int] = mapped_column(primary_key=True)
    names: Mapped[Direction] = mapped_column(server_default=Direction.NORTH.name)
    values: Mapped[Direction] = mapped_column(
        Enum(Direction, name="direction_value", values_callable=lambda e: [m.value for m in e]),
        default=Direction.SOUTH,
        server_default=Direction.SOUTH,
    )
