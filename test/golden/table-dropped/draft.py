def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_task_title"), table_name="task")

    # No model declares task, so it is dropped with its 1 row: answered.
    op.drop_table("task")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(title)::text <> ''::text", name=op.f("ck_task_title")),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("task_job_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("task_pkey")),
        sa.UniqueConstraint("title", "job_id", name=op.f("uq_task")),
    )

    op.create_index(op.f("ix_task_title"), "task", ["title"], unique=False)
