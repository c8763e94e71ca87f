def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("sale", sa.Column("note", sa.String(), nullable=True))
    op.alter_column("sale", "region", server_default="north")

    op.create_check_constraint(
        op.f("ck_sale_amount"),
        "sale",
        sa.text("amount >= 0"),
        postgresql_not_valid=True,
    )

    op.create_foreign_key(
        op.f("fk_sale_customer"),
        "sale",
        "customer",
        ["customer_id"],
        ["id"],
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("fk_sale_customer"), "sale", type_="foreignkey")

    op.drop_constraint(op.f("ck_sale_amount"), "sale", type_="check")

    op.alter_column("sale", "region", server_default=None)

    op.drop_column("sale", "note")
