def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP RULE log_status ON job")

    op.alter_column("job", "name", existing_type=sa.String(length=20), type_=sa.Text())
    op.alter_column(
        "job", "status", existing_type=sa.String(length=20), type_=sa.String(length=40)
    )
    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute("""CREATE RULE log_status AS
        ON UPDATE TO public.job
       WHERE ((old.status)::text IS DISTINCT FROM (new.status)::text) DO  INSERT INTO job_log (status)
      VALUES (new.status)""")
    op.execute("COMMENT ON RULE log_status ON public.job IS 'Keeps the log'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP RULE log_status ON job")

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

    op.execute("""CREATE RULE log_status AS
        ON UPDATE TO public.job
       WHERE ((old.status)::text IS DISTINCT FROM (new.status)::text) DO  INSERT INTO job_log (status)
      VALUES (new.status)""")
    op.execute("COMMENT ON RULE log_status ON public.job IS 'Keeps the log'")
