def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "ready", server_default=None)
    op.alter_column(
        "job",
        "ready",
        existing_type=sa.Boolean(),
        type_=sa.Integer(),
        postgresql_using="ready::integer",
    )
    op.alter_column("job", "ready", server_default="0")


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "ready", server_default=None)
    # Every number but 0 becomes true, and nothing else of it is kept.
    op.alter_column(
        "job",
        "ready",
        existing_type=sa.Integer(),
        type_=sa.Boolean(),
        postgresql_using="ready::boolean",
    )
    op.alter_column("job", "ready", server_default=sa.text("false"))
