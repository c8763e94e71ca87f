def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE TYPE work_status AS ENUM ('new', 'done', 'lost')")

    op.alter_column("job", "status", server_default=None)
    # Rows spell a label in another case: 'DONE' (1), 'NEW' (1). They take the label.
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=postgresql.ENUM(name="work_status", create_type=False),
        postgresql_using="lower(status::text)::work_status",
    )
    op.alter_column("job", "status", server_default="new")

    op.execute("DROP TYPE job_status")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="work_status", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="upper(status::text)::job_status",
    )
    op.alter_column("job", "status", server_default="NEW")

    op.execute("DROP TYPE work_status")
