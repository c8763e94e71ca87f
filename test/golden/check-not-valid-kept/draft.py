def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("ck_job_net"), "job", type_="check")

    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.create_check_constraint(
        op.f("ck_job_net"), "job", sa.text("net > 0"), postgresql_not_valid=True
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("ck_job_net"), "job", type_="check")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("job", "net", existing_type=sa.BigInteger(), type_=sa.Integer())

    op.create_check_constraint(
        op.f("ck_job_net"), "job", sa.text("net > 0"), postgresql_not_valid=True
    )
