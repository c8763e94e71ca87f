def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "job_tag",
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tag_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("job_id", "tag_id", name=op.f("job_tag_pkey")),
    )

    op.create_foreign_key(
        op.f("job_tag_job_id_fkey"),
        "job_tag",
        "job",
        ["job_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_foreign_key(
        op.f("job_tag_tag_id_fkey"),
        "job_tag",
        "tag",
        ["tag_id"],
        ["id"],
        ondelete="CASCADE",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("job_tag_tag_id_fkey"), "job_tag", type_="foreignkey")
    op.drop_constraint(op.f("job_tag_job_id_fkey"), "job_tag", type_="foreignkey")

    op.drop_table("job_tag")
