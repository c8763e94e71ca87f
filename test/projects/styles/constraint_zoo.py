"""Keys and constraints with everything."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Numeric,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
    and_,
    column,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE, INT4RANGE, ExcludeConstraint
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Room(Base):
    __tablename__ = "room"

    building = Column(String(10))
    number = Column(Integer)
    name = Column(String(40), unique=True)
    seats = Column(Integer, CheckConstraint("seats > 0", name="room_has_seats"))
    price = Column(Numeric(8, 2), CheckConstraint("price >= 0"), nullable=False, server_default="0")

    __table_args__ = (
        PrimaryKeyConstraint("building", "number", name="room_pk"),
        UniqueConstraint("building", "name"),
        UniqueConstraint("number", "name", name="room_number_name", deferrable=True, initially="DEFERRED"),
        UniqueConstraint(seats, price, name="room_seats_price", postgresql_nulls_not_distinct=True),
        UniqueConstraint("seats", name="room_seats", postgresql_include=["price"]),
        CheckConstraint("building <> '' AND number BETWEEN 1 AND 9999", name="room_sane"),
        CheckConstraint(and_(seats < 1000, price < 500), name="room_expression"),
        CheckConstraint(func.length(name) > 2, name="room_function"),
        CheckConstraint(text("seats IN (1, 2, 3) OR price > 10"), name="room_text"),
        CheckConstraint(column("seats") != 13, name="room_not_valid", postgresql_not_valid=True),
    )


class Booking(Base):
    __tablename__ = "booking"

    id = Column(Integer, primary_key=True)
    building = Column(String(10), nullable=False)
    number = Column(Integer, nullable=False)
    during = Column(DATERANGE)
    seats = Column(INT4RANGE)
    previous_id = Column(Integer, ForeignKey("booking.id", deferrable=True, initially="IMMEDIATE"))
    parent_id = Column(ForeignKey("booking.id", ondelete="SET DEFAULT", onupdate="NO ACTION", name="booking_parent", use_alter=True), server_default="1")
    other_id = Column(Integer)
    cancelled_on = Column(Date, comment="Empty while it stands")

    __table_args__ = (
        ForeignKeyConstraint(["building", "number"], ["room.building", "room.number"], name="booking_room", ondelete="RESTRICT", onupdate="CASCADE", match="FULL"),
        ForeignKeyConstraint(["other_id"], ["booking.id"], name="booking_other", postgresql_not_valid=True),
        ExcludeConstraint(("during", "&&"), name="booking_no_overlap", using="gist", where=text("cancelled_on IS NULL")),
        ExcludeConstraint((column("seats"), "&&"), (func.int4range(0, 10), "&&"), deferrable=True, initially="DEFERRED", name="booking_seats"),
        {"comment": "It's taken"},
    )


class Alone(Base):
    """Constraints with comments."""

    __tablename__ = "alone"

    a = Column(Integer, primary_key=True, comment="first")
    b = Column(Integer, unique=False, index=False)
    c = Column(Integer, ForeignKey("alone.a", name="alone_c", comment="points back"))
    d = Column(Integer)
    e = Column(Integer)

    __table_args__ = (UniqueConstraint("d", name="alone_d", comment="about d"), CheckConstraint("e > 0", name="alone_e", comment="about e"))
