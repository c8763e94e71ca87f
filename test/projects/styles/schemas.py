"""Tables in several schemas, one of them the metadata's own."""

from sqlalchemy import Column, Enum, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

metadata = MetaData(schema="crm")


class Base(DeclarativeBase):
    metadata = metadata


class Customer(Base):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind = Column(Enum("private", "business", name="customer_kind"))


class Invoice(Base):
    __tablename__ = "invoice"
    __table_args__ = {"schema": "billing"}

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("crm.customer.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)


line = Table(
    "line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("invoice_id", ForeignKey("billing.invoice.id"), nullable=False),
    Column("customer_id", ForeignKey(Customer.id)),
    schema="billing",
)


class Public(Base):
    __tablename__ = "public_table"
    __table_args__ = {"schema": "public"}

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("crm.customer.id"))
