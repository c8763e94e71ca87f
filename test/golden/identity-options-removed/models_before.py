from sqlalchemy import Identity
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(Identity(start=100, increment=10, maxvalue=5000, cycle=True), primary_key=True)
    name: Mapped[str]
