from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Place(Base):
    __tablename__ = "place"

    country: Mapped[str] = mapped_column(primary_key=True)
    city: Mapped[str] = mapped_column(primary_key=True)


class Shop(Base):
    __tablename__ = "shop"
    __table_args__ = (ForeignKeyConstraint(["country", "city"], ["place.country", "place.city"], match="FULL"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str | None]
    city: Mapped[str | None]
