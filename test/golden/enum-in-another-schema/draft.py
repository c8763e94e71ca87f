def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE types.job_status ADD VALUE 'PAUSED' AFTER 'NEW'")
    op.execute("CREATE TYPE types.mood AS ENUM ('GOOD')")

    op.add_column(
        "job",
        sa.Column(
            "mood",
            postgresql.ENUM(name="mood", schema="types", create_type=False),
            nullable=True,
        ),
    )
    op.alter_column("job", "status", server_default="NEW")


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "status", server_default=None)

    op.drop_column("job", "mood")

    op.execute("DROP TYPE types.mood")
    op.execute("ALTER TYPE types.job_status RENAME TO job_status_old")
    op.execute("CREATE TYPE types.job_status AS ENUM ('NEW', 'DONE')")

    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(
            name="job_status_old", schema="types", create_type=False
        ),
        type_=postgresql.ENUM(name="job_status", schema="types", create_type=False),
        postgresql_using="status::text::types.job_status",
    )

    op.execute("DROP TYPE types.job_status_old")
