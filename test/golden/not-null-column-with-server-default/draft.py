def upgrade() -> None:
    """Upgrade schema."""
    op.add_column(
        "job", sa.Column("state", sa.String(), server_default="new", nullable=False)
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "state")
