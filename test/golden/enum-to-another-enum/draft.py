def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'RUNNING', 'DONE')")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="status", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::text::job_status",
    )
    op.alter_column("job", "status", server_default="NEW")


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=postgresql.ENUM(name="status", create_type=False),
        postgresql_using="status::text::status",
    )
    op.alter_column("job", "status", server_default="NEW")

    op.execute("DROP TYPE job_status")
