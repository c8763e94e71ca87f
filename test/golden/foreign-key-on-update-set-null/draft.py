def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("invoice_account_id_fkey"), "invoice", type_="foreignkey")
    op.create_foreign_key(
        op.f("invoice_account_id_fkey"),
        "invoice",
        "account",
        ["account_id"],
        ["id"],
        onupdate="SET NULL",
        ondelete="SET DEFAULT",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("invoice_account_id_fkey"), "invoice", type_="foreignkey")
    op.create_foreign_key(
        op.f("invoice_account_id_fkey"),
        "invoice",
        "account",
        ["account_id"],
        ["id"],
        onupdate="CASCADE",
        ondelete="CASCADE",
    )
