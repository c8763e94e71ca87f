def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP VIEW all_names")
    op.execute("DROP VIEW first_names")
    op.execute("DROP MATERIALIZED VIEW job_names")

    op.alter_column("job", "name", existing_type=sa.String(length=20), type_=sa.Text())
    op.alter_column(
        "job", "status", existing_type=sa.String(length=20), type_=sa.String(length=40)
    )
    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute("""CREATE MATERIALIZED VIEW public.job_names AS SELECT job.name,
        job.net
       FROM job
      WHERE ((job.status)::text <> 'X'::text)""")
    op.execute("CREATE UNIQUE INDEX ix_job_names ON job_names (name)")
    op.execute("COMMENT ON INDEX ix_job_names IS 'For refresh concurrently'")
    op.execute(
        "CREATE INDEX ix_job_names_lower ON job_names (lower((name)::text)) WITH (fillfactor = 70) WHERE net IS NOT NULL"
    )
    op.execute("COMMENT ON MATERIALIZED VIEW job_names IS 'Refreshed by night'")
    op.execute("COMMENT ON COLUMN public.job_names.name IS 'As people know it'")
    op.execute("GRANT SELECT ON public.job_names TO golden_reader WITH GRANT OPTION")
    op.execute(
        """CREATE VIEW public.first_names AS SELECT min((job_names.name)::text) AS name,
        sum(job_names.net) AS net
       FROM job_names"""
    )
    op.execute("ALTER VIEW public.first_names OWNER TO golden_owner")
    op.execute("""CREATE VIEW public.all_names AS SELECT first_names.name
       FROM first_names
    UNION ALL
     SELECT job.name
       FROM job""")
    op.execute("COMMENT ON COLUMN public.all_names.name IS 'Whichever'")
    op.execute("GRANT INSERT, SELECT ON public.all_names TO golden_reader")
    op.execute("GRANT UPDATE (name) ON public.all_names TO golden_reader")
    op.execute("ALTER VIEW public.all_names OWNER TO postgres")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW all_names")
    op.execute("DROP VIEW first_names")
    op.execute("DROP MATERIALIZED VIEW job_names")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("job", "net", existing_type=sa.BigInteger(), type_=sa.Integer())
    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(20) has room for.
    op.alter_column(
        "job", "status", existing_type=sa.String(length=40), type_=sa.String(length=20)
    )
    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(20) has room for.
    op.alter_column("job", "name", existing_type=sa.Text(), type_=sa.String(length=20))

    op.execute("""CREATE MATERIALIZED VIEW public.job_names AS SELECT job.name,
        job.net
       FROM job
      WHERE ((job.status)::text <> 'X'::text)""")
    op.execute("CREATE UNIQUE INDEX ix_job_names ON job_names (name)")
    op.execute("COMMENT ON INDEX ix_job_names IS 'For refresh concurrently'")
    op.execute(
        "CREATE INDEX ix_job_names_lower ON job_names (lower((name)::text)) WITH (fillfactor = 70) WHERE net IS NOT NULL"
    )
    op.execute("COMMENT ON MATERIALIZED VIEW job_names IS 'Refreshed by night'")
    op.execute("COMMENT ON COLUMN public.job_names.name IS 'As people know it'")
    op.execute("GRANT SELECT ON public.job_names TO golden_reader WITH GRANT OPTION")
    op.execute(
        """CREATE VIEW public.first_names AS SELECT min((job_names.name)::text) AS name,
        sum(job_names.net) AS net
       FROM job_names"""
    )
    op.execute("ALTER VIEW public.first_names OWNER TO golden_owner")
    op.execute("""CREATE VIEW public.all_names AS SELECT first_names.name
       FROM first_names
    UNION ALL
     SELECT job.name
       FROM job""")
    op.execute("COMMENT ON COLUMN public.all_names.name IS 'Whichever'")
    op.execute("GRANT INSERT, SELECT ON public.all_names TO golden_reader")
    op.execute("GRANT UPDATE (name) ON public.all_names TO golden_reader")
    op.execute("ALTER VIEW public.all_names OWNER TO postgres")
