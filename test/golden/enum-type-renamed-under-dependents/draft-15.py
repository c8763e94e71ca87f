def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE job_status RENAME TO work_status")

    op.execute("DROP VIEW new_job")

    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute("""CREATE VIEW public.new_job AS SELECT job.id,
        job.net
       FROM job
      WHERE (job.status = 'NEW'::work_status)""")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW new_job")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("job", "net", existing_type=sa.BigInteger(), type_=sa.Integer())

    op.execute("""CREATE VIEW public.new_job AS SELECT job.id,
        job.net
       FROM job
      WHERE (job.status = 'NEW'::work_status)""")

    op.execute("ALTER TYPE work_status RENAME TO job_status")
