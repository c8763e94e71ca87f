def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("ck_job_error"), "job", type_="check")

    op.drop_index(op.f("ix_job_waiting"), table_name="job")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=sa.String(length=20),
    )
    op.alter_column("job", "status", server_default="NEW")

    op.create_check_constraint(
        op.f("ck_job_error"), "job", sa.text("status <> 'FAILED' OR error IS NOT NULL")
    )

    op.create_index(
        op.f("ix_job_waiting"),
        "job",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'"),
    )

    op.execute("DROP TYPE job_status")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE', 'FAILED')")

    op.drop_index(op.f("ix_job_waiting"), table_name="job")

    op.drop_constraint(op.f("ck_job_error"), "job", type_="check")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=sa.String(length=20),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::job_status",
    )
    op.alter_column("job", "status", server_default="NEW")

    op.create_index(
        op.f("ix_job_waiting"),
        "job",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'::job_status"),
    )

    op.create_check_constraint(
        op.f("ck_job_error"),
        "job",
        sa.text("(status <> 'FAILED'::job_status) OR (error IS NOT NULL)"),
    )
