def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("invoice_account_id_fkey"), "invoice", type_="foreignkey")
    op.create_foreign_key(
        op.f("invoice_account_id_fkey"), "invoice", "person", ["account_id"], ["id"]
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("invoice_account_id_fkey"), "invoice", type_="foreignkey")
    op.create_foreign_key(
        op.f("invoice_account_id_fkey"), "invoice", "account", ["account_id"], ["id"]
    )
