def upgrade() -> None:
    """Upgrade schema."""
    op.execute("COMMENT ON CONSTRAINT uq_job_name ON job IS NULL")
    op.execute("COMMENT ON CONSTRAINT ck_job_net ON job IS 'New words'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("COMMENT ON CONSTRAINT ck_job_net ON job IS 'Old words'")
    op.execute("COMMENT ON CONSTRAINT uq_job_name ON job IS 'One of a name'")
