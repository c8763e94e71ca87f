def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "name", existing_type=sa.String(), type_=sa.String())


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column(
        "job", "name", existing_type=sa.String(), type_=sa.String(collation="C")
    )
