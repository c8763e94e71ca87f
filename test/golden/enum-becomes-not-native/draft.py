def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=sa.String(length=20),
    )

    op.create_check_constraint(
        op.f("job_status"), "job", sa.text("status IN ('NEW', 'DONE')")
    )

    op.execute("DROP TYPE job_status")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    op.drop_constraint(op.f("job_status"), "job", type_="check")

    op.alter_column(
        "job",
        "status",
        existing_type=sa.String(length=20),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::job_status",
    )
