def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("job_name_key"), "job", type_="unique")

    op.create_index(op.f("ix_job_name"), "job", ["name"], unique=True)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_name"), table_name="job")

    op.create_unique_constraint(op.f("job_name_key"), "job", ["name"])
