def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("hint_job_id_fkey"), "hint", type_="foreignkey")

    op.drop_constraint(op.f("job_pkey"), "job", type_="primary")
    op.create_primary_key(op.f("job_pkey"), "job", ["id", "part"])
    op.create_unique_constraint(op.f("uq_job_id_part"), "job", ["id", "part"])
    op.create_unique_constraint(op.f("uq_job_again"), "job", ["id", "part"])

    # No model declares hint, so it is dropped with its 3 rows: answered.
    op.drop_table("hint")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_table(
        "hint",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("hint_pkey")),
    )

    op.drop_constraint(op.f("uq_job_again"), "job", type_="unique")
    op.drop_constraint(op.f("uq_job_id_part"), "job", type_="unique")
    op.drop_constraint(op.f("job_pkey"), "job", type_="primary")
    op.create_primary_key(op.f("job_pkey"), "job", ["id"])

    op.create_foreign_key(op.f("hint_job_id_fkey"), "hint", "job", ["job_id"], ["id"])
