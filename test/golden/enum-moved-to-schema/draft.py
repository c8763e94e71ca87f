def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE SCHEMA types")
    op.execute("ALTER TYPE mood SET SCHEMA types")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE types.mood SET SCHEMA public")
    op.execute("DROP SCHEMA types")
