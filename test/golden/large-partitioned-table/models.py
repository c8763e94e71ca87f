from datetime import date

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Sale(Base):
    __tablename__ = "sale"
    __table_args__ = {"postgresql_partition_by": "RANGE (sold_on)"}

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sold_on: Mapped[date] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(index=True)
