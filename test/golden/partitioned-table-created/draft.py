def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.DateTime(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("event_job_id_fkey")),
        sa.PrimaryKeyConstraint("id", "day", name=op.f("event_pkey")),
        postgresql_partition_by="RANGE (day)",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("event")
