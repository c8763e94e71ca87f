def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE SEQUENCE ticket_seq START WITH 100 INCREMENT BY 5")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP SEQUENCE ticket_seq")
