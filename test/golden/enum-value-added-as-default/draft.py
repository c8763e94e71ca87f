def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('DRAFT', 'NEW', 'DONE')")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::text::job_status",
    )

    op.execute("DROP TYPE job_status_old")

    op.alter_column("job", "status", server_default="DRAFT")


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "status", server_default=None)

    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::text::job_status",
    )

    op.execute("DROP TYPE job_status_old")

    op.alter_column("job", "status", server_default="NEW")
