def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP POLICY only_new ON job")

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

    op.execute(
        "CREATE POLICY only_new ON public.job AS RESTRICTIVE FOR UPDATE TO golden_reader USING ((status = 'NEW'::job_status)) WITH CHECK ((status = ANY (ARRAY['NEW'::job_status, 'DONE'::job_status])))"
    )
    op.execute("COMMENT ON POLICY only_new ON public.job IS 'Others are closed'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP POLICY only_new ON job")

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

    op.execute(
        "CREATE POLICY only_new ON public.job AS RESTRICTIVE FOR UPDATE TO golden_reader USING ((status = 'NEW'::job_status)) WITH CHECK ((status = ANY (ARRAY['NEW'::job_status, 'DONE'::job_status])))"
    )
    op.execute("COMMENT ON POLICY only_new ON public.job IS 'Others are closed'")
