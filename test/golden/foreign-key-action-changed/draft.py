def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("fk_job_parent"), "job", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_job_parent"), "job", "job", ["parent_id"], ["id"], ondelete="SET NULL"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("fk_job_parent"), "job", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_job_parent"), "job", "job", ["parent_id"], ["id"], ondelete="CASCADE"
    )
