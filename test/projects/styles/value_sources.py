"""Where values come from: serial, identity, sequences, generated columns."""

from sqlalchemy import BigInteger, Column, Computed, ForeignKey, Identity, Integer, MetaData, Numeric, Sequence, SmallInteger, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    metadata = MetaData()


class Serial(Base):
    __tablename__ = "serial"
    id = Column(Integer, primary_key=True)


class BigSerial(Base):
    __tablename__ = "big_serial"
    id = Column(BigInteger, primary_key=True, autoincrement=True)


class SmallSerial(Base):
    __tablename__ = "small_serial"
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True)


class NotSerial(Base):
    __tablename__ = "not_serial"
    id = Column(Integer, primary_key=True, autoincrement=False)


class Keyed(Base):
    """A foreign key draws no values."""

    __tablename__ = "keyed"
    id = Column(Integer, ForeignKey("serial.id"), primary_key=True)


class Composite(Base):
    """Neither does one column of several, unless it says so."""

    __tablename__ = "composite"
    a = Column(Integer, primary_key=True)
    b = Column(Integer, primary_key=True)


class CompositeAuto(Base):
    __tablename__ = "composite_auto"
    a = Column(Integer, primary_key=True, autoincrement=True)
    b = Column(String(3), primary_key=True)


class WithDefault(Base):
    __tablename__ = "with_default"
    id = Column(Integer, primary_key=True, server_default="7")


class WithPythonDefault(Base):
    __tablename__ = "with_python_default"
    id = Column(Integer, primary_key=True, default=3)


class Identified(Base):
    __tablename__ = "identified"
    id = Column(BigInteger, Identity(always=True, start=100, increment=5, cache=10), primary_key=True)
    number = Column(Integer, Identity(), nullable=False)


class IdentifiedByDefault(Base):
    __tablename__ = "identified_by_default"
    id: Mapped[int] = mapped_column(Identity(minvalue=-5, maxvalue=1000, cycle=True), primary_key=True)


number_sequence = Sequence("number_sequence", start=1000, metadata=Base.metadata)


class Sequenced(Base):
    __tablename__ = "sequenced"
    id = Column(Integer, Sequence("sequenced_id_seq", start=10), primary_key=True)
    number = Column(BigInteger, number_sequence, server_default=number_sequence.next_value(), nullable=False)
    optional = Column(Integer)


class Generated(Base):
    __tablename__ = "generated"
    id = Column(Integer, primary_key=True)
    price = Column(Numeric(10, 2), nullable=False)
    quantity = Column(Integer, nullable=False)
    total = Column(Numeric(12, 2), Computed("price * quantity", persisted=True))
    title = Column(Text)
    search: Mapped[str] = mapped_column(TSVECTOR, Computed("to_tsvector('english', coalesce(title, ''))", persisted=True))
