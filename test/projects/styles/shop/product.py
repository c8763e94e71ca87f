import sqlalchemy as sa

import shop.kinds as kinds
from shop.base import Base
from shop.mixins import WithId


class Product(WithId, Base):
    __tablename__ = "product"

    sku = sa.Column(sa.String(20), nullable=False, unique=True)
    price = sa.Column(sa.Numeric(10, 2), sa.CheckConstraint("price >= 0", name="price"), nullable=False)
    currency = sa.Column(sa.Enum(kinds.Currency), nullable=False, server_default=kinds.Currency.EUR.value)
