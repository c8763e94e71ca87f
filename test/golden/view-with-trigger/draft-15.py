def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP VIEW job_status")
    op.execute("DROP VIEW job_name")

    op.alter_column("job", "name", existing_type=sa.String(length=20), type_=sa.Text())
    op.alter_column(
        "job", "status", existing_type=sa.String(length=20), type_=sa.String(length=40)
    )
    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute(
        """CREATE VIEW public.job_name AS SELECT ((job.name)::text || '!'::text) AS name
       FROM job"""
    )
    op.execute(
        "CREATE TRIGGER add_job INSTEAD OF INSERT ON public.job_name FOR EACH ROW EXECUTE FUNCTION add_job()"
    )
    op.execute("""CREATE VIEW public.job_status AS SELECT DISTINCT job.status
       FROM job""")
    op.execute("""CREATE RULE no_delete AS
        ON DELETE TO public.job_status DO INSTEAD NOTHING""")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW job_status")
    op.execute("DROP VIEW job_name")

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

    op.execute(
        """CREATE VIEW public.job_name AS SELECT ((job.name)::text || '!'::text) AS name
       FROM job"""
    )
    op.execute(
        "CREATE TRIGGER add_job INSTEAD OF INSERT ON public.job_name FOR EACH ROW EXECUTE FUNCTION add_job()"
    )
    op.execute("""CREATE VIEW public.job_status AS SELECT DISTINCT job.status
       FROM job""")
    op.execute("""CREATE RULE no_delete AS
        ON DELETE TO public.job_status DO INSTEAD NOTHING""")
