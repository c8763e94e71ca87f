from sqlalchemy import CheckConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Prospect(Base):
    __tablename__ = "prospect"
    __table_args__ = (CheckConstraint("amount > 0", name="ck_prospect_amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    amount: Mapped[int | None]
