def upgrade() -> None:
    """Upgrade schema."""
    # REVIEW: 2 of 3 rows are written in another way: 00501 becomes 501, 01067 becomes
    # 1067; the downgrade cannot bring them back.
    op.alter_column(
        "job",
        "zip",
        existing_type=sa.String(),
        type_=sa.Integer(),
        postgresql_using="zip::integer",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "zip", existing_type=sa.Integer(), type_=sa.String())
