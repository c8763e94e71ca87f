def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE TYPE mood AS ENUM ('GOOD', 'BAD')")

    op.add_column(
        "job",
        sa.Column(
            "moods",
            postgresql.ARRAY(postgresql.ENUM(name="mood", create_type=False)),
            server_default="{}",
            nullable=False,
        ),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "moods")

    op.execute("DROP TYPE mood")
