def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE SEQUENCE ticket_seq START WITH 50")

    op.alter_column("job", "ticket", server_default=sa.text("nextval('ticket_seq')"))


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "ticket", server_default=None)

    op.execute("DROP SEQUENCE ticket_seq")
