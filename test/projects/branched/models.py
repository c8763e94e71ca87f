from sqlalchemy import Column, Integer, Text
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ticket(Base):
    __tablename__ = "ticket"

    id = Column(Integer, primary_key=True)
    title = Column(Text, nullable=False)
    assignee = Column(Text)
    due_on = Column(Text)
