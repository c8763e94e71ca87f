def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("fk_account"), "invoice", type_="foreignkey")

    op.alter_column("account", "id", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute("ALTER SEQUENCE account_id_seq AS bigint")

    op.alter_column(
        "invoice", "account_id", existing_type=sa.Integer(), type_=sa.BigInteger()
    )

    op.create_foreign_key(
        op.f("fk_account"),
        "invoice",
        "account",
        ["account_id"],
        ["id"],
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("fk_account"), "invoice", type_="foreignkey")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column(
        "invoice", "account_id", existing_type=sa.BigInteger(), type_=sa.Integer()
    )

    op.execute("ALTER SEQUENCE account_id_seq AS integer")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("account", "id", existing_type=sa.BigInteger(), type_=sa.Integer())

    op.create_foreign_key(
        op.f("fk_account"),
        "invoice",
        "account",
        ["account_id"],
        ["id"],
        postgresql_not_valid=True,
    )
