def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("task_job_id_fkey"), "task", type_="foreignkey")

    op.alter_column("job", "id", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute("ALTER SEQUENCE job_id_seq AS bigint")

    op.alter_column("task", "job_id", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.create_foreign_key(op.f("task_job_id_fkey"), "task", "job", ["job_id"], ["id"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("task_job_id_fkey"), "task", type_="foreignkey")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("task", "job_id", existing_type=sa.BigInteger(), type_=sa.Integer())

    op.execute("ALTER SEQUENCE job_id_seq AS integer")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("job", "id", existing_type=sa.BigInteger(), type_=sa.Integer())

    op.create_foreign_key(op.f("task_job_id_fkey"), "task", "job", ["job_id"], ["id"])
