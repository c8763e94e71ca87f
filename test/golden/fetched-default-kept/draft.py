def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("job", sa.Column("owner", sa.String(), nullable=True))


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "owner")
