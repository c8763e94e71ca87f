def upgrade() -> None:
    """Upgrade schema."""
    op.create_foreign_key(
        op.f("invoice_account_id_fkey"),
        "invoice",
        "account",
        ["account_id"],
        ["id"],
        referent_schema="crm",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("invoice_account_id_fkey"), "invoice", type_="foreignkey")
