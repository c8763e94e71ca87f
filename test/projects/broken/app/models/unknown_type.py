from acme_types import LedgerEntry
from sqlalchemy import Column, Integer

from app.models.base import Base


class Ledger(Base):
    __tablename__ = "ledger"

    id = Column(Integer, primary_key=True)
    entry = Column(LedgerEntry(precision=4), nullable=False)
