def upgrade() -> None:
    """Upgrade schema."""
    # Outside of the transaction, so that the tables stay in use meanwhile. A run
    # that fails can simply be run again.
    with op.get_context().autocommit_block():
        # sale has 3 rows.
        # 1 row without a value: the model's default fills them, and the downgrade
        # leaves it there.
        op.execute("UPDATE sale SET region = 'north' WHERE region IS NULL")

        op.execute("ALTER TABLE sale DROP CONSTRAINT IF EXISTS sale_region_is_not_null")
        op.create_check_constraint(
            op.f("sale_region_is_not_null"),
            "sale",
            sa.text("region IS NOT NULL"),
            postgresql_not_valid=True,
        )
        op.execute("ALTER TABLE sale VALIDATE CONSTRAINT sale_region_is_not_null")
        op.alter_column("sale", "region", nullable=False)
        op.drop_constraint(op.f("sale_region_is_not_null"), "sale", type_="check")

        # 1 row without a value: the model's default fills them, and the downgrade
        # leaves it there.
        op.execute("UPDATE sale SET channel = 'shop' WHERE channel IS NULL")

        op.execute(
            "ALTER TABLE sale DROP CONSTRAINT IF EXISTS sale_channel_is_not_null"
        )
        op.create_check_constraint(
            op.f("sale_channel_is_not_null"),
            "sale",
            sa.text("channel IS NOT NULL"),
            postgresql_not_valid=True,
        )
        op.execute("ALTER TABLE sale VALIDATE CONSTRAINT sale_channel_is_not_null")
        op.alter_column("sale", "channel", nullable=False)
        op.drop_constraint(op.f("sale_channel_is_not_null"), "sale", type_="check")

        op.execute("ALTER TABLE sale DROP CONSTRAINT IF EXISTS uq_sale_code_channel")
        op.drop_index(
            op.f("uq_sale_code_channel"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("uq_sale_code_channel"),
            "sale",
            ["code", "channel"],
            unique=True,
            postgresql_concurrently=True,
            if_not_exists=True,
        )
        op.execute(
            "ALTER TABLE sale ADD CONSTRAINT uq_sale_code_channel UNIQUE USING INDEX uq_sale_code_channel"
        )

        op.execute("ALTER TABLE sale VALIDATE CONSTRAINT ck_sale_amount")

        op.drop_index(
            op.f("ix_sale_code"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("ix_sale_code"),
            "sale",
            ["code", "region"],
            unique=False,
            postgresql_concurrently=True,
            if_not_exists=True,
        )

        op.drop_index(
            op.f("ix_sale_amount"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("ix_sale_amount"),
            "sale",
            ["amount"],
            unique=False,
            postgresql_where=sa.text("amount > 0"),
            postgresql_concurrently=True,
            if_not_exists=True,
        )

        op.drop_index(
            op.f("ix_sale_channel"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("ix_sale_channel"),
            "sale",
            ["channel"],
            unique=False,
            postgresql_concurrently=True,
            if_not_exists=True,
        )

        op.execute("ALTER TABLE sale VALIDATE CONSTRAINT fk_sale_customer")
        op.drop_index(
            op.f("ix_sale_region"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )


def downgrade() -> None:
    """Downgrade schema."""
    # Outside of the transaction, so that the tables stay in use meanwhile. A run
    # that fails can simply be run again.
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_sale_region"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("ix_sale_region"),
            "sale",
            ["region"],
            unique=False,
            postgresql_concurrently=True,
            if_not_exists=True,
        )

        op.drop_index(
            op.f("ix_sale_channel"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.execute("ALTER TABLE sale DROP CONSTRAINT IF EXISTS uq_sale_code_channel")
        op.alter_column("sale", "channel", nullable=True)
        op.alter_column("sale", "region", nullable=True)

        op.drop_index(
            op.f("ix_sale_amount"),
            table_name="sale",
            postgresql_concurrently=True,
            if_exists=True,
        )
        op.create_index(
            op.f("ix_sale_amount"),
            "sale",
            ["amount"],
            unique=False,
            postgresql_concurrently=True,
            if_not_exists=True,
        )

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
