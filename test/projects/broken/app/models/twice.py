from sqlalchemy import Column, Integer, Text

from app.models.base import Base


class InvoiceLine(Base):
    __tablename__ = "invoice_line"

    id = Column(Integer, primary_key=True)
    text = Column(Text, nullable=False)
