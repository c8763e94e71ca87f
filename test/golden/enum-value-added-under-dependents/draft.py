def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE job_status ADD VALUE 'RUNNING' AFTER 'NEW'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW new_job")
    op.execute("DROP MATERIALIZED VIEW job_count")
    op.execute("DROP POLICY new_jobs ON job")
    op.execute("DROP TRIGGER on_done ON job")

    op.drop_constraint(op.f("ck_job_done"), "job", type_="check")

    op.drop_index(op.f("ix_job_new"), table_name="job")

    op.drop_column("job", "is_new")

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

    op.add_column(
        "job",
        sa.Column(
            "is_new",
            sa.Boolean(),
            sa.Computed("status = 'NEW'::job_status", persisted=True),
            nullable=True,
        ),
    )

    op.create_check_constraint(
        op.f("ck_job_done"),
        "job",
        sa.text("(status <> 'DONE'::job_status) OR (name IS NOT NULL)"),
    )

    op.create_index(
        op.f("ix_job_new"),
        "job",
        ["name"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'::job_status"),
    )

    op.execute(
        "CREATE POLICY new_jobs ON public.job FOR SELECT TO PUBLIC USING ((status = 'NEW'::job_status))"
    )
    op.execute(
        "CREATE TRIGGER on_done BEFORE UPDATE OF status ON public.job FOR EACH ROW WHEN ((new.status = 'DONE'::job_status)) EXECUTE FUNCTION noted()"
    )
    op.execute("""CREATE MATERIALIZED VIEW public.job_count AS SELECT status,
        count(*) AS number
       FROM job
      GROUP BY status""")
    op.execute("""CREATE VIEW public.new_job AS SELECT id
       FROM job
      WHERE (status = 'NEW'::job_status)""")
