def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job_lower"), table_name="job")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_index(
        op.f("ix_job_lower"), "job", [sa.text("lower((name)::text)")], unique=False
    )
