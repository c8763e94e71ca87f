def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE job_status ADD VALUE 'A' BEFORE 'B'")
    op.execute("ALTER TYPE job_status ADD VALUE 'C' AFTER 'B'")
    op.execute("ALTER TYPE job_status ADD VALUE 'E'")
    op.execute("ALTER TYPE job_status ADD VALUE 'F'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('B', 'D')")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::text::job_status",
    )
    op.alter_column("job", "status", server_default="B")

    op.execute("DROP TYPE job_status_old")
