def upgrade() -> None:
    """Upgrade schema."""
    op.add_column(
        "job", sa.Column("key", sa.String(length=20, collation="C"), nullable=True)
    )

    op.create_unique_constraint(op.f("job_key_key"), "job", ["key"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("job_key_key"), "job", type_="unique")

    op.drop_column("job", "key")
