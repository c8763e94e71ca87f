def upgrade() -> None:
    """Upgrade schema."""
    op.create_unique_constraint(op.f("contact_email_key"), "contact", ["email"])

    op.create_foreign_key(
        op.f("contact_account_id_fkey"),
        "contact",
        "account",
        ["account_id"],
        ["id"],
        ondelete="CASCADE",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("contact_account_id_fkey"), "contact", type_="foreignkey")

    op.drop_constraint(op.f("contact_email_key"), "contact", type_="unique")
