def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job_name"), table_name="job")
    op.create_index(op.f("ix_job_name"), "job", ["name"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_name"), table_name="job")
    op.create_index(op.f("ix_job_name"), "job", ["name"], unique=True)
