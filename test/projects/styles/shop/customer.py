from sqlalchemy import Column, String

from . import mixins
from .base import Base
from .conventions import NAME_LENGTH

__all__ = ("Customer",)


class Customer(mixins.WithId, Base):
    __tablename__ = "customer"

    name = Column(String(NAME_LENGTH), nullable=False)
    email = Column(String(NAME_LENGTH * 2), unique=True)
