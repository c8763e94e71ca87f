from sqlalchemy import CheckConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (CheckConstraint("net > 0", name="net_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    net: Mapped[int]
