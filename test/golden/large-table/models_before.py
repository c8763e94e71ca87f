from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)


class Sale(Base):
    __tablename__ = "sale"
    __table_args__ = (
        Index("ix_sale_code", "code"),
        Index("ix_sale_region", "region"),
        Index("ix_sale_amount", "amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    region: Mapped[str | None]
    amount: Mapped[int]
    channel: Mapped[str | None]
    customer_id: Mapped[int | None]
