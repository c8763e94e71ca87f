def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE SEQUENCE ticket_seq INCREMENT BY 5 START WITH 100")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP SEQUENCE ticket_seq")
