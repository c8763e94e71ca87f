def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job_gross"), table_name="job")

    op.drop_column("job", "gross")

    op.add_column(
        "job",
        sa.Column(
            "gross",
            sa.Integer(),
            sa.Computed("net * 3", persisted=True),
            nullable=False,
        ),
    )

    op.create_index(op.f("ix_job_gross"), "job", ["gross"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_gross"), table_name="job")

    op.drop_column("job", "gross")

    op.add_column(
        "job",
        sa.Column(
            "gross",
            sa.Integer(),
            sa.Computed("net * 2", persisted=True),
            nullable=False,
        ),
    )

    op.create_index(op.f("ix_job_gross"), "job", ["gross"], unique=False)
