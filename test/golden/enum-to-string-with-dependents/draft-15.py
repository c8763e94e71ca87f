def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP VIEW new_job")

    op.drop_constraint(op.f("ck_job_done"), "job", type_="check")

    op.drop_index(op.f("ix_job_new"), table_name="job")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=sa.Text(),
    )
    op.alter_column("job", "status", server_default="NEW")

    op.create_check_constraint(
        op.f("ck_job_done"), "job", sa.text("status <> 'DONE' OR name IS NULL")
    )

    op.create_index(
        op.f("ix_job_new"),
        "job",
        ["name"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'"),
    )

    op.execute("DROP TYPE job_status")

    op.execute("""CREATE VIEW public.new_job AS SELECT job.id,
        job.status
       FROM job
      WHERE (job.status = 'NEW'::text)""")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW new_job")

    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    op.drop_index(op.f("ix_job_new"), table_name="job")

    op.drop_constraint(op.f("ck_job_done"), "job", type_="check")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=sa.Text(),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::job_status",
    )
    op.alter_column("job", "status", server_default="NEW")

    op.create_index(
        op.f("ix_job_new"),
        "job",
        ["name"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'::job_status"),
    )

    op.create_check_constraint(
        op.f("ck_job_done"),
        "job",
        sa.text("(status <> 'DONE'::job_status) OR (name IS NULL)"),
    )

    op.execute("""CREATE VIEW public.new_job AS SELECT job.id,
        job.status
       FROM job
      WHERE (job.status = 'NEW'::job_status)""")
