def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "status", new_column_name="state")


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "state", new_column_name="status")
