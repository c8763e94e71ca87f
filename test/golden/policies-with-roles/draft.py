def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP POLICY of_new_jobs ON hint")
    op.execute("DROP POLICY read_new ON job")
    op.execute("DROP POLICY write_new ON job")

    op.alter_column("job", "name", existing_type=sa.String(length=20), type_=sa.Text())
    op.alter_column(
        "job", "status", existing_type=sa.String(length=20), type_=sa.String(length=40)
    )
    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute(
        """CREATE POLICY of_new_jobs ON public.hint FOR ALL TO PUBLIC USING ((EXISTS ( SELECT
       FROM job
      WHERE ((job.id = hint.job_id) AND ((job.status)::text = 'NEW'::text)))))"""
    )
    op.execute(
        "CREATE POLICY read_new ON public.job FOR SELECT TO golden_owner, golden_reader USING ((((status)::text = 'NEW'::text) AND ((name)::text <> CURRENT_USER)))"
    )
    op.execute("COMMENT ON POLICY read_new ON public.job IS 'Only what is open'")
    op.execute(
        "CREATE POLICY write_new ON public.job AS RESTRICTIVE FOR INSERT TO golden_reader WITH CHECK (((status)::text = 'NEW'::text))"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP POLICY write_new ON job")
    op.execute("DROP POLICY read_new ON job")
    op.execute("DROP POLICY of_new_jobs ON hint")

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
        "CREATE POLICY write_new ON public.job AS RESTRICTIVE FOR INSERT TO golden_reader WITH CHECK (((status)::text = 'NEW'::text))"
    )
    op.execute(
        "CREATE POLICY read_new ON public.job FOR SELECT TO golden_owner, golden_reader USING ((((status)::text = 'NEW'::text) AND ((name)::text <> CURRENT_USER)))"
    )
    op.execute("COMMENT ON POLICY read_new ON public.job IS 'Only what is open'")
    op.execute(
        """CREATE POLICY of_new_jobs ON public.hint FOR ALL TO PUBLIC USING ((EXISTS ( SELECT
       FROM job
      WHERE ((job.id = hint.job_id) AND ((job.status)::text = 'NEW'::text)))))"""
    )
