def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "state", server_default="it's open")
    op.alter_column("job", "tries", server_default=None)
    op.alter_column("job", "made", server_default=sa.text("now()"))


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "made", server_default=None)
    op.alter_column("job", "tries", server_default=sa.text("0"))
    op.alter_column("job", "state", server_default="new")
