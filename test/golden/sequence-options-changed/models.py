from sqlalchemy import BigInteger, Sequence
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


ticket = Sequence("ticket_seq", data_type=BigInteger, increment=10, minvalue=0, maxvalue=1000, cache=5, cycle=True, metadata=Base.metadata)


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
