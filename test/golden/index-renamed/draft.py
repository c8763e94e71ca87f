def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER INDEX ix_name RENAME TO ix_job_name")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER INDEX ix_job_name RENAME TO ix_name")
