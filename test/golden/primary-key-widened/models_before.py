from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Price(Base):
    __tablename__ = "price"

    sku: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[int]
