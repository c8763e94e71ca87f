def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "name", server_default="nobody")
    # 1 row without a value: the model's default fills them, and the downgrade leaves it
    # there.
    op.execute("UPDATE job SET name = 'nobody' WHERE name IS NULL")
    op.alter_column("job", "name", nullable=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "name", nullable=True)
    op.alter_column("job", "name", server_default=None)
