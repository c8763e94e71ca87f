from sqlalchemy import CheckConstraint, Computed, Enum, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint, TSRANGE
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Booking(Base):
    __tablename__ = "booking"
    __table_args__ = (CheckConstraint("net > 0", name="ck_booking_net", comment="Nothing is free"), UniqueConstraint("account_id", "net", name="uq_booking", deferrable=True, initially="DEFERRED"), ExcludeConstraint(("during", "&&"), name="ex_booking"), Index("ix_booking_new", "net", postgresql_where=text("state = 'NEW'")), {"comment": "What is booked"})

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    state: Mapped[str] = mapped_column(Enum("NEW", "PAID", name="booking_state"), server_default="NEW")
    net: Mapped[float] = mapped_column(Numeric(10, 2), comment="Without tax")
    gross: Mapped[float | None] = mapped_column(Computed("net * 1.2", persisted=True))
    during: Mapped[str | None] = mapped_column(TSRANGE)
