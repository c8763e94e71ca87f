def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "name", nullable=True)


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "name", nullable=False)
