import sqlalchemy as sa
from sqlalchemy.orm import declared_attr


class WithId:
    id = sa.Column(sa.Integer, primary_key=True)


class WithCustomer:
    @declared_attr
    def customer_id(cls):
        return sa.Column(sa.ForeignKey("customer.id", ondelete="CASCADE"), nullable=False, index=True)
