def upgrade() -> None:
    """Upgrade schema."""
    # status is now called state: answered; 2 of 2 rows keep their value.
    op.alter_column("job", "status", new_column_name="state")

    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    op.alter_column("job", "state", server_default=None)
    op.alter_column(
        "job",
        "state",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="state::text::job_status",
    )
    op.alter_column("job", "state", server_default="NEW")

    op.execute("DROP TYPE job_status_old")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'OLD', 'DONE')")

    op.alter_column("job", "state", server_default=None)
    op.alter_column(
        "job",
        "state",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="state::text::job_status",
    )
    op.alter_column("job", "state", server_default="NEW")

    op.execute("DROP TYPE job_status_old")

    op.alter_column("job", "state", new_column_name="status")
