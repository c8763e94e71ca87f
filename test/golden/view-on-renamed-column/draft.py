def upgrade() -> None:
    """Upgrade schema."""
    # status is now called state: answered; 2 of 2 rows keep their value.
    op.alter_column("job", "status", new_column_name="state")


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "state", new_column_name="status")
