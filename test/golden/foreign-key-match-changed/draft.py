def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("fk_shop_place"), "shop", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_shop_place"),
        "shop",
        "place",
        ["country", "city"],
        ["country", "city"],
        match="FULL",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("fk_shop_place"), "shop", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_shop_place"), "shop", "place", ["country", "city"], ["country", "city"]
    )
