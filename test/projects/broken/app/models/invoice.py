from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Invoice(Base):
    """Nothing is wrong with this one."""

    __tablename__ = "invoice"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
