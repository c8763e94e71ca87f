from sqlalchemy import Integer
from sqlalchemy.dialects.postgresql import DOMAIN
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    net: Mapped[int]
    old: Mapped[int] = mapped_column(DOMAIN("amount", Integer, create_type=False))
