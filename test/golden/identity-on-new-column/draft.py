def upgrade() -> None:
    """Upgrade schema."""
    op.add_column(
        "job",
        sa.Column(
            "number",
            sa.Integer(),
            sa.Identity(always=False, start=5, increment=5),
            nullable=False,
        ),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "number")
