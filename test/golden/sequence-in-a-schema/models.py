from sqlalchemy import Integer, Sequence
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


ticket = Sequence("ticket_seq", schema="crm", data_type=Integer, metadata=Base.metadata)


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
