def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("uq_job_name"), "job", type_="unique")
    op.execute(
        "ALTER TABLE job ADD CONSTRAINT uq_job_name UNIQUE (name) INCLUDE (owner)"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("uq_job_name"), "job", type_="unique")
    op.create_unique_constraint(op.f("uq_job_name"), "job", ["name"])
