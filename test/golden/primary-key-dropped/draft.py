def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("job_pkey"), "job", type_="primary")

    op.alter_column("job", "number", nullable=True)


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "number", nullable=False)

    op.create_primary_key(op.f("job_pkey"), "job", ["number"])
