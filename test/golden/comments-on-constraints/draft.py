def upgrade() -> None:
    """Upgrade schema."""
    op.execute("COMMENT ON CONSTRAINT ck_job_net ON job IS 'New words'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("COMMENT ON CONSTRAINT ck_job_net ON job IS 'Old words'")
