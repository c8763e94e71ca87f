def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "name", existing_type=sa.String(), type_=sa.Text())


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "name", existing_type=sa.Text(), type_=sa.String())
