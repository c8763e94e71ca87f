def upgrade() -> None:
    """Upgrade schema."""
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

    op.create_check_constraint(
        op.f("ck_job_old"), "job", sa.text("status <> 'OLD' OR name IS NOT NULL")
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("ck_job_old"), "job", type_="check")

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
