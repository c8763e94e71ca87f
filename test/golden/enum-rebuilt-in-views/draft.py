def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP VIEW new_job")
    op.execute("DROP MATERIALIZED VIEW job_count")

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

    op.execute("DROP TYPE job_status_old")

    op.execute("""CREATE MATERIALIZED VIEW public.job_count AS SELECT status,
        count(*) AS number
       FROM job
      WHERE (status = ANY (ARRAY['NEW'::job_status, 'DONE'::job_status]))
      GROUP BY status""")
    op.execute("CREATE UNIQUE INDEX ix_job_count ON job_count (status)")
    op.execute("""CREATE VIEW public.new_job AS SELECT id,
        (status)::text AS status
       FROM job
      WHERE (status = 'NEW'::job_status)""")
    op.execute("GRANT SELECT ON public.new_job TO PUBLIC")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW new_job")
    op.execute("DROP MATERIALIZED VIEW job_count")

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

    op.execute("DROP TYPE job_status_old")

    op.execute("""CREATE MATERIALIZED VIEW public.job_count AS SELECT status,
        count(*) AS number
       FROM job
      WHERE (status = ANY (ARRAY['NEW'::job_status, 'DONE'::job_status]))
      GROUP BY status""")
    op.execute("CREATE UNIQUE INDEX ix_job_count ON job_count (status)")
    op.execute("""CREATE VIEW public.new_job AS SELECT id,
        (status)::text AS status
       FROM job
      WHERE (status = 'NEW'::job_status)""")
    op.execute("GRANT SELECT ON public.new_job TO PUBLIC")
