def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP VIEW any_job")
    op.execute("DROP VIEW open_job")

    op.alter_column("job", "name", existing_type=sa.String(length=20), type_=sa.Text())
    op.alter_column(
        "job", "status", existing_type=sa.String(length=20), type_=sa.String(length=40)
    )
    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute(
        """CREATE VIEW public.open_job WITH (security_barrier=true, check_option=local) AS SELECT job.id,
        job.name,
        job.status
       FROM job
      WHERE ((job.status)::text = 'NEW'::text)"""
    )
    op.execute(
        """CREATE VIEW public.any_job WITH (check_option=cascaded) AS SELECT open_job.id,
        open_job.name
       FROM open_job"""
    )
    op.execute(
        "ALTER VIEW public.any_job ALTER COLUMN name SET DEFAULT 'nobody'::character varying"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW any_job")
    op.execute("DROP VIEW open_job")

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
        """CREATE VIEW public.open_job WITH (security_barrier=true, check_option=local) AS SELECT job.id,
        job.name,
        job.status
       FROM job
      WHERE ((job.status)::text = 'NEW'::text)"""
    )
    op.execute(
        """CREATE VIEW public.any_job WITH (check_option=cascaded) AS SELECT open_job.id,
        open_job.name
       FROM open_job"""
    )
    op.execute(
        "ALTER VIEW public.any_job ALTER COLUMN name SET DEFAULT 'nobody'::character varying"
    )
