def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("uq_job"), "job", type_="unique")

    op.drop_index(op.f("ix_job_owner"), table_name="job")

    # 1 of 1 rows have a value in owner; the downgrade cannot bring them back.
    op.drop_column("job", "owner")


def downgrade() -> None:
    """Downgrade schema."""
    op.add_column(
        "job", sa.Column("owner", sa.String(length=50), nullable=True, comment="who")
    )
    # REVIEW: rows that exist have no value for job.owner, and none is known. Fill them
    # here, before NOT NULL:
    # op.execute("UPDATE job SET owner = … WHERE owner IS NULL")
    op.alter_column("job", "owner", nullable=False)

    op.create_index(op.f("ix_job_owner"), "job", ["owner"], unique=False)

    op.create_unique_constraint(op.f("uq_job"), "job", ["name", "owner"])
