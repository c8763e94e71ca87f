def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE TYPE job_status AS ENUM ('waiting', 'done')")

    # Values that are no label take the one chosen for them, and the downgrade leaves it
    # there.
    op.alter_column(
        "job",
        "status",
        existing_type=sa.String(length=20),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="(CASE status WHEN 'queued' THEN 'waiting' WHEN 'it''s over' THEN 'done' WHEN '' THEN NULL ELSE status END)::job_status",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=sa.String(length=20),
    )

    op.execute("DROP TYPE job_status")
