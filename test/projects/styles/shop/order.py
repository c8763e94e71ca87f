from sqlalchemy import Column, Enum, ForeignKey, Integer
from sqlalchemy.orm import relationship

from .base import Base
from .kinds import *
from .mixins import WithCustomer, WithId
from .product import Product


class Order(WithId, WithCustomer, Base):
    __tablename__ = "order"

    state = Column(Enum(OrderState, name="order_state"), default=OrderState.OPEN, nullable=False)
    lines = relationship("OrderLine", back_populates="order")


class OrderLine(Base):
    __tablename__ = "order_line"

    order_id = Column(ForeignKey(Order.id), primary_key=True)
    product_id = Column(ForeignKey(Product.id), primary_key=True)
    quantity = Column(Integer, nullable=False, default=1)
    order = relationship(Order, back_populates="lines")
