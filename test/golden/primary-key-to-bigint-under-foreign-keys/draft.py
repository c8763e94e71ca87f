def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("account_parent_id_fkey"), "account", type_="foreignkey")
    op.drop_constraint(op.f("invoice_account_id_fkey"), "invoice", type_="foreignkey")
    op.drop_constraint(op.f("login_account_id_fkey"), "login", type_="foreignkey")

    op.alter_column("account", "id", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute("ALTER SEQUENCE account_id_seq AS bigint")

    op.alter_column(
        "account", "parent_id", existing_type=sa.Integer(), type_=sa.BigInteger()
    )

    op.alter_column(
        "invoice", "account_id", existing_type=sa.Integer(), type_=sa.BigInteger()
    )

    op.alter_column(
        "login", "account_id", existing_type=sa.Integer(), type_=sa.BigInteger()
    )

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

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column(
        "login", "account_id", existing_type=sa.BigInteger(), type_=sa.Integer()
    )

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column(
        "invoice", "account_id", existing_type=sa.BigInteger(), type_=sa.Integer()
    )

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column(
        "account", "parent_id", existing_type=sa.BigInteger(), type_=sa.Integer()
    )

    op.execute("ALTER SEQUENCE account_id_seq AS integer")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("account", "id", existing_type=sa.BigInteger(), type_=sa.Integer())

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
