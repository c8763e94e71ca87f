def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column(
        "task",
        "state",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=sa.Text(),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column(
        "task",
        "state",
        existing_type=sa.Text(),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="state::job_status",
    )
