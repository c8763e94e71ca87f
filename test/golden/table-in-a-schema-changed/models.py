from sqlalchemy import Enum, ForeignKey, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Lead(Base):
    __tablename__ = "lead"
    __table_args__ = {"schema": "crm", "comment": "Leads"}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, index=True, comment="Who")
    state: Mapped[str] = mapped_column(Enum("WON", "NEW", "LOST", name="lead_state", schema="crm"), server_default="WON")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("crm.lead.id"))
