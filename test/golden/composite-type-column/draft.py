def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TABLE job ADD COLUMN other map_point")

    op.create_index(op.f("ix_job_place"), "job", ["place"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_place"), table_name="job")

    op.drop_column("job", "other")
