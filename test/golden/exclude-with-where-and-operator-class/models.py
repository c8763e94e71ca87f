from sqlalchemy import text
from sqlalchemy.dialects.postgresql import ExcludeConstraint, TSRANGE
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Booking(Base):
    __tablename__ = "booking"
    __table_args__ = (ExcludeConstraint(("room", "="), ("during", "&&"), name="ex_booking", using="gist", where=text("room > 0"), deferrable=True, initially="DEFERRED"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[int]
    during: Mapped[str] = mapped_column(TSRANGE)
