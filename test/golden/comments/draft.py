def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("task_pkey")),
        comment="New",
    )

    op.alter_column("job", "name", comment="What people call it: 'Bob'")
    op.alter_column("job", "note", comment=None)
    op.create_table_comment("job", "Work to do")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_table_comment("job", "Work")
    op.alter_column("job", "note", comment="gone")
    op.alter_column("job", "name", comment="What it is called")

    op.drop_table("task")
