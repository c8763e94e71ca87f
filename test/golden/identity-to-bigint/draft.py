def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "id", existing_type=sa.Integer(), type_=sa.BigInteger())


def downgrade() -> None:
    """Downgrade schema."""
    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("job", "id", existing_type=sa.BigInteger(), type_=sa.Integer())
