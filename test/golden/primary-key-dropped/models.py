from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


job = Table("job", Base.metadata, Column("number", Integer), Column("name", String))
