def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "job_tag",
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tag_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("job_tag_job_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name=op.f("job_tag_tag_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "tag_id", name=op.f("job_tag_pkey")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("job_tag")
