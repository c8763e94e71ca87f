def upgrade() -> None:
    """Upgrade schema."""
    op.create_foreign_key(
        op.f("shop_country_city_fkey"),
        "shop",
        "place",
        ["country", "city"],
        ["country", "city"],
        match="FULL",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("shop_country_city_fkey"), "shop", type_="foreignkey")
