def upgrade() -> None:
    """Upgrade schema."""
    op.create_index(
        op.f("ix_job_data"),
        "job",
        ["data"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"data": "jsonb_path_ops"},
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_data"), table_name="job")
