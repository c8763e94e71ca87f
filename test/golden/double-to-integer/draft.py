def upgrade() -> None:
    """Upgrade schema."""
    # REVIEW: 2 of 3 rows are rounded: 1.5 becomes 2, 2.5 becomes 2; the downgrade
    # cannot bring them back.
    op.alter_column("job", "effort", existing_type=sa.Float(), type_=sa.Integer())
    # Digits after the point are rounded; no row here has any.
    op.alter_column("job", "score", existing_type=sa.Float(), type_=sa.Integer())


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "score", existing_type=sa.Integer(), type_=sa.Float())
    op.alter_column("job", "effort", existing_type=sa.Integer(), type_=sa.Float())
