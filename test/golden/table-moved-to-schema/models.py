from sqlalchemy import Enum, ForeignKey, Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Lead(Base):
    __tablename__ = "lead"
    __table_args__ = (Index("ix_lead_email", "email"), {"schema": "crm"})

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    mood: Mapped[str | None] = mapped_column(Enum("calm", "angry", name="mood", schema="crm"))
    referred_by: Mapped[int | None] = mapped_column(ForeignKey("crm.lead.id"))


class Call(Base):
    __tablename__ = "call"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("crm.lead.id", ondelete="CASCADE"))
