def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP VIEW open_count")
    op.execute("DROP VIEW open_job")
    op.execute("DROP MATERIALIZED VIEW job_names")
    op.execute("DROP POLICY only_new ON job")

    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    op.alter_column("job", "name", existing_type=sa.String(), type_=sa.Text())
    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=sa.String(length=20),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::job_status",
    )
    op.alter_column("job", "status", server_default="NEW")

    op.execute(
        "CREATE POLICY only_new ON public.job FOR SELECT TO PUBLIC USING (((status)::text = 'NEW'::text))"
    )
    op.execute("""CREATE MATERIALIZED VIEW public.job_names AS SELECT job.name
       FROM job""")
    op.execute("CREATE UNIQUE INDEX ix_job_names ON job_names (name)")
    op.execute("""CREATE VIEW public.open_job AS SELECT job.id,
        job.name,
        job.status
       FROM job
      WHERE ((job.status)::text = 'NEW'::text)""")
    op.execute("COMMENT ON VIEW open_job IS 'Waiting'")
    op.execute("GRANT SELECT ON public.open_job TO PUBLIC")
    op.execute("""CREATE VIEW public.open_count AS SELECT open_job.status,
        count(*) AS number
       FROM open_job
      GROUP BY open_job.status""")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW open_count")
    op.execute("DROP VIEW open_job")
    op.execute("DROP MATERIALIZED VIEW job_names")
    op.execute("DROP POLICY only_new ON job")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=sa.String(length=20),
    )
    op.alter_column("job", "status", server_default="NEW")
    op.alter_column("job", "name", existing_type=sa.Text(), type_=sa.String())

    op.execute("DROP TYPE job_status")

    op.execute(
        "CREATE POLICY only_new ON public.job FOR SELECT TO PUBLIC USING (((status)::text = 'NEW'::text))"
    )
    op.execute("""CREATE MATERIALIZED VIEW public.job_names AS SELECT job.name
       FROM job""")
    op.execute("CREATE UNIQUE INDEX ix_job_names ON job_names (name)")
    op.execute("""CREATE VIEW public.open_job AS SELECT job.id,
        job.name,
        job.status
       FROM job
      WHERE ((job.status)::text = 'NEW'::text)""")
    op.execute("COMMENT ON VIEW open_job IS 'Waiting'")
    op.execute("GRANT SELECT ON public.open_job TO PUBLIC")
    op.execute("""CREATE VIEW public.open_count AS SELECT open_job.status,
        count(*) AS number
       FROM open_job
      GROUP BY open_job.status""")
