from sqlalchemy import Column, ForeignKey, Integer, MetaData, Numeric, String, Table

metadata = MetaData()

product = Table(
    "product",
    metadata,
    Column("sku", String(20), primary_key=True),
    Column("name", String, nullable=False),
    Column("price", Numeric(10, 2), nullable=False),
)

order_line = Table(
    "order_line",
    metadata,
    Column("order_id", Integer, primary_key=True, autoincrement=False),
    Column("sku", ForeignKey("product.sku"), primary_key=True),
    Column("quantity", Integer, nullable=False, server_default="1"),
)
