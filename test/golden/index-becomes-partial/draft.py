def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job"), table_name="job")
    op.create_index(
        op.f("ix_job"),
        "job",
        ["name"],
        unique=False,
        postgresql_where=sa.text("score > 0"),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job"), table_name="job")
    op.create_index(op.f("ix_job"), "job", ["name"], unique=False)
