def upgrade() -> None:
    """Upgrade schema."""
    # Outside of the transaction, so that the tables stay in use meanwhile. A run
    # that fails can simply be run again.
    with op.get_context().autocommit_block():
        # sale has 2 rows.
        op.drop_index(
            op.f("ix_sale_code"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("ix_sale_code"),
            "sale",
            ["code"],
            unique=False,
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    """Downgrade schema."""
    # Outside of the transaction, so that the tables stay in use meanwhile. A run
    # that fails can simply be run again.
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_sale_code"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )
