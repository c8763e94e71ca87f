def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column(
        "job",
        "net",
        existing_type=sa.Numeric(precision=10, scale=2),
        type_=sa.Numeric(precision=12, scale=4),
    )
    op.alter_column("job", "net", server_default="0.5")
    op.alter_column(
        "job", "made", existing_type=sa.DateTime(), type_=sa.DateTime(timezone=True)
    )
    op.alter_column("job", "made", server_default=sa.text("now()"))
    op.alter_column("job", "made", nullable=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "made", nullable=True)
    op.alter_column("job", "made", server_default=None)
    op.alter_column(
        "job", "made", existing_type=sa.DateTime(timezone=True), type_=sa.DateTime()
    )
    op.alter_column("job", "net", server_default=sa.text("0.10"))
    op.alter_column(
        "job",
        "net",
        existing_type=sa.Numeric(precision=12, scale=4),
        type_=sa.Numeric(precision=10, scale=2),
    )
