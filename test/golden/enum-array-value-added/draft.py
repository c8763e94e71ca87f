def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE mood ADD VALUE 'ODD' AFTER 'GOOD'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE mood RENAME TO mood_old")
    op.execute("CREATE TYPE mood AS ENUM ('GOOD', 'BAD')")

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
