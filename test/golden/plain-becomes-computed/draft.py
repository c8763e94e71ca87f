def upgrade() -> None:
    """Upgrade schema."""
    # 1 of 1 rows have a value in gross; the downgrade cannot bring them back.
    op.drop_column("job", "gross")

    op.add_column(
        "job",
        sa.Column(
            "gross", sa.Integer(), sa.Computed("net * 2", persisted=True), nullable=True
        ),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "gross")

    op.add_column("job", sa.Column("gross", sa.Integer(), nullable=True))
