def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job_open"), table_name="job")

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

    op.create_index(
        op.f("ix_job_open"),
        "job",
        ["name"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'"),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_open"), table_name="job")

    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'OLD', 'DONE')")

    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status_old", create_type=False),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::text::job_status",
    )

    op.execute("DROP TYPE job_status_old")

    op.create_index(
        op.f("ix_job_open"),
        "job",
        ["name"],
        unique=False,
        postgresql_where=sa.text(
            "status = ANY (ARRAY['NEW'::job_status, 'OLD'::job_status])"
        ),
    )
