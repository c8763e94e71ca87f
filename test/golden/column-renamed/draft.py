def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("domain", "hostname", new_column_name="host")


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("domain", "host", new_column_name="hostname")
