def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE TYPE flag AS ENUM ('A', 'C')")

    op.alter_column("job", "flags", server_default=None)
    op.alter_column(
        "job",
        "flags",
        existing_type=postgresql.ARRAY(sa.Text()),
        type_=postgresql.ARRAY(postgresql.ENUM(name="flag", create_type=False)),
        postgresql_using="flags::flag[]",
    )
    op.alter_column("job", "flags", server_default="{A}")


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "flags", server_default=None)
    op.alter_column(
        "job",
        "flags",
        existing_type=postgresql.ARRAY(postgresql.ENUM(name="flag", create_type=False)),
        type_=postgresql.ARRAY(sa.Text()),
    )
    op.alter_column("job", "flags", server_default="{A}")

    op.execute("DROP TYPE flag")
