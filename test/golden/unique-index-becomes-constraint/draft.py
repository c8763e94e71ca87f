def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("uq_job_name"), table_name="job")

    op.create_unique_constraint(op.f("uq_job_name"), "job", ["name"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("uq_job_name"), "job", type_="unique")

    op.create_index(op.f("uq_job_name"), "job", ["name"], unique=True)
