def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("uq_job_code"), "job", type_="unique")

    op.drop_index(op.f("ix_job"), table_name="job")

    op.create_unique_constraint(
        op.f("uq_job_code"), "job", ["code"], postgresql_nulls_not_distinct=True
    )

    op.create_index(
        op.f("ix_job"), "job", ["code"], unique=True, postgresql_nulls_not_distinct=True
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job"), table_name="job")

    op.drop_constraint(op.f("uq_job_code"), "job", type_="unique")

    op.create_index(op.f("ix_job"), "job", ["code"], unique=True)

    op.create_unique_constraint(op.f("uq_job_code"), "job", ["code"])
