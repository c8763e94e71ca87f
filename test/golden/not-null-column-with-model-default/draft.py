def upgrade() -> None:
    """Upgrade schema."""
    op.add_column(
        "job", sa.Column("state", sa.String(), server_default="new", nullable=False)
    )
    # Rows that were there have 'new', the model's default; new ones get it from the
    # model.
    op.alter_column("job", "state", server_default=None)
    op.add_column(
        "job",
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    # Rows that were there have 0, the model's default; new ones get it from the model.
    op.alter_column("job", "tries", server_default=None)
    op.add_column(
        "job",
        sa.Column(
            "ready", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
    )
    # Rows that were there have false, the model's default; new ones get it from the
    # model.
    op.alter_column("job", "ready", server_default=None)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "ready")
    op.drop_column("job", "tries")
    op.drop_column("job", "state")
