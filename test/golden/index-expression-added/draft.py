def upgrade() -> None:
    """Upgrade schema."""
    op.create_index(op.f("ix_job_lower"), "job", [sa.text("lower(name)")], unique=True)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_lower"), table_name="job")
