def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TABLE job RENAME CONSTRAINT job_pkey TO pk_job")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TABLE job RENAME CONSTRAINT pk_job TO job_pkey")
