def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "id", existing_type=sa.Integer(), type_=sa.BigInteger())


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "id", existing_type=sa.BigInteger(), type_=sa.Integer())
