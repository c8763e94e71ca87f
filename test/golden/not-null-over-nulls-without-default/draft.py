def upgrade() -> None:
    """Upgrade schema."""
    # REVIEW: rows that exist have no value for job.name, and none is known. Fill them
    # here, before NOT NULL:
    # op.execute("UPDATE job SET name = … WHERE name IS NULL")
    op.alter_column("job", "name", nullable=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "name", nullable=True)
