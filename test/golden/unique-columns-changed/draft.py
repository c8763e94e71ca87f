def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("uq_job"), "job", type_="unique")
    op.create_unique_constraint(op.f("uq_job"), "job", ["owner", "name"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("uq_job"), "job", type_="unique")
    op.create_unique_constraint(op.f("uq_job"), "job", ["name"])
