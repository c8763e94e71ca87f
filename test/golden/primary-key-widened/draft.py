def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("price_pkey"), "price", type_="primary")
    op.create_primary_key(op.f("price_pkey"), "price", ["sku", "day"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("price_pkey"), "price", type_="primary")
    op.create_primary_key(op.f("price_pkey"), "price", ["sku"])
