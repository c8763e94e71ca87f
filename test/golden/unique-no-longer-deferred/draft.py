def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("uq_job_name"), "job", type_="unique")
    op.create_unique_constraint(op.f("uq_job_name"), "job", ["name"], deferrable=True)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("uq_job_name"), "job", type_="unique")
    op.create_unique_constraint(
        op.f("uq_job_name"), "job", ["name"], deferrable=True, initially="DEFERRED"
    )
