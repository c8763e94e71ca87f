def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE flag RENAME TO flag_old")
    op.execute("CREATE TYPE flag AS ENUM ('A', 'C')")

    op.alter_column("job", "flags", server_default=None)
    op.alter_column(
        "job",
        "flags",
        existing_type=postgresql.ARRAY(
            postgresql.ENUM(name="flag_old", create_type=False)
        ),
        type_=postgresql.ARRAY(postgresql.ENUM(name="flag", create_type=False)),
        postgresql_using="flags::text[]::flag[]",
    )
    op.alter_column("job", "flags", server_default="{A}")

    op.execute("DROP TYPE flag_old")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE flag RENAME TO flag_old")
    op.execute("CREATE TYPE flag AS ENUM ('A', 'B', 'C')")

    op.alter_column("job", "flags", server_default=None)
    op.alter_column(
        "job",
        "flags",
        existing_type=postgresql.ARRAY(
            postgresql.ENUM(name="flag_old", create_type=False)
        ),
        type_=postgresql.ARRAY(postgresql.ENUM(name="flag", create_type=False)),
        postgresql_using="flags::text[]::flag[]",
    )
    op.alter_column("job", "flags", server_default="{A}")

    op.execute("DROP TYPE flag_old")
