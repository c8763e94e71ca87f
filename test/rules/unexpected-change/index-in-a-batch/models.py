from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Base(DeclarativeBase):
    pass


class Place(Base):
    __tablename__ = "place"
    __table_args__ = (Index("ix_place_name", "name"),)
    id = mapped_column(Integer, primary_key=True)
    name = mapped_column(Text, nullable=False)
    kind = mapped_column(Text)
    note = mapped_column(Text)
