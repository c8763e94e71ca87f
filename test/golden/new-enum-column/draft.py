def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE TYPE mood AS ENUM ('GOOD', 'BAD')")

    op.add_column(
        "job",
        sa.Column(
            "mood", postgresql.ENUM(name="mood", create_type=False), nullable=True
        ),
    )
    op.add_column(
        "job",
        sa.Column(
            "first_mood",
            postgresql.ENUM(name="mood", create_type=False),
            server_default="GOOD",
            nullable=False,
        ),
    )
    # Rows that were there have 'GOOD', the model's default; new ones get it from the
    # model.
    op.alter_column("job", "first_mood", server_default=None)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "first_mood")
    op.drop_column("job", "mood")

    op.execute("DROP TYPE mood")
