def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("job_parent_id_fkey"), "job", type_="foreignkey")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_foreign_key(
        op.f("job_parent_id_fkey"), "job", "job", ["parent_id"], ["id"]
    )
