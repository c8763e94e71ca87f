from sqlalchemy import Column, Integer, Text

from app.models.base import Base


class Line(Base):
    """A second class for the table of InvoiceLine: SQLAlchemy refuses it unless it says extend_existing."""

    __tablename__ = "invoice_line"

    id = Column(Integer, primary_key=True)
    description = Column(Text)
