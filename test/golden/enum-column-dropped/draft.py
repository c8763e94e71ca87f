def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job_status"), table_name="job")

    # 1 of 1 rows have a value in status; the downgrade cannot bring them back.
    op.drop_column("job", "status")

    op.execute("DROP TYPE job_status")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    op.add_column(
        "job",
        sa.Column(
            "status",
            postgresql.ENUM(name="job_status", create_type=False),
            server_default="NEW",
            nullable=False,
        ),
    )

    op.create_index(op.f("ix_job_status"), "job", ["status"], unique=False)
