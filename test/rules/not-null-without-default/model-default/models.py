from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Base(DeclarativeBase):
    pass


class Place(Base):
    __tablename__ = "place"
    id = mapped_column(Integer, primary_key=True)
    name = mapped_column(Text, nullable=False)
    note = mapped_column(Text, server_default="none")
    kind = mapped_column(Text)
    status = mapped_column(String(20), nullable=False, default="new")
