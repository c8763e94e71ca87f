from sqlalchemy import Identity
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(Identity(start=1, increment=1, maxvalue=2147483647, cycle=False), primary_key=True)
    name: Mapped[str]
