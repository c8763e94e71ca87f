def upgrade() -> None:
    """Upgrade schema."""
    op.drop_column("job", "gross")

    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.add_column(
        "job",
        sa.Column(
            "gross",
            sa.Integer(),
            sa.Computed("net * 2", persisted=False),
            nullable=True,
        ),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "gross")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("job", "net", existing_type=sa.BigInteger(), type_=sa.Integer())
    op.add_column(
        "job",
        sa.Column(
            "gross",
            sa.Integer(),
            sa.Computed("net * 2", persisted=False),
            nullable=True,
        ),
    )
