def upgrade() -> None:
    """Upgrade schema."""
    op.drop_column("job", "gross")

    op.add_column("job", sa.Column("gross", sa.Integer(), nullable=True))
    op.execute("UPDATE job SET gross = (net * 2)")
    op.alter_column("job", "gross", nullable=False)


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
