from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)


class Sale(Base):
    __tablename__ = "sale"
    __table_args__ = (
        # another index under the same name, one that goes, one whose column changes, and a new one
        Index("ix_sale_code", "code", "region"),
        Index("ix_sale_amount", "amount", postgresql_where="amount > 0"),
        Index("ix_sale_channel", "channel"),
        UniqueConstraint("code", "channel", name="uq_sale_code_channel"),
        CheckConstraint("amount >= 0", name="ck_sale_amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(server_default="north")
    amount: Mapped[int]
    channel: Mapped[str] = mapped_column(default="shop")
    note: Mapped[str | None]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", name="fk_sale_customer"))
