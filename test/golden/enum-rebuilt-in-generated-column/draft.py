def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job_open"), table_name="job")

    op.drop_column("job", "open")

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

    op.add_column(
        "job",
        sa.Column(
            "open",
            sa.Boolean(),
            sa.Computed("status = 'NEW'", persisted=True),
            nullable=True,
        ),
    )

    op.create_index(op.f("ix_job_open"), "job", ["open"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_open"), table_name="job")

    op.drop_column("job", "open")

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

    op.add_column(
        "job",
        sa.Column(
            "open",
            sa.Boolean(),
            sa.Computed("status = 'NEW'::job_status", persisted=True),
            nullable=True,
        ),
    )

    op.create_index(op.f("ix_job_open"), "job", ["open"], unique=False)
