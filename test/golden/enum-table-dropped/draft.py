def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_task_state"), table_name="task")

    # No model declares task, so it is dropped with its 1 row: answered.
    op.drop_table("task")

    op.execute("DROP TYPE task_state")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("CREATE TYPE task_state AS ENUM ('NEW', 'DONE')")

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "state",
            postgresql.ENUM(name="task_state", create_type=False),
            nullable=False,
        ),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("task_job_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("task_pkey")),
    )

    op.create_index(op.f("ix_task_state"), "task", ["state"], unique=False)
