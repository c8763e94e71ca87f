def upgrade() -> None:
    """Upgrade schema."""
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
        "step",
        "states",
        existing_type=postgresql.ARRAY(
            postgresql.ENUM(name="job_status_old", create_type=False)
        ),
        type_=postgresql.ARRAY(postgresql.ENUM(name="job_status", create_type=False)),
        postgresql_using="states::text[]::job_status[]",
    )

    # Values that are no label take the one chosen for them, and the downgrade leaves it
    # there.
    op.alter_column(
        "task",
        "state",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="(CASE state::text WHEN 'OLD' THEN 'NEW' ELSE state::text END)::job_status",
    )

    op.execute("DROP TYPE job_status_old")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'OLD', 'DONE')")

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
        "step",
        "states",
        existing_type=postgresql.ARRAY(
            postgresql.ENUM(name="job_status_old", create_type=False)
        ),
        type_=postgresql.ARRAY(postgresql.ENUM(name="job_status", create_type=False)),
        postgresql_using="states::text[]::job_status[]",
    )

    op.alter_column(
        "task",
        "state",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="state::text::job_status",
    )

    op.execute("DROP TYPE job_status_old")
