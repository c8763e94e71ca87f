def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE status RENAME TO job_status")
    op.execute("ALTER TYPE job_status ADD VALUE 'RUNNING' AFTER 'NEW'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::text::job_status",
    )
    op.alter_column("job", "status", server_default="NEW")
    op.alter_column(
        "job",
        "past",
        existing_type=postgresql.ARRAY(
            postgresql.ENUM(name="job_status_old", create_type=False)
        ),
        type_=postgresql.ARRAY(postgresql.ENUM(name="job_status", create_type=False)),
        postgresql_using="past::text[]::job_status[]",
    )

    op.execute("DROP TYPE job_status_old")
    op.execute("ALTER TYPE job_status RENAME TO status")
