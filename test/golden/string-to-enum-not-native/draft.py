def upgrade() -> None:
    """Upgrade schema."""
    op.create_check_constraint(
        op.f("job_status"), "job", sa.text("status IN ('NEW', 'DONE')")
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("job_status"), "job", type_="check")
