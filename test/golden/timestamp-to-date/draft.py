def upgrade() -> None:
    """Upgrade schema."""
    # REVIEW: 1 of 2 rows loses a part of its value: '2026-01-02 03:04:05' becomes
    # '2026-01-02'; the downgrade cannot bring them back.
    op.alter_column("job", "due", existing_type=sa.DateTime(), type_=sa.Date())
    # REVIEW: 1 of 2 rows is rounded: '2026-01-02 03:04:05.678' becomes '2026-01-02
    # 03:04:06'; the downgrade cannot bring them back.
    op.alter_column(
        "job",
        "made",
        existing_type=sa.DateTime(),
        type_=postgresql.TIMESTAMP(precision=0),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column(
        "job",
        "made",
        existing_type=postgresql.TIMESTAMP(precision=0),
        type_=sa.DateTime(),
    )
    op.alter_column("job", "due", existing_type=sa.Date(), type_=sa.DateTime())
