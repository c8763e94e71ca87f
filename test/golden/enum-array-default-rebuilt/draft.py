def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE mood RENAME TO mood_old")
    op.execute("CREATE TYPE mood AS ENUM ('BAD', 'GOOD')")

    op.alter_column("job", "moods", server_default=None)
    op.alter_column(
        "job",
        "moods",
        existing_type=postgresql.ARRAY(
            postgresql.ENUM(name="mood_old", create_type=False)
        ),
        type_=postgresql.ARRAY(postgresql.ENUM(name="mood", create_type=False)),
        postgresql_using="moods::text[]::mood[]",
    )

    op.execute("DROP TYPE mood_old")

    op.alter_column("job", "moods", server_default="{GOOD}")

    op.create_index(
        op.f("ix_job_moods"), "job", ["moods"], unique=False, postgresql_using="gin"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_moods"), table_name="job")

    op.alter_column("job", "moods", server_default=None)

    op.execute("ALTER TYPE mood RENAME TO mood_old")
    op.execute("CREATE TYPE mood AS ENUM ('GOOD', 'BAD', 'ODD')")

    op.alter_column(
        "job",
        "moods",
        existing_type=postgresql.ARRAY(
            postgresql.ENUM(name="mood_old", create_type=False)
        ),
        type_=postgresql.ARRAY(postgresql.ENUM(name="mood", create_type=False)),
        postgresql_using="moods::text[]::mood[]",
    )

    op.execute("DROP TYPE mood_old")

    op.alter_column("job", "moods", server_default="{GOOD,BAD}")
