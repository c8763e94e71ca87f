from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Town(Base):
    __tablename__ = "town"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(Text)


class Place(Base):
    __tablename__ = "place"
    __table_args__ = (CheckConstraint("length(name) < 80", name="place_name_check"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    town_id: Mapped[int] = mapped_column(Integer, ForeignKey("town.id", name="place_town_id_fkey", ondelete="CASCADE"))
    name: Mapped[str | None] = mapped_column(Text)
