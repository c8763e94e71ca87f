def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TABLE job ALTER COLUMN gross DROP EXPRESSION")


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "gross")

    op.add_column(
        "job",
        sa.Column(
            "gross", sa.Integer(), sa.Computed("net * 2", persisted=True), nullable=True
        ),
    )

    op.create_index(op.f("ix_job_gross"), "job", ["gross"], unique=False)
