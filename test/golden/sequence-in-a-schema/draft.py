def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE SCHEMA crm")

    op.execute("CREATE SEQUENCE crm.ticket_seq AS integer")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP SEQUENCE crm.ticket_seq")

    op.execute("DROP SCHEMA crm")
