def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("job_name_key"), "job", type_="unique")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_unique_constraint(op.f("job_name_key"), "job", ["name"])
