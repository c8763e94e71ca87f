def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TABLE job RENAME CONSTRAINT net_positive TO ck_job_net")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TABLE job RENAME CONSTRAINT ck_job_net TO net_positive")
