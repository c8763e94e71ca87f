from sqlalchemy import Column, Integer

from app.models.base import Base
from app.models.nowhere import ReminderKind, TimestampMixin


class Reminder(TimestampMixin, Base):
    __tablename__ = "reminder"

    id = Column(Integer, primary_key=True)
    kind = Column(ReminderKind, nullable=False)
