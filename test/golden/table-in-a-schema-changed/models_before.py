from sqlalchemy import Enum, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Lead(Base):
    __tablename__ = "lead"
    __table_args__ = (UniqueConstraint("name", name="uq_lead"), {"schema": "crm"})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    state: Mapped[str] = mapped_column(Enum("NEW", "WON", name="lead_state", schema="crm"), server_default="NEW")
