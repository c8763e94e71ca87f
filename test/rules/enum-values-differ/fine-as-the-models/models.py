import enum

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class PlaceStatus(enum.Enum):
    NEW = "new"
    QUEUED = "queued"


class Place(Base):
    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[PlaceStatus | None] = mapped_column(sa.Enum(PlaceStatus, name="place_status"))
