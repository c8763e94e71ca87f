def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "name", comment=None)
    op.drop_table_comment("job")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_table_comment("job", "Work")
    op.alter_column("job", "name", comment="What it is called")
