def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP RULE keep_new ON job")
    op.execute("DROP TRIGGER when_new ON job")

    op.execute("ALTER TYPE job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE job_status AS ENUM ('DONE', 'NEW')")

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

    op.execute("""CREATE RULE keep_new AS
        ON DELETE TO public.job
       WHERE (old.status = 'NEW'::job_status) DO INSTEAD NOTHING""")
    op.execute(
        "CREATE TRIGGER when_new AFTER UPDATE OF status ON public.job FOR EACH ROW WHEN ((new.status = 'NEW'::job_status)) EXECUTE FUNCTION note_status()"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP TRIGGER when_new ON job")
    op.execute("DROP RULE keep_new ON job")

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
        "CREATE TRIGGER when_new AFTER UPDATE OF status ON public.job FOR EACH ROW WHEN ((new.status = 'NEW'::job_status)) EXECUTE FUNCTION note_status()"
    )
    op.execute("""CREATE RULE keep_new AS
        ON DELETE TO public.job
       WHERE (old.status = 'NEW'::job_status) DO INSTEAD NOTHING""")
