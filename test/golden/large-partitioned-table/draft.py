def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("sale", "code", nullable=False)

    op.create_index(op.f("ix_sale_code"), "sale", ["code"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_sale_code"), table_name="sale")

    op.alter_column("sale", "code", nullable=True)
