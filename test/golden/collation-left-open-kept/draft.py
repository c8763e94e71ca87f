def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column(
        "job",
        "name",
        existing_type=sa.String(length=20),
        type_=sa.String(length=40, collation="C"),
    )


def downgrade() -> None:
    """Downgrade schema."""
    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(20) has room for.
    op.alter_column(
        "job",
        "name",
        existing_type=sa.String(length=40),
        type_=sa.String(length=20, collation="C"),
    )
