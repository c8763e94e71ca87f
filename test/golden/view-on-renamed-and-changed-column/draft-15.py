def upgrade() -> None:
    """Upgrade schema."""
    # status is now called state: answered; 2 of 2 rows keep their value.
    op.alter_column("job", "status", new_column_name="state")

    op.execute("DROP VIEW open_job")
    op.execute("DROP POLICY only_new ON job")

    op.alter_column("job", "name", existing_type=sa.String(length=20), type_=sa.Text())
    op.alter_column(
        "job", "state", existing_type=sa.String(length=20), type_=sa.String(length=40)
    )
    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute(
        "CREATE POLICY only_new ON public.job FOR ALL TO PUBLIC USING (((state)::text = 'NEW'::text))"
    )
    op.execute("""CREATE VIEW public.open_job AS SELECT job.id,
        job.state AS status
       FROM job
      WHERE ((job.state)::text = 'NEW'::text)""")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW open_job")
    op.execute("DROP POLICY only_new ON job")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("job", "net", existing_type=sa.BigInteger(), type_=sa.Integer())
    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(20) has room for.
    op.alter_column(
        "job", "state", existing_type=sa.String(length=40), type_=sa.String(length=20)
    )
    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(20) has room for.
    op.alter_column("job", "name", existing_type=sa.Text(), type_=sa.String(length=20))

    op.execute(
        "CREATE POLICY only_new ON public.job FOR ALL TO PUBLIC USING (((state)::text = 'NEW'::text))"
    )
    op.execute("""CREATE VIEW public.open_job AS SELECT job.id,
        job.state AS status
       FROM job
      WHERE ((job.state)::text = 'NEW'::text)""")

    op.alter_column("job", "state", new_column_name="status")
