def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    # Rows spell a label in another case: 'Done' (1), 'new' (1). They take the label,
    # and the downgrade leaves it there.
    op.alter_column(
        "job",
        "status",
        existing_type=sa.String(length=20),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="upper(status)::job_status",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=sa.String(length=20),
    )

    op.execute("DROP TYPE job_status")
