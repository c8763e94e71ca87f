def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "ticket", server_default=None)

    # Where it stands is lost: the downgrade makes it again, and it starts where it
    # started at first.
    op.execute("DROP SEQUENCE ticket_seq")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("CREATE SEQUENCE ticket_seq")

    op.alter_column(
        "job", "ticket", server_default=sa.text("nextval('ticket_seq'::regclass)")
    )
