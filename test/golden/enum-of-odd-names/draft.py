def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE \"Job Status\" ADD VALUE 'c%d' AFTER 'it''s new'")
    op.execute("CREATE TYPE \"order\" AS ENUM ('X-1', 'select')")

    op.add_column(
        "job",
        sa.Column(
            "other", postgresql.ENUM(name="order", create_type=False), nullable=True
        ),
    )
    op.alter_column("job", "status", server_default="it's new")


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "other")

    op.execute('DROP TYPE "order"')
    op.execute('ALTER TYPE "Job Status" RENAME TO "Job Status_old"')
    op.execute("CREATE TYPE \"Job Status\" AS ENUM ('it''s new', 'a b', 'Done:x')")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="Job Status_old", create_type=False),
        type_=postgresql.ENUM(name="Job Status", create_type=False),
        postgresql_using='status::text::"Job Status"',
    )
    op.alter_column("job", "status", server_default="a b")

    op.execute('DROP TYPE "Job Status_old"')
