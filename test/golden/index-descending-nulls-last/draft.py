def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job_owner"), table_name="job")
    op.create_index(
        op.f("ix_job_owner"), "job", [sa.text("owner DESC NULLS LAST")], unique=False
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_owner"), table_name="job")
    op.create_index(op.f("ix_job_owner"), "job", ["owner"], unique=False)
