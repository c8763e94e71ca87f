def upgrade() -> None:
    """Upgrade schema."""
    op.drop_column("job", "gross")

    op.add_column(
        "job",
        sa.Column(
            "gross",
            sa.Integer(),
            sa.Computed("net * 2", persisted=True),
            nullable=False,
        ),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "gross")

    op.add_column(
        "job",
        sa.Column(
            "gross",
            sa.Integer(),
            sa.Computed("net * 2", persisted=False),
            nullable=False,
        ),
    )
