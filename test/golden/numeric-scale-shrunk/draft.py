def upgrade() -> None:
    """Upgrade schema."""
    # REVIEW: 2 of 3 rows are rounded: 1.2550 becomes 1.26, 3.3333 becomes 3.33; the
    # downgrade cannot bring them back.
    op.alter_column(
        "job",
        "net",
        existing_type=sa.Numeric(precision=12, scale=4),
        type_=sa.Numeric(precision=10, scale=2),
    )
    # Digits beyond those that numeric(6,3) keeps are rounded; no row here has any.
    op.alter_column(
        "job",
        "rate",
        existing_type=sa.Numeric(precision=6, scale=4),
        type_=sa.Numeric(precision=6, scale=3),
    )


def downgrade() -> None:
    """Downgrade schema."""
    # This fails (22003), and loses nothing, while a row holds a number that
    # numeric(6,4) has no room for.
    op.alter_column(
        "job",
        "rate",
        existing_type=sa.Numeric(precision=6, scale=3),
        type_=sa.Numeric(precision=6, scale=4),
    )
    op.alter_column(
        "job",
        "net",
        existing_type=sa.Numeric(precision=10, scale=2),
        type_=sa.Numeric(precision=12, scale=4),
    )
