def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("job", sa.Column("parent_id", sa.Integer(), nullable=True))

    op.create_index(op.f("ix_job_parent_id"), "job", ["parent_id"], unique=False)

    op.create_foreign_key(
        op.f("job_parent_id_fkey"),
        "job",
        "job",
        ["parent_id"],
        ["id"],
        ondelete="SET NULL",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("job_parent_id_fkey"), "job", type_="foreignkey")

    op.drop_index(op.f("ix_job_parent_id"), table_name="job")

    op.drop_column("job", "parent_id")
