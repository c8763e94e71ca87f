def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("account_parent_id_fkey"), "account", type_="foreignkey")
    op.drop_constraint(op.f("invoice_account_id_fkey"), "invoice", type_="foreignkey")
    op.drop_constraint(op.f("login_account_id_fkey"), "login", type_="foreignkey")

    op.drop_constraint(op.f("account_pkey"), "account", type_="primary")
    op.drop_constraint(op.f("account_code_key"), "account", type_="unique")
    op.create_primary_key(op.f("account_pkey"), "account", ["code"])
    op.create_unique_constraint(op.f("account_id_key"), "account", ["id"])

    op.create_foreign_key(
        op.f("account_parent_id_fkey"), "account", "account", ["parent_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("invoice_account_id_fkey"), "invoice", "account", ["account_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("login_account_id_fkey"),
        "login",
        "account",
        ["account_id"],
        ["id"],
        ondelete="CASCADE",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("login_account_id_fkey"), "login", type_="foreignkey")
    op.drop_constraint(op.f("invoice_account_id_fkey"), "invoice", type_="foreignkey")
    op.drop_constraint(op.f("account_parent_id_fkey"), "account", type_="foreignkey")

    op.drop_constraint(op.f("account_id_key"), "account", type_="unique")
    op.drop_constraint(op.f("account_pkey"), "account", type_="primary")
    op.create_unique_constraint(op.f("account_code_key"), "account", ["code"])
    op.create_primary_key(op.f("account_pkey"), "account", ["id"])

    op.create_foreign_key(
        op.f("login_account_id_fkey"),
        "login",
        "account",
        ["account_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_foreign_key(
        op.f("invoice_account_id_fkey"), "invoice", "account", ["account_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("account_parent_id_fkey"), "account", "account", ["parent_id"], ["id"]
    )
