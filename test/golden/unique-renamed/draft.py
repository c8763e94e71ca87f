def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TABLE job RENAME CONSTRAINT job_name TO uq_job_name")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TABLE job RENAME CONSTRAINT uq_job_name TO job_name")
