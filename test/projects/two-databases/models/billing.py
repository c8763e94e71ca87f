from decimal import Decimal

from sqlalchemy import BigInteger, Identity, Numeric
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Invoice(Base):
    __tablename__ = "invoice"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    # Lives in the other database: no key can point there.
    order_id: Mapped[int]
    total: Mapped[Decimal] = mapped_column(Numeric(12, 2))
