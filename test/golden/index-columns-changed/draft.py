def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job"), table_name="job")
    op.create_index(op.f("ix_job"), "job", ["owner", "name"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job"), table_name="job")
    op.create_index(op.f("ix_job"), "job", ["name"], unique=False)
