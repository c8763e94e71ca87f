def upgrade() -> None:
    """Upgrade schema."""
    # NEW is now called FRESH: answered.
    op.execute("ALTER TYPE job_status RENAME VALUE 'NEW' TO 'FRESH'")
    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('FRESH', 'RUNNING', 'DONE')")

    op.alter_column("job", "status", server_default=None)
    # Values that are no label take the one chosen for them, and the downgrade leaves it
    # there.
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="(CASE status::text WHEN 'OLD' THEN 'DONE' ELSE status::text END)::job_status",
    )
    op.alter_column("job", "status", server_default="FRESH")

    op.execute("DROP TYPE job_status_old")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('FRESH', 'OLD', 'DONE', 'LOST')")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::text::job_status",
    )
    op.alter_column("job", "status", server_default="FRESH")

    op.execute("DROP TYPE job_status_old")
    op.execute("ALTER TYPE job_status RENAME VALUE 'FRESH' TO 'NEW'")
