def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "state",
            postgresql.ENUM(name="job_status", create_type=False),
            server_default="NEW",
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("task_pkey")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("task")
