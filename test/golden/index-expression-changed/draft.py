def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job"), table_name="job")
    op.create_index(
        op.f("ix_job"),
        "job",
        [sa.text("upper(name)"), sa.text("score DESC")],
        unique=False,
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job"), table_name="job")
    op.create_index(
        op.f("ix_job"), "job", [sa.text("lower((name)::text)")], unique=False
    )
